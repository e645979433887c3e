"""What needs you, and whom you wait for: seats on open papers, from all rooms at once."""

from dataclasses import dataclass
from decimal import Decimal

from planning.signoffs.models import Seat
from planning.signoffs.waiting import seats_for

SHOWN = 12


@dataclass(frozen=True)
class Need:
    """One thing that waits: `amount` in the workspace's currency, `days` since it was asked."""

    seat: Seat
    days: int
    amount: Decimal | None

    @property
    def paper(self):
        return self.seat.paper

    @property
    def whose(self) -> str:
        """Whose move it is: a person, or any lead of a side."""
        return str(self.seat.holder) if self.seat.holder else self.seat.side or self.seat.name


def need(seat, today) -> Need:
    return Need(seat, (today - seat.paper.opened_at.date()).days, seat.paper.amount)


def needs_you(member) -> list[Need]:
    """What `member` can decide now, oldest first."""
    today = member.workspace.today()
    return [need(seat, today) for seat in seats_for(member)[:SHOWN]]


def you_wait_for(member, seats) -> list[Need]:
    """Of the open `seats`, those on papers that `member` wrote, oldest first."""
    today = member.workspace.today()
    return [need(seat, today) for seat in seats if seat.paper.author_id == member.pk][:SHOWN]
