"""Transfers with the names of their lines, as they are agreed today."""

from django.db.models import CharField, OuterRef, Subquery

from .models import Revision


def name_of(line):
    newest = Revision.objects.filter(line=OuterRef(line), in_force__isnull=False).order_by("-pk").values("name")[:1]
    return Subquery(newest, output_field=CharField())


def named(transfers):
    """Each with `giver_name` and `taker_name`, people loaded."""
    return transfers.select_related("moved_by__user").annotate(giver_name=name_of("giver"), taker_name=name_of("taker"))
