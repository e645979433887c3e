"""Joint work, and what the letters ask of somebody: tasks (R) and questions (C) of whatever the matrix routes."""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from planning.matters import actions
from planning.matters.models import Matter
from planning.matters.round import rows_to_start
from planning.people.doors import anyone, editors
from planning.shared.refusals import Refused
from planning.signoffs.doing import answer, finish
from planning.signoffs.models import Duty, Seat
from planning.signoffs.papers import duties_with_people, seats_with_people
from planning.signoffs.waiting import duties_for

from .base import may
from .paging import Listed, Page, Size, listed

router = Router(tags=["roles"])


class DutyOut(Schema):
    """`letter` R is a task, C a question with its clock (`due`). `state`: waiting, open, done, answered, silent (no
    answer, written down), void. Without `holder` any lead of `side` may settle it."""

    id: int
    letter: str
    role: str
    side: str
    about: str
    kind: str
    url: str
    state: str
    holder: str | None
    due: datetime | None
    answer: str
    said_by: str | None
    said_at: datetime | None


class MatterSeatOut(Schema):
    seat: str
    letter: str
    role: str
    state: str
    holder: str | None
    due: datetime | None
    decided_by: str | None
    note: str


class MatterOut(Schema):
    """`row` is the key of the activity that routes it, as the matrix of `matrix_version` read then."""

    id: int
    title: str
    text: str
    until: date
    state: str
    author: str
    row: str
    matrix_version: int
    version: int
    fingerprint: str
    duties: list[DutyOut]
    seats: list[MatterSeatOut]


class MatterIn(Schema):
    """`row`: the key of an activity of the matrix in force that governs launch tasks, or nothing by itself."""

    row: str = Field(max_length=80)
    title: str = Field(max_length=200)
    until: date
    text: str = Field("", max_length=4000)


class MatterDecisionIn(Schema):
    seat: str = Field(max_length=16)
    verdict: str
    version: int = 1
    note: str = Field("", max_length=2000)


class DutyWordIn(Schema):
    note: str = Field("", max_length=4000)


class MatterReasonIn(Schema):
    note: str = Field(max_length=2000)


# ── What is asked of somebody ────────────────────────────────────────────────────────────────────────────────────────
@router.get("duties", response=Listed[DutyOut])
@may(anyone)
def duties(request, page: Page = 1, size: Size = 100):
    """The tasks and questions that the caller can settle today, as holder, lead or deputy; the oldest first."""
    return listed(request, duties_for(request.member), duty_out, page, size)


@router.get("duties/{int:duty_id}", response=DutyOut)
@may(anyone)
def duty(request, duty_id: int):
    """One task or question, whoever's it is."""
    return duty_out(found_duty(request, duty_id))


@router.post("duties/{int:duty_id}/words", response=DutyOut)
@may(anyone)
def word(request, duty_id: int, body: DutyWordIn):
    """R says that it is done, C answers (`note`). Refused: somebody else's, one that has its answer or ran out."""
    asked = found_duty(request, duty_id)
    act = answer if asked.is_question else finish
    act(asked, request.member, body.note)
    return duty_out(found_duty(request, duty_id))


# ── Joint work ───────────────────────────────────────────────────────────────────────────────────────────────────────
@router.get("matters", response=Listed[MatterOut])
@may(anyone)
def matters(request, state: str | None = None, page: Page = 1, size: Size = 100):
    """Joint work, the nearest day first; `state` is open, agreed, refused or withdrawn."""
    rows = known(request).order_by("until", "pk")
    return listed(request, rows.filter(state=state) if state else rows, matter_out, page, size)


@router.post("matters", response={201: MatterOut})
@may(editors)
def start(request, body: MatterIn):
    """Start a piece of joint work: R gets the task, C is asked, G agrees or blocks, A decides."""
    row = next((row for row in rows_to_start(request.workspace) if row.key == body.row), None)
    if row is None:
        raise Refused(_("Choose a row of the matrix in force that governs joint work."), "row")
    made = actions.start(request.member, activity=row.pk, title=body.title, until=body.until, text=body.text)
    return Status(201, matter_out(found(request, made.pk)))


@router.get("matters/{int:matter_id}", response=MatterOut)
@may(anyone)
def matter(request, matter_id: int):
    return matter_out(found(request, matter_id))


@router.post("matters/{int:matter_id}/decisions", response=MatterOut)
@may(editors)
def decide(request, matter_id: int, body: MatterDecisionIn):
    """A decides, G agrees or blocks: approve, reject, ask or block. Refused: A before every answer or its silence."""
    actions.decide(found(request, matter_id), request.member, body.seat, body.verdict, body.version, body.note)
    return matter_out(found(request, matter_id))


@router.post("matters/{int:matter_id}/withdrawal", response=MatterOut)
@may(editors)
def withdrawal(request, matter_id: int, body: MatterReasonIn):
    """Take it back before it is decided, with a reason. By who started it, or a lead."""
    actions.call_off(found(request, matter_id), request.member, body.note)
    return matter_out(found(request, matter_id))


# ── In words ─────────────────────────────────────────────────────────────────────────────────────────────────────────
def found_duty(request, duty_id) -> Duty:
    people = Duty.objects.of(request.workspace).select_related("paper", "holder__user", "said_by__user")
    return get_object_or_404(people, pk=duty_id)


def known(request):
    papers = (seats_with_people("paper__seats"), duties_with_people("paper__duties"))
    return Matter.objects.of(request.workspace).select_related("author__user", "paper").prefetch_related(*papers)


def found(request, matter_id) -> Matter:
    return get_object_or_404(known(request), pk=matter_id)


def matter_out(matter) -> dict:
    paper = matter.paper
    now = [one for one in paper.duties.all() if one.state != Duty.State.MOVED]
    for one in now:
        one.paper = paper
    return {
        **{name: getattr(matter, name) for name in ("id", "title", "text", "until", "state")},
        "author": matter.author.email,
        "row": paper.matrix["key"],
        "matrix_version": paper.matrix["version"],
        "version": paper.version,
        "fingerprint": paper.fingerprint,
        "duties": [duty_out(one) for one in now],
        "seats": [seat_out(seat) for seat in paper.seats.all() if seat.state != Seat.State.MOVED],
    }


def duty_out(duty) -> dict:
    return {
        **{name: getattr(duty, name) for name in ("id", "letter", "side", "state", "answer", "said_at")},
        "role": duty.role_name,
        "about": duty.paper.label,
        "kind": duty.paper.kind,
        "url": duty.paper.url,
        "holder": duty.holder and duty.holder.email,
        "due": duty.due_at,
        "said_by": duty.said_by and duty.said_by.email,
    }


def seat_out(seat) -> dict:
    return {
        "seat": seat.name,
        "letter": seat.letter,
        "role": seat.role_name,
        "state": seat.state,
        "holder": seat.holder and seat.holder.email,
        "due": seat.due_at,
        "decided_by": seat.decided_by and seat.decided_by.email,
        "note": seat.note,
    }
