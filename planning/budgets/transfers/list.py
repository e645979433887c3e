"""Transfers with the names of their lines, as they are agreed today."""

from django.db.models import CharField, Count, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from ..models import Revision


def name_of(line):
    newest = Revision.objects.filter(line=OuterRef(line), in_force__isnull=False).order_by("-pk").values("name")[:1]
    return Subquery(newest, output_field=CharField())


def named(transfers):
    """Each with `giver_name` and `taker_name`, how many lines give and take, people loaded."""
    return transfers.select_related("moved_by__user").annotate(
        giver_name=name_of("giver"),
        taker_name=name_of("taker"),
        givers=Count("parts__line", filter=Q(parts__amount__lt=0), distinct=True),
        takers=Count("parts__line", filter=Q(parts__amount__gt=0), distinct=True),
    )


def and_more(name, count) -> str:
    """ "Web shop", or "Web shop and 2 more"."""
    return _("%(name)s and %(more)s more") % {"name": name, "more": count - 1} if count > 1 else name
