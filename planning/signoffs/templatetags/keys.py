"""The keys of a paper as a page shows them: whose, how they stand, and whether the reader may turn them now."""

from dataclasses import dataclass

from django import template
from django.db.models import prefetch_related_objects

from planning.people.models import KEY_SIDES, Member
from planning.shared.refusals import NotYours
from planning.signoffs import doing
from planning.signoffs.models import Duty, Seat
from planning.signoffs.papers import duties_with_people
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
    """{% keys_of paper as keys %}: keys.sides (both, seat None when not asked), keys.others, keys.mine, and
    keys.agreeing (G)."""
    member = context["request"].member
    seats = {seat.name: seat for seat in paper.seats.all() if seat.state != Seat.State.MOVED}
    absent = absent_today(context["request"]) if paper.is_open and member.can_edit else []
    sides = [key_for(name, seats.get(name), paper, member, absent) for name in KEY_SIDES]
    others = [key_for(name, seat, paper, member, absent) for name, seat in seats.items() if name not in KEY_SIDES]
    every = (*sides, *others)
    agreeing = [key for key in every if key.seat and key.seat.letter == "G"]
    return {"sides": sides, "others": others, "mine": [key for key in every if key.mine], "agreeing": agreeing}


def absent_today(request) -> list[Member]:
    """Whose keys the reader holds today, asked once a page."""
    if not hasattr(request, "keys_of_others"):
        request.keys_of_others = held_for(request.member)
    return request.keys_of_others


def key_for(name, seat, paper, member, absent) -> Key:
    if seat is None or not paper.is_open or not seat.is_open:
        return Key(str(name), seat)
    late = bool(seat.due_at and seat.due_at < member.workspace.now())
    try:
        return Key(str(name), seat, True, standing(seat, paper, member, absent), late)
    except NotYours:
        return Key(str(name), seat, late=late)


@dataclass(frozen=True)
class Said:
    """A duty for the reader: `mine` when they can settle it now, `stands_for` the member they would speak for."""

    duty: Duty
    mine: bool = False
    stands_for: Member | None = None


@register.simple_tag(takes_context=True)
def letters_of(context, paper):
    """{% letters_of paper as letters %}: None without a row of the matrix, else letters.row, letters.version,
    letters.duties (who prepares, who is asked, what they said) and letters.told (roles that read it afterwards)."""
    if not paper.matrix:
        return None
    member = context["request"].member
    prefetch_related_objects([paper], duties_with_people())
    duties = [duty for duty in paper.duties.all() if duty.state != Duty.State.MOVED]
    absent = absent_today(context["request"]) if paper.is_open and any(duty.is_open for duty in duties) else []
    told = [seat["role"] for seat in paper.matrix["seats"] if seat["letter"] == "I"]
    shown = [said(duty, paper, member, absent) for duty in duties]
    return paper.matrix | {"duties": shown, "told": told, "mine": any(one.mine for one in shown)}


def said(duty, paper, member, absent) -> Said:
    if not (paper.is_open and duty.is_open) or member.is_guest:
        return Said(duty)
    try:
        return Said(duty, True, doing.standing(duty, member, absent))
    except NotYours:
        return Said(duty)


@register.filter
def is_routed(paper) -> bool:
    """Whether a matrix could have said who decides: what it never names is left out of the sentence."""
    return paper.kind in ("purchase", "budget", "transfer", "kpi", "reading")
