"""What waits for whom: one query for all rooms."""

from django.db.models import Q

from planning.people.deputies import acting_for
from planning.people.models import Member

from .models import Duty, Seat


def keys_of(member) -> list[int]:
    """Ids of the members whose keys `member` holds today: their own first, then those they stand in for."""
    return [member.pk, *acting_for(member, member.workspace.today())]


def seats_for(member, held=None):
    """Open seats that `member` can decide today, as holder, lead or deputy; oldest first. `held`: their `keys_of`."""
    if not member.can_edit:
        return Seat.objects.none()
    held = held or keys_of(member)
    lead_of = Member.objects.leads().filter(pk__in=held).values("side")
    return (
        Seat.objects.of(member.workspace)
        .open()
        .filter(Q(holder__in=held) | Q(holder=None, side__in=lead_of))
        .exclude(paper__author_decides=False, paper__author=member)
        .select_related("paper__author__user", "holder__user")
        .order_by("paper__opened_at", "pk")
    )


def asked_by(member):
    """Open seats on papers that `member` wrote: whom they wait for."""
    return (
        Seat.objects.of(member.workspace)
        .open()
        .filter(paper__author=member)
        .select_related("paper", "holder__user")
        .order_by("paper__opened_at", "pk")
    )


def duties_for(member, held=None):
    """Tasks (R) and questions (C) that `member` can settle today, as holder, lead or deputy; oldest first."""
    if member.is_guest:
        return Duty.objects.none()
    held = held or keys_of(member)
    lead_of = Member.objects.leads().filter(pk__in=held).values("side")
    return (
        Duty.objects.of(member.workspace)
        .open()
        .filter(Q(holder__in=held) | Q(holder=None, side__in=lead_of))
        .select_related("paper__author__user", "holder__user")
        .order_by("paper__opened_at", "pk")
    )


def whose_turn(paper) -> list[Member]:
    """Whose task, question or key on an open paper it is now; the leads of a side where nobody is named."""
    duties = paper.duties.open().exclude(holder=None).select_related("holder__user")
    seats = paper.seats.open().select_related("holder__user")
    sides = [seat.side for seat in seats if seat.holder is None]
    leads = Member.objects.of(paper.workspace_id).leads(*sides).select_related("user") if sides else []
    return [*(duty.holder for duty in duties), *(seat.holder for seat in seats if seat.holder), *leads]
