"""What waits for whom: one query for all rooms."""

from django.db.models import Q

from planning.people.deputies import acting_for
from planning.people.models import Member

from .models import Seat


def seats_for(member):
    """Open seats that `member` can decide today, as holder, as lead or as deputy; oldest first."""
    if not member.can_edit:
        return Seat.objects.none()
    held = [member.pk, *acting_for(member, member.workspace.today())]
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
