"""What an auditor looks at first: decisions that were not the ordinary way."""

from django.db.models import Count, Q

from planning.signoffs.models import Paper


def exceptions_of(workspace) -> dict[str, int]:
    """Papers with a key turned by a deputy, and papers that were refused or taken back."""
    return Paper.objects.of(workspace).aggregate(
        deputy=Count("pk", filter=Q(seats__decided_for__isnull=False), distinct=True),
        refused=Count("pk", filter=Q(state__in=[Paper.State.REFUSED, Paper.State.WITHDRAWN]), distinct=True),
    )
