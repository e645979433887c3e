"""Purchases that have waited too long: for the agenda of a review, and for the clock."""

from datetime import timedelta

from django.db.models import Prefetch

from planning.signoffs.models import Duty, Seat

from .models import Purchase


def asked_of() -> list[Prefetch]:
    """Who is asked about a purchase now: `paper.open_seats` and `paper.open_duties`, with their holders."""
    return [
        Prefetch(f"paper__{kind}", model.objects.open().select_related("holder__user"), to_attr=f"open_{kind}")
        for kind, model in (("seats", Seat), ("duties", Duty))
    ]


def waiting_long(workspace, days: int):
    """Purchases sent for approval `days` days ago or earlier, and changes that are as old, still undecided, the longest
    wait first.

    Their open seats, with holders, are in `paper.open_seats`.
    """
    since = workspace.now() - timedelta(days=days)
    return (
        Purchase.objects.of(workspace)
        .waiting()
        .filter(submitted_at__lte=since, paper__opened_at__lte=since)
        .select_related("vendor", "requester__user", "paper")
        .prefetch_related(*asked_of())
        .order_by("submitted_at", "pk")
    )


def expired(workspace):
    """Purchases whose time to be decided is over."""
    return Purchase.objects.of(workspace).waiting().filter(expires_on__lte=workspace.today()).order_by("pk")
