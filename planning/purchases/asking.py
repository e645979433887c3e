"""Who is asked about a request, in which order and until when: the seats of its route, as the row of the matrix that
governs it fills them, with the tasks and questions that come before. Previewed and sent alike.
"""

from dataclasses import dataclass
from datetime import datetime

from planning.calendar.business_time import BusinessHours
from planning.people.models import Member
from planning.roles.routing.row import Row, Stand
from planning.roles.routing.seats import Route, routed_by
from planning.signoffs.duties import DutySpec, foreseen
from planning.signoffs.models import Duty, Seat
from planning.signoffs.papers import SeatSpec

from .route import Stop, refuse_empty


def asked_by(purchase, stops: list[Stop], row: Row | None) -> Route:
    """What the paper of `purchase` asks: the seats of its `stops` (route.route), dressed by `row`.

    Refused: an approver without a holder, by name.
    """
    refuse_empty(stops)
    return filled(purchase, stops, row)


def filled(purchase, stops, row) -> Route:
    return routed_by(row, [stop.spec() for stop in stops], purchase.requester, author_decides=False)


@dataclass(frozen=True)
class Key:
    """A seat as it would be opened: `people` can turn it until `due`, the latest it can be; None where it waits for
    work alone, which has no clock."""

    spec: SeatSpec
    people: tuple[Member, ...]
    due: datetime | None

    @property
    def waits(self) -> bool:
        """Whether it is asked only when the work is done and the questions have an answer, or ran out."""
        return self.spec.state == Seat.State.WAITING


@dataclass(frozen=True)
class Task:
    """R's work or C's question as it would be opened; `due` None for work, and for what is done by sending it."""

    spec: DutySpec
    due: datetime | None

    @property
    def is_open(self) -> bool:
        return self.spec.state == Duty.State.OPEN

    @property
    def word(self) -> str:
        return Duty.State(self.spec.state).label


@dataclass(frozen=True)
class Outlook:
    """The whole route of a request: who prepares, who is asked, who decides, and who reads it afterwards."""

    keys: tuple[Key, ...] = ()
    tasks: tuple[Task, ...] = ()
    told: tuple[Stand, ...] = ()
    row: str = ""

    @property
    def decided_by(self) -> datetime | None:
        """When it would be decided at the latest, if everybody decides in time; None when work without a clock comes
        first."""
        times = [key.due for key in self.keys]
        return None if not times or None in times or self.waits_for_work else max(times)

    @property
    def waits_for_work(self) -> bool:
        """Whether a key waits for work, whose end no clock knows."""
        work = any(task.is_open and task.spec.letter == "R" for task in self.tasks)
        return work and any(key.waits for key in self.keys)


def outlook(purchase, stops: list[Stop], row: Row | None, hours: BusinessHours) -> Outlook:
    """What `asked_by` would open now, with its times; where nobody could decide, a key without people."""
    asked = filled(purchase, stops, row)
    seats, duties = foreseen(purchase.workspace.now(), hours, asked.seats, asked.duties)
    people = {stop.seat: stop.chair.people for stop in stops}
    return Outlook(
        tuple(
            Key(spec, (spec.holder,) if spec.holder else people[spec.name], due)
            for spec, due in zip(asked.seats, seats, strict=True)
        ),
        tuple(Task(spec, due) for spec, due in zip(asked.duties, duties, strict=True)),
        tuple(row.of("I")) if asked.matrix else (),
        row.activity.name if asked.matrix else "",
    )
