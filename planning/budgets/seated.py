"""A paper with its seats and their people, in one more query."""

from django.db.models import Prefetch, prefetch_related_objects

from planning.signoffs.models import Paper, Seat


def seated(paper) -> Paper | None:
    """`paper` (or None) ready for its keys to be shown."""
    if paper:
        people = Seat.objects.select_related("holder__user", "decided_by__user", "decided_for__user")
        prefetch_related_objects([paper], Prefetch("seats", queryset=people))
    return paper
