"""Who is asked about a reading, where a row of the matrix governs readings: its paper beside both sides' words.

The words (`Confirmation`) alone say whether a reading counts; the paper brings what the letters add. R looks at it, C
is asked and has three business days, A's word waits for them, G may dispute at once and their dispute goes up.
"""

from django.utils.translation import gettext as _

from planning.calendar.business_time import due_after
from planning.people.models import KEY_SIDES
from planning.people.places import place
from planning.roles.routing.seats import routed_by
from planning.signoffs.models import Paper, Seat
from planning.signoffs.papers import SeatSpec, open_paper, withdraw
from planning.signoffs.signing import held, speak_by_right

from .models import Confirmation
from .values import value_text

DAYS_TO_CONFIRM = 5


def ask(reading, row):
    """Open the paper of a reading that waits, which the caller saves with it; nothing where no `row` of the matrix
    governs it, or where it counts by itself."""
    if row is None or not reading.waits:
        return
    workspace, member = reading.workspace, reading.entered_by
    due = due_after(workspace, days=DAYS_TO_CONFIRM)
    reason = _("A reading counts when a person from each side has confirmed it.")
    route = routed_by(row, [SeatSpec(side, reason=reason, due=due) for side in KEY_SIDES], member)
    reading.paper = open_paper(
        kind="reading",
        subject=reading,
        version=reading.version,
        terms={
            "kpi": reading.kpi.name, "on": reading.on, "value": value_text(reading.value, 0), "note": reading.note,
        },
        author=member,
        label=str(reading),
        url=f"{place(workspace, 'kpis:kpi', reading.kpi_id)}#reading-{reading.pk}",
        **route.terms(),
    )  # fmt: skip


def too_early(reading, side) -> bool:
    """Whether this side's word (A's) on what was just entered waits for those who are asked first."""
    seat = reading.paper and reading.paper.seat(side)
    return seat is not None and seat.state == Seat.State.WAITING


def speak(reading, member, verdict, reason=""):
    """The word of the member's side as its seat says it: confirmed; G's dispute blocks and may be taken back, another's
    ends the paper. Whoever may speak for the side and does not have its seat takes it; the seat before shows as moved.

    Refused: A before every question has its answer or its silence.
    """
    paper = held(reading.workspace, reading.paper_id) if reading.paper_id else None
    seat = paper and paper.is_open and paper.seat(member.side)
    if not seat:
        return
    if not (seat.is_open or seat.state == Seat.State.WAITING):  # confirmed before, and disputed now
        withdraw(paper)
        return
    said = "approve" if verdict == Confirmation.Verdict.CONFIRM else "block" if seat.letter == "G" else "reject"
    speak_by_right(paper, member, member.side, said, reason)


def stop_asking(readings):
    """Nobody is asked about these any longer: another value took their place, or the KPI is no longer followed."""
    for reading in readings.filter(paper__state=Paper.State.OPEN).select_related("paper__workspace"):
        withdraw(reading.paper)
