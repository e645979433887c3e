"""The list of KPIs, and what stands above it."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.translation import gettext as _

from planning.shared import marks
from planning.shared.tables import Column, Filter, Table

from .figures import figure, words
from .freshness import Freshness
from .models import Kpi
from .progress import percent, rounded
from .rollup import rolled_up
from .sparkline import sparkline
from .status import Status


@dataclass(frozen=True)
class Drawn(Column):
    """A column whose cell is drawn from the row's portrait; files get the plain value."""

    draw: object = None
    portraits: dict = field(default_factory=dict)

    def html(self, row, currency, address):
        return self.draw(self.portraits[row.pk])


def kpi_table(request, portraits) -> Table:
    """Every KPI with both owners side by side. `portraits` are all of the workspace's."""
    by_kpi = {one.kpi.pk: one for one in portraits}

    def drawn(key, label, value, draw, kind="text"):
        return Drawn(key, label, kind, value=lambda row: value(by_kpi[row.pk]), draw=draw, portraits=by_kpi)

    columns = [
        Column("name", _("KPI"), link="kpis:kpi"),
        drawn("status", _("Today"), lambda one: one.standing.status.label, status_mark),
        drawn(
            "value",
            _("Measured"),
            lambda one: one.standing.value,
            lambda one: figure(one.standing.value, one.definition),
            "number",
        ),
        drawn("expected", _("Expected today"), expected_value, expected_figure, "number"),
        drawn("trend", _("Trend"), lambda one: len(one.series), sparkline),
        drawn("freshness", _("Freshness"), lambda one: one.standing.freshness.label, freshness_mark),
        Column("marketing_owner", _("Marketing"), "person", sort="marketing_owner__user__name"),
        Column("technology_owner", _("Technology"), "person", sort="technology_owner__user__name"),
    ]

    def having(attribute):
        def narrow(queryset, value):
            return queryset.filter(
                pk__in=[pk for pk, one in by_kpi.items() if getattr(one.standing, attribute) == value]
            )

        return narrow

    return Table(
        request, Kpi.objects.of(request.workspace).active().owned(), columns, search=["name"], sort="name", name="kpis",
        filters=[
            Filter("status", _("Status"), Status.choices, apply=having("status")),
            Filter("freshness", _("Freshness"), Freshness.choices, apply=having("freshness")),
        ],
        empty=_("No shared KPIs yet. Start with an outcome that both sides want to move."),
    )  # fmt: skip


def expected_value(one):
    return None if one.standing.expected is None else rounded(one.standing.expected)


def expected_figure(one):
    """Where it should be: a value, or the agreed band."""
    if one.definition.is_band:
        return format_html(
            "{} – {}", words(one.definition.band_low, one.definition), figure(one.definition.band_high, one.definition)
        )
    return figure(one.standing.expected, one.definition)


def status_mark(one):
    hand = format_html(' <span class="by-hand">{}</span>', _("set by hand")) if one.standing.set_by_hand else ""
    return format_html("{}{}", marks.status(one.standing.status, one.standing.status.label), hand)


def freshness_mark(one):
    day = one.standing.value_on
    said = one.standing.freshness.label if day else _("nothing measured yet")
    return marks.status(AGES[one.standing.freshness], said)


AGES = {"fresh": "green", "due": "waiting", "overdue": "amber", "stale": "amber", "unknown": "unknown"}


def overview(portraits) -> dict:
    """How many stand where, and how far all of them have come together."""
    counts = Counter(one.standing.status for one in portraits)
    total = rolled_up(
        (None if one.standing.status == Status.UNKNOWN else one.standing.progress, 1) for one in portraits
    )
    return {
        "counts": [(status, status.label, counts[status]) for status in Status],
        "total": total,
        "total_percent": percent(total.share) if total.is_known else None,
    }
