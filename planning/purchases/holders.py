"""Who sits on a seat? Rules decide which approvers, the matrix decides who they are.

In this order: the matrix in force; a member who holds the seat; a lead of the side. Whoever asks does not decide: their
seat goes to their deputy, then to another who holds it, then to another lead of that side, and else stays empty.
"""

from dataclasses import dataclass

from django.utils.functional import cached_property

from planning.people.models import Deputy, Member
from planning.roles.who import named

from .rules import SIDES

SEATS_OF_SIDES = (*SIDES, "finance")


@dataclass(frozen=True)
class Chair:
    """`holder` decides; without one, any of `people`, the leads of the seat's side. Nobody at all: it is empty."""

    holder: Member | None = None
    people: tuple[Member, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.people

    @property
    def person(self) -> Member | None:
        """Whom a list names: the holder, or the first of those who may decide."""
        return self.holder or (self.people[0] if self.people else None)


def chairs(workspace, seats, row, requester) -> dict[str, Chair]:
    """Who decides each of `seats` of a purchase that `row` of the matrix governs (or none) and `requester` asks for."""
    house, stands = House(workspace, requester), named(row, seats)
    return {seat: house.chair(seat, stands[seat] and stands[seat].member) for seat in seats}


class House:
    """The members who may decide anything, and the requester's deputies of today: two queries for all seats."""

    def __init__(self, workspace, requester):
        self.workspace, self.requester = workspace, requester
        active = Member.objects.of(workspace).active().filter(role__in=["lead", "planner"]).exclude(side="guest")
        self.members = list(active.people())

    def chair(self, seat, named) -> Chair:
        if named and may_sit(named, seat):
            return one(named if named != self.requester else self.deputy(seat) or self.another(seat))
        people = self.sitting(seat)
        others = [member for member in people if member != self.requester]
        if self.requester in people and (deputy := self.deputy(seat)):
            return one(deputy)
        if len(others) > 1 and not any(seat in member.holds for member in others):
            return Chair(None, tuple(others))
        return one(others[0] if others else None)

    def sitting(self, seat) -> list[Member]:
        """Those who hold the seat by name; for a side's key, and when there are none, the leads of its side."""
        held = [member for member in self.members if seat in member.holds and seat not in SIDES]
        leads = [member for member in self.members if member.is_lead and member.side == seat]
        return held or (leads if seat in SEATS_OF_SIDES else [])

    def another(self, seat):
        return next((member for member in self.sitting(seat) if member != self.requester), None)

    def deputy(self, seat) -> Member | None:
        """Who holds the requester's key today, somebody who may sit there, the earliest named first."""
        return next((deputy for deputy in self.deputies if may_sit(deputy, seat)), None)

    @cached_property
    def deputies(self) -> list[Member]:
        standing = Deputy.objects.of(self.workspace).filter(
            ended_at=None, member=self.requester, days__contains=self.workspace.today(), deputy__left_at=None
        )
        return [row.deputy for row in standing.select_related("deputy__user").order_by("pk")]


def one(member) -> Chair:
    return Chair(member, (member,)) if member else Chair()


def may_sit(member, seat) -> bool:
    """A side's key is turned by somebody of that side who may decide at all."""
    return member.can_edit and (seat not in SIDES or member.side == seat)
