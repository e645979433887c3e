"""What needs you, and whom you wait for: seats on open papers, from all rooms at once."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.budgets.asked import Asked
from planning.signoffs.models import Duty, Seat
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


def needs_you(member, held=None) -> list[Need]:
    """What `member` can decide now, oldest first."""
    today = member.workspace.today()
    return [need(seat, today) for seat in seats_for(member, held)[:SHOWN]]


def you_wait_for(member, seats) -> list[Need]:
    """Of the open `seats`, those on papers that `member` wrote, oldest first."""
    today = member.workspace.today()
    return [need(seat, today) for seat in seats if seat.paper.author_id == member.pk][:SHOWN]


def asked_by_letter(member, held, waiting) -> list[Asked]:
    """Of what waits (`open_seats`), the tasks (R) and questions (C) that are `member`'s, oldest first."""
    today = member.workspace.today()
    mine = [one for one in waiting if isinstance(one, Duty) and is_theirs(one, member, held)]
    return [
        Asked(words(duty), duty.paper.url, (today - duty.paper.opened_at.date()).days, duty.paper.amount)
        for duty in mine[:SHOWN]
    ]


def is_theirs(duty, member, held) -> bool:
    return duty.holder_id in held if duty.holder_id else member.is_lead and duty.side == member.side


def words(duty) -> str:
    if duty.is_question:
        return _("What do you think of “%(paper)s”?") % {"paper": duty.paper}
    return _("Your work on “%(paper)s”") % {"paper": duty.paper}
