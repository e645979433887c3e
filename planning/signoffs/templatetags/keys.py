"""The keys of a paper as a page shows them: whose, how they stand, and whether the reader may turn them now."""

from dataclasses import dataclass

from django import template

from planning.people.models import KEY_SIDES, Member
from planning.shared.refusals import NotYours
from planning.signoffs.models import Seat
from planning.signoffs.signing import held_for, standing

register = template.Library()


@dataclass(frozen=True)
class Key:
    """A seat for the reader: `mine` when they can decide it now, `stands_for` the member whose key they would turn.

    `late`: it still waits after the time it was due.
    """

    name: str
    seat: Seat | None
    mine: bool = False
    stands_for: Member | None = None
    late: bool = False


@register.simple_tag(takes_context=True)
def keys_of(context, paper):
    """{% keys_of paper as keys %}: keys.sides (both, seat None when not asked), keys.others, keys.mine."""
    member = context["request"].member
    seats = {seat.name: seat for seat in paper.seats.all() if seat.state != Seat.State.MOVED}
    absent = held_for(member) if paper.is_open and member.can_edit else []
    sides = [key_for(name, seats.get(name), paper, member, absent) for name in KEY_SIDES]
    others = [key_for(name, seat, paper, member, absent) for name, seat in seats.items() if name not in KEY_SIDES]
    return {"sides": sides, "others": others, "mine": [key for key in (*sides, *others) if key.mine]}


def key_for(name, seat, paper, member, absent) -> Key:
    if seat is None or not paper.is_open or not seat.is_open:
        return Key(str(name), seat)
    late = bool(seat.due_at and seat.due_at < member.workspace.now())
    try:
        return Key(str(name), seat, True, standing(seat, paper, member, absent), late)
    except NotYours:
        return Key(str(name), seat, late=late)
