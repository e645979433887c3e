"""Purchases that have waited too long: for the agenda of a review, and for the clock."""

from datetime import timedelta

from django.db.models import CharField, Prefetch, Value
from django.db.models.functions import Coalesce, NullIf

from planning.signoffs.models import Duty, Seat

from .models import Purchase

NAME_OF_HOLDER = Coalesce(NullIf("holder__user__name", Value("")), "holder__user__email", output_field=CharField())


def asked_of() -> list[Prefetch]:
    """Who is asked about a purchase now: `paper.open_seats` and `paper.open_duties`, each with what it is called and
    `held_by`, its holder's name; a list shows no more of them."""
    return [
        Prefetch(
            f"paper__{kind}",
            model.objects.open().annotate(held_by=NAME_OF_HOLDER).only("paper", called),
            to_attr=f"open_{kind}",
        )
        for kind, model, called in (("seats", Seat, "name"), ("duties", Duty, "role_name"))
    ]


def waiting_long(workspace, days: int):
    """Purchases sent for approval `days` days ago or earlier, and changes that are as old, still undecided, the longest
    wait first.

    Their open seats are in `paper.open_seats`.
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
