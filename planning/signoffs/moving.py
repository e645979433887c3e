"""A person leaves, or a holder changes: open seats move in the same transaction, and stay visible as moved."""

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.people.models import Member
from planning.shared.locking import lock_all
from planning.shared.refusals import Refused

from .models import UNDECIDED, UNDONE, Duty, Paper, Seat
from .reminding import settle, settle_duties


def move_seats(seats, to, side: str = ""):
    """Move undecided `seats` to member `to` (None: any lead of the seat's side, or of `side`). Returns how many moved.

    The old row stays, marked as moved, so that the history shows who was asked first.
    """
    moved = [seat for seat in seats if seat.state in UNDECIDED]
    if moved:
        settle(moved[0].workspace_id, moved)
    Seat.objects.filter(pk__in=[seat.pk for seat in moved]).update(state=Seat.State.MOVED)
    Seat.objects.bulk_create(
        Seat(
            workspace_id=seat.workspace_id,
            paper_id=seat.paper_id,
            name=seat.name,
            side=seat.side or side or seat.name,
            required=seat.required,
            holder=to,
            reason=seat.reason,
            interest=seat.interest,
            due_at=seat.due_at,
            letter=seat.letter,
            role=seat.role,
            role_name=seat.role_name,
            climbs_at=seat.climbs_at,
            state=Seat.State.WAITING if seat.state == Seat.State.WAITING else Seat.State.OPEN,
        )
        for seat in moved
    )
    return len(moved)


def move_duties(duties, to) -> int:
    """Move undone tasks and questions to member `to` (None: any lead of the role's side); their clock runs on."""
    moved = [duty for duty in duties if duty.state in UNDONE]
    if moved:
        settle_duties(moved[0].workspace_id, moved)
    Duty.objects.filter(pk__in=[duty.pk for duty in moved]).update(state=Duty.State.MOVED)
    for duty in moved:
        duty.pk, duty.holder = None, to
    Duty.objects.bulk_create(moved)
    return len(moved)


def hand_over(leaver, to=None) -> int:
    """Move everything that waits for `leaver` by name: to `to`, else to somebody else who decides such seats, else to
    the leads of the side. Returns how many seats moved.

    Who asked for a thing is never handed its seat. Refused, naming the seat: when nobody is left to decide it.
    """
    waiting = Seat.objects.of(leaver.workspace_id).filter(holder=leaver, state__in=UNDECIDED)
    tasks = Duty.objects.of(leaver.workspace_id).filter(holder=leaver, state__in=UNDONE)
    papers = lock_all(
        Paper.objects.of(leaver.workspace_id).filter(
            Q(pk__in=waiting.values("paper")) | Q(pk__in=tasks.values("paper")), state=Paper.State.OPEN
        )
    )
    move_duties(tasks.filter(paper__in=papers).order_by("pk"), to)
    seats = waiting.filter(paper__in=papers).select_related("paper").order_by("pk")
    return sum(move_seats([seat], heir(seat, leaver, to), leaver.side) for seat in seats)


def heir(seat, leaver, to) -> Member | None:
    """The member who gets `seat`; None stands for the leads of its side."""
    others = Member.objects.of(leaver.workspace_id).active().exclude(pk=leaver.pk)
    if not seat.paper.author_decides:
        others = others.exclude(pk=seat.paper.author_id)
    others = others.exclude(pk__in=seat.paper.seats.filter(state=Seat.State.APPROVED).values("decided_by"))
    if to and others.filter(pk=to.pk).exists():
        return to
    named = others.filter(holds__contains=[seat.name]).order_by("pk").first()
    if named or others.leads(seat.side or leaver.side).exists():
        return named
    raise Refused(
        _("“%(seat)s” of “%(paper)s” waits for %(person)s, and nobody else can decide it. Make somebody lead first.")
        % {"seat": seat.name, "paper": seat.paper, "person": leaver}
    )
