"""Before a decision: R works, C is asked and has three business days, then A's button opens. Every R's work counts.

Each step is taken with the paper held, so that an answer, the clock and a decision follow one another. A paper without
duties opens its seats at once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from planning.calendar.business_time import after_pause, hours_of
from planning.people.models import Member

from .models import UNDONE, Duty, Seat

DAYS_TO_ANSWER = 3  # business days, rules.md
DAYS_TO_AGREE = 5
WORK_FIRST = ("matter",)  # here C and G wait for the work; what was prepared by being sent is asked about at once
State = Duty.State


@dataclass(frozen=True)
class DutySpec:
    """`letter` R or C of a role. `state` and `answer` for what needs nobody: who sends it has prepared it (`holder`
    said so), a role without a holder has no answer to give."""

    letter: str
    role: str
    role_name: str
    side: str
    holder: Member | None = None
    state: str = State.OPEN
    answer: str = ""


def begin(paper, specs):
    """Write the duties of a new paper and take the first step."""
    now = paper.workspace.now()
    Duty.objects.bulk_create(
        Duty(
            workspace=paper.workspace,
            paper=paper,
            letter=spec.letter,
            role=spec.role,
            role_name=spec.role_name,
            side=spec.side,
            holder=spec.holder,
            state=State.WAITING if spec.state == State.OPEN else spec.state,
            said_by=spec.holder if spec.state in (State.DONE, State.ANSWERED) else None,
            said_at=None if spec.state == State.OPEN else now,
            answer=spec.answer,
        )
        for spec in specs
    )
    return advance(paper)


def advance(paper) -> list[Member | None]:
    """Open what can be done now; the paper is held. Returns the people whose turn it became."""
    if not paper.is_open:
        return []
    undone = list(Duty.objects.filter(paper=paper, state__in=UNDONE).select_related("holder__user"))
    turn = opened([duty for duty in undone if not duty.is_question], due=None)
    if paper.kind in WORK_FIRST and any(not duty.is_question for duty in undone):
        return turn
    hours, now = hours_of(paper.workspace), paper.workspace.now()
    turn += opened([duty for duty in undone if duty.is_question], due=hours.add_days(now, DAYS_TO_ANSWER))
    turn += take_seats(paper, Q(letter="G"), hours)
    if not undone:
        turn += take_seats(paper, ~Q(letter="G"), hours)
    return turn


def foreseen(now, hours, seats, duties) -> tuple[list[datetime | None], list[datetime | None]]:
    """Until when each of `seats` (SeatSpec) and `duties` would have to be done if their paper were opened `now`,
    as `begin` will have it. A seat that waits has its time once the last question has run out, or been answered before.
    None: no clock runs, as for work, and for a seat that waits for work alone.
    """
    until = hours.add_days(now, DAYS_TO_ANSWER)
    times = [until if duty.letter == "C" and duty.state == State.OPEN else None for duty in duties]
    later = {True: lambda due: hours.put_off(due, now, until), False: lambda due: None}[any(times)]
    return [later(seat.due) if seat.state == Seat.State.WAITING and seat.due else seat.due for seat in seats], times


def opened(undone, due) -> list[Member | None]:
    """Those of `undone` that waited can be done now, until `due`. Returns whose they are."""
    waiting = [duty for duty in undone if duty.state == State.WAITING]
    if waiting:
        Duty.objects.filter(pk__in=[duty.pk for duty in waiting]).update(state=State.OPEN, due_at=due)
    return [duty.holder for duty in waiting]


def take_seats(paper, which, hours) -> list[Member]:
    """Seats of the matrix that have waited are asked now: their time starts here."""
    now, people = paper.workspace.now(), []
    climbing = Seat.objects.filter(which, paper=paper, letter="G", climbs_at=None).exclude(state=Seat.State.WAITING)
    climbing.filter(state=Seat.State.OPEN).update(climbs_at=hours.add_days(now, DAYS_TO_AGREE))
    waiting = Seat.objects.filter(which, paper=paper, state=Seat.State.WAITING).exclude(letter="")
    for seat in waiting.select_related("holder__user"):
        seat.state = Seat.State.OPEN
        seat.due_at = seat.due_at and after_pause(paper.workspace, seat.due_at, paper.opened_at, now)
        seat.climbs_at = hours.add_days(now, DAYS_TO_AGREE) if seat.letter == "G" else None
        seat.save(update_fields=["state", "due_at", "climbs_at"])
        people += [seat.holder] if seat.holder else Member.objects.of(paper.workspace_id).leads(seat.side or seat.name)
    return people


def unanswered(paper) -> list[Duty]:
    """Whom A still waits for."""
    waits = Duty.objects.filter(paper=paper, state__in=UNDONE)
    return list(waits.select_related("holder__user").order_by("pk"))
