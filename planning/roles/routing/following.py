"""A change of holder moves what waits: open seats, tasks and questions follow the role, and the history has a line.

The same is asked when somebody is named or leaves a role, and once an hour, for days that begin or end by themselves.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import Member
from planning.shared.locking import lock_all
from planning.signoffs.models import UNDECIDED, UNDONE, Duty, Paper, Seat
from planning.signoffs.moving import move_duties, move_seats
from planning.trail.acts import action, record

from ..models import Holding, Role
from .seats import may_hold


@action(_("moved what waits for {subject} to its holder"), by="clock")
def move_with_holder(role) -> list:
    """Days of a holding began or ended: what waits by that role goes to who holds it today."""
    moved = follow(role)
    if moved:
        entry = record(move_with_holder, None, role, after=in_history(moved))
        tell_new(moved, entry)
    return moved


def follow(role) -> list[tuple[str, Member | None, str]]:
    """Move what waits by `role` and is not with a holder of today: [(what, to whom, url)].

    To the holder named first; a seat they may not take (another side's key, their own request) and one nobody holds
    goes to the leads of its side; so do tasks and questions. What a deputy, or somebody it was handed to, still has by
    a holder of today stays.
    """
    workspace = role.workspace
    holders = holders_of(role)
    seats, duties = away(workspace, role, holders), idle(workspace, role, holders)
    touched = Q(pk__in=seats.values("paper")) | Q(pk__in=duties.values("paper"))
    papers = lock_all(Paper.objects.of(workspace).filter(touched, state=Paper.State.OPEN))
    here = {paper.pk: paper for paper in papers}
    moved = []
    for seat in seats.filter(paper__in=here).select_related("holder").order_by("pk"):
        moved += seat_moved(seat, here[seat.paper_id], holders)
    for duty in duties.filter(paper__in=here).order_by("pk"):
        paper, to = here[duty.paper_id], holders[0] if holders else None
        if (to and to.pk) != duty.holder_id and move_duties([duty], to):
            moved.append((paper.label, to, paper.url))
    return moved


def holders_of(role) -> list[Member]:
    held = Holding.objects.of(role.workspace_id).on(role.workspace.today()).filter(role=role)
    return [one.member for one in held.select_related("member__user", "member__workspace").order_by("pk")]


def away(workspace, role, holders):
    """Undecided seats of a role, with somebody who does not hold it today."""
    seats = Seat.objects.of(workspace).filter(role=role.key, state__in=UNDECIDED, paper__state=Paper.State.OPEN)
    return seats.exclude(holder__in=holders) if holders else seats.exclude(holder=None)


def idle(workspace, role, holders):
    """Undone tasks and questions of a role, with somebody who does not hold it today."""
    duties = Duty.objects.of(workspace).filter(role=role.key, state__in=UNDONE, paper__state=Paper.State.OPEN)
    return duties.exclude(holder__in=holders) if holders else duties.exclude(holder=None)


def seat_moved(seat, paper, holders):
    turned = set(paper.seats.filter(state=Seat.State.APPROVED).values_list("decided_by", flat=True))
    able = [one for one in holders if may_hold(one, seat, paper.author, paper.author_decides) and one.pk not in turned]
    to = able[0] if able else None
    if (to and to.pk) == seat.holder_id:
        return []
    return [(paper.label, to, paper.url)] if move_seats([seat], to, seat.side or role_side(seat)) else []


def role_side(seat) -> str:
    return seat.holder.side if seat.holder else seat.name


def in_history(moved) -> dict:
    """What moved and to whom, as the history says it; nothing when nothing did."""
    return {"moved": [{"what": label, "to": to and to.pk} for label, to, _url in moved]} if moved else {}


def tell_new(moved, entry):
    """Who has it now is told, once a thing."""
    for _label, to, url in moved:
        if to:
            tell([to], entry, url=url, needs=True)


def roles_waited_for(workspace):
    """Roles by which something waits today."""
    seats = Seat.objects.of(workspace).filter(state__in=UNDECIDED, paper__state=Paper.State.OPEN).exclude(role="")
    duties = Duty.objects.of(workspace).filter(state__in=UNDONE, paper__state=Paper.State.OPEN)
    keys = set(seats.values_list("role", flat=True)) | set(duties.values_list("role", flat=True))
    return Role.objects.of(workspace).filter(key__in=keys).order_by("pk")
