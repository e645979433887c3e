"""Who sits on a seat? Rules decide which approvers, the matrix decides who they are.

In this order: the matrix in force; a member who holds the seat; a lead of the side. Whoever asks does not decide: their
seat goes to their deputy, then to another who holds it, then to another lead of that side, and else stays empty.
"""

from dataclasses import dataclass

from django.db.models import Q

from planning.people.models import Deputy, Member
from planning.roles.who import decides

from .rules import SIDES

SEATS_OF_SIDES = (*SIDES, "finance")


@dataclass(frozen=True)
class Chair:
    """`holder` decides; without one, any of `people`, the leads of the seat's side. Nobody at all: the seat is empty."""

    holder: Member | None = None
    people: tuple[Member, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.people

    @property
    def person(self) -> Member | None:
        """Whom a list names: the holder, or the first of those who may decide."""
        return self.holder or (self.people[0] if self.people else None)


def chair(workspace, seat: str, amount, category, requester) -> Chair:
    """Who decides `seat` of a purchase worth `amount` (workspace's currency) that `requester` asks for."""
    named = decides(workspace, seat, amount, category)
    if named and may_sit(named, seat):
        return one(named if named != requester else deputy_of(requester, seat) or another(workspace, seat, requester))
    people = list(sitting(workspace, seat))
    others = [member for member in people if member != requester]
    if requester in people and (deputy := deputy_of(requester, seat)):
        return one(deputy)
    if len(others) > 1 and not any(seat in member.holds for member in others):
        return Chair(None, tuple(others))
    return one(others[0] if others else None)


def one(member) -> Chair:
    return Chair(member, (member,)) if member else Chair()


def sitting(workspace, seat):
    """Those who hold the seat by name; when there are none, the leads of its side."""
    members = Member.objects.of(workspace).active().filter(role__in=["lead", "planner"]).exclude(side="guest").people()
    if seat in SIDES:
        return members.leads(seat)
    held = members.filter(holds__contains=[seat])
    return held if held.exists() or seat not in SEATS_OF_SIDES else members.leads(seat)


def another(workspace, seat, requester):
    return next((member for member in sitting(workspace, seat) if member != requester), None)


def deputy_of(member, seat) -> Member | None:
    """Who holds the member's key today, somebody who may sit there, the earliest named first."""
    today = member.workspace.today()
    standing = Deputy.objects.of(member.workspace).filter(
        Q(ended_at=None), member=member, days__contains=today, deputy__left_at=None
    )
    found = (row.deputy for row in standing.select_related("deputy__user").order_by("pk"))
    return next((deputy for deputy in found if may_sit(deputy, seat)), None)


def may_sit(member, seat) -> bool:
    """A side's key is turned by somebody of that side who may decide at all."""
    return member.can_edit and (seat not in SIDES or member.side == seat)
