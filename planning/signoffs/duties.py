"""Before a decision: R works, C is asked and has three business days, then A's button opens. Every R's work counts.

Each step is taken with the paper held, so that an answer, the clock and a decision follow one another. A paper without
duties opens its seats at once.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from planning.calendar.business_time import hours_of
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
    turn = opened([duty for duty in undone if not duty.is_question and duty.state == State.WAITING], due=None)
    if paper.kind in WORK_FIRST and any(not duty.is_question for duty in undone):
        return turn
    questions = [duty for duty in undone if duty.is_question and duty.state == State.WAITING]
    seats = [seat for seat in not_begun(paper) if seat.letter == "G" or not undone]
    if questions or seats:
        hours = hours_of(paper.workspace)
        turn += opened(questions, due=hours.add_days(paper.workspace.now(), DAYS_TO_ANSWER))
        turn += take_seats(paper, seats, hours)
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


def opened(waiting, due) -> list[Member | None]:
    """These duties can be done now, until `due`. Returns whose they are."""
    if waiting:
        Duty.objects.filter(pk__in=[duty.pk for duty in waiting]).update(state=State.OPEN, due_at=due)
    return [duty.holder for duty in waiting]


def not_begun(paper) -> list[Seat]:
    """Seats of the matrix whose time has not started: those that wait, and who must agree and is asked from the first
    day."""
    seats = Seat.objects.filter(paper=paper).exclude(letter="").select_related("holder__user")
    asked = Q(letter="G", state=Seat.State.OPEN, climbs_at=None)
    return list(seats.filter(asked | Q(state=Seat.State.WAITING)))


def take_seats(paper, seats, hours) -> list[Member]:
    """The time of these seats starts here. Returns who is asked only now, having waited."""
    now, people = paper.workspace.now(), []
    for seat in seats:
        seat.climbs_at = hours.add_days(now, DAYS_TO_AGREE) if seat.letter == "G" else None
        if seat.state == Seat.State.WAITING:
            seat.state = Seat.State.OPEN
            seat.due_at = seat.due_at and hours.put_off(seat.due_at, paper.opened_at, now)
            leads = Member.objects.of(paper.workspace_id).leads(seat.side or seat.name)
            people += [seat.holder] if seat.holder else leads
        seat.save(update_fields=["state", "due_at", "climbs_at"])
    return people


def unanswered(paper) -> list[Duty]:
    """Whom A still waits for."""
    waits = Duty.objects.filter(paper=paper, state__in=UNDONE)
    return list(waits.select_related("holder__user").order_by("pk"))
