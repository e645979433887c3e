"""A person leaves, or a holder changes: open seats move in the same transaction, and stay visible as moved."""

from .models import Seat


def move_seats(seats, to):
    """Move open `seats` to member `to` (None: any lead of the seat's side). Returns how many moved.

    The old row stays, marked as moved, so that the history shows who was asked first.
    """
    moved = [seat for seat in seats if seat.is_open]
    Seat.objects.filter(pk__in=[seat.pk for seat in moved]).update(state=Seat.State.MOVED)
    Seat.objects.bulk_create(
        Seat(
            workspace_id=seat.workspace_id, paper_id=seat.paper_id, name=seat.name, side=seat.side or seat.name,
            required=seat.required, holder=to, reason=seat.reason, interest=seat.interest, due_at=seat.due_at,
        )
        for seat in moved
    )
    return len(moved)
