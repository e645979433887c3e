"""Who takes part in a piece of joint work: the whole row, A and G as its keys, R before C before A."""

from datetime import datetime

from django.utils.translation import gettext as _

from planning.calendar.business_time import due_after
from planning.people.models import KEY_SIDES
from planning.roles.models import Activity
from planning.roles.routing.row import Row, governing
from planning.roles.routing.seats import Route, duties_of, may_hold
from planning.signoffs.duties import DAYS_TO_AGREE
from planning.signoffs.models import Seat
from planning.signoffs.papers import SeatSpec

ROUTES = (Activity.Routes.LAUNCH, Activity.Routes.NOTHING)
DAYS_TO_DECIDE = 2


def rows_to_start(workspace):
    """Rows of the matrix in force that joint work starts from: those that govern nothing else, launch tasks first."""
    return sorted(
        governing(workspace, routes__in=ROUTES), key=lambda row: (row.routes != Activity.Routes.LAUNCH, row.number)
    )


def route_of(workspace, row: Row, author) -> Route:
    """A and G as seats, R's work and C's questions before them. A side has one key; further ones carry the role's name.

    A role that nobody who may decide holds today goes to the leads of its side.
    """
    due = due_after(workspace, days=DAYS_TO_DECIDE)
    agree = due_after(workspace, days=DAYS_TO_AGREE)
    seats, seated = [], set()
    for stand in row.of("A", "G"):
        if stand.member and stand.member.pk in seated:
            continue  # who decides agrees with it
        name = key_name(stand, {seat.name for seat in seats})
        seat = seat_of(stand, name, row, due if stand.letter == "A" else agree)
        seats.append(seat)
        seated |= {seat.holder.pk} if seat.holder else set()
    return Route(seats, duties_of(row, author, seats, work_first=True), row.snapshot())


def key_name(stand, taken) -> str:
    return stand.side if stand.side in KEY_SIDES and stand.side not in taken else stand.role[:16]


def seat_of(stand, name, row, due: datetime) -> SeatSpec:
    spec = SeatSpec(name, side=stand.side)
    why = _("%(role)s is %(letter)s in “%(row)s”") % {"role": stand.name, "letter": stand.letter, "row": row.activity}
    return SeatSpec(
        name,
        side=stand.side,
        holder=stand.member if may_hold(stand.member, spec, None, True) else None,
        reason=why,
        due=due,
        state=Seat.State.WAITING,
        letter=stand.letter,
        role=stand.role,
        role_name=stand.name,
    )
