"""A question was answered: the seats that asked are open again, on the same version."""

from planning.calendar.business_time import after_pause

from .models import Seat
from .reminding import go_on


def answered(paper) -> int:
    """Open the seats of `paper` that asked. Their due time is put off by the business time the question was open.

    Returns how many there were. The question stays in the history, where the room wrote it.
    """
    asked = list(paper.seats.filter(state=Seat.State.ASKED).select_related("paper__workspace"))
    for seat in asked:
        if seat.due_at:
            seat.due_at = after_pause(paper.workspace, seat.due_at, seat.decided_at, paper.workspace.now())
        seat.state, seat.decided_by, seat.decided_for, seat.decided_at = Seat.State.OPEN, None, None, None
        seat.read_fingerprint = seat.note = ""
        seat.save()
        go_on(seat)
    return len(asked)
