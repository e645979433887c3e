"""What a line's page shows: agreed words, money by side and month, who holds it, what moved it."""

from decimal import Decimal

from django.db.models import Case, F, Max, Min, Sum, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.kpis.models import Definition
from planning.shared.butterfly import Bar, Wing
from planning.shared.charts import Bars, Series
from planning.shared.money import ZERO

from ..availability import availability
from ..causes import names_of
from ..models import FundingSide, Hold, Movement
from ..standing import by_month
from .people import people_of
from .spreading import SIDES

NEWEST = 40


def facts_of(line) -> dict:
    """The page's context. About ten queries, however old the line."""
    months, money = by_month(line.budget, line), availability(line)
    known = line.revisions.select_related("version", "category__parent", "vendor", "kpi").order_by("-pk")
    revisions = [one for one in known if one.in_force or one.is_open] or list(known[:1])
    agreed = next((one for one in revisions if one.in_force and one.in_force.upper is None), None)
    change = next((one for one in revisions if one.is_open), None)
    revision = agreed or change or revisions[0]
    return {
        "line": line,
        "budget": line.budget,
        "agreed": agreed,
        "revision": revision,
        "unit": unit_of(revision.kpi),
        "people": people_of([revision]).get(revision.pk),
        "change": change if agreed else None,
        "bars": bars_of(line, months, money["by_side"]),
        "chart": chart_of(line, months),
        **open_to_reader(line.workspace_id, holds=held(line), movements=booked(line)),
        "revisions": [one for one in revisions if one.in_force],
        "attachments": line.attachments.select_related("file", "added_by__user"),
    }


def unit_of(kpi) -> str:
    """The unit of a KPI's agreed definition, else of the newest."""
    if kpi is None:
        return ""
    units = kpi.definitions.order_by(Case(When(state=Definition.State.AGREED, then=0), default=1), "-number")
    return units.values_list("unit", flat=True).first() or ""


def open_to_reader(workspace, **lists) -> dict:
    """The lists, their rows with the `called` of a purchase, and `closed` where the cause has no page for the reader:
    then nobody is named either."""
    names = names_of(workspace, {row["cause"] for rows in lists.values() for row in rows})
    return {name: [row | said(row["cause"], names) for row in rows] for name, rows in lists.items()}


def said(cause, names) -> dict:
    return {"called": names.get(cause) or "", "closed": cause in names and names[cause] is None}


def held(line):
    """What is still kept on the line, by cause, state and side, the earliest month first."""
    left = Sum(F("amount") - F("consumed") - F("released"))
    rows = (
        Hold.objects.of(line.workspace_id)
        .standing()
        .filter(line=line)
        .values("cause", "state", "side", "member__user__name")
    )
    rows = rows.annotate(left=left, first=Min("month"), last=Max("month")).filter(left__gt=0)
    return [row | {"word": Hold.State(row["state"]).label} for row in rows.order_by("first", "cause", "side")]


def booked(line):
    """The newest bookings, each step of a cause one row a side."""
    rows = line.movements.values("cause", "cause_id", "kind", "side").annotate(
        newest=Max("pk"),
        at=Max("at"),
        first=Min("month"),
        last=Max("month"),
        ceiling=Sum(F("plan") + F("transferred")),
        held=Sum("reserved"),
        promised=Sum("committed"),
        spent=Sum("actual"),
    )
    return [row | {"word": Movement.Kind(row["kind"]).label} for row in rows.order_by("-newest")[:NEWEST]]


def bars_of(line, months, standing) -> list[dict]:
    """Each side's money as one bar, on one scale."""
    wings = {}
    for side in SIDES:
        here = standing[str(side)]
        forecast = sum((row["forecast"] for (on, _month), row in months.items() if on == side), ZERO)
        wings[side] = Wing(
            actual=here["actual"],
            committed=here["committed"],
            reserved=here["reserved"],
            free=here["available"],
            forecast=forecast,
        )
    scale = max(*(wing.reach for wing in wings.values()), Decimal(1))
    return [
        {
            "side": str(side),
            "label": FundingSide(side).label,
            "money": standing[str(side)],
            "bar": Bar(wing, str(side), line.workspace.currency, scale),
        }
        for side, wing in wings.items()
    ]


def chart_of(line, months) -> Bars:
    """Plan beside actual and committed, month by month, both sides together."""

    def series(name):
        return [
            sum((months[side, month][name] for side in SIDES if (side, month) in months), ZERO)
            for month in line.budget.months
        ]

    return Bars(
        _("Month by month"),
        unit=line.workspace.currency,
        categories=[date_format(month, "M") for month in line.budget.months],
        series=[
            Series(_("Plan"), series("plan"), tone="soft"),
            Series(_("Actual"), series("actual"), tone="ink", stack="used"),
            Series(_("Committed"), series("committed"), tone="unknown", stack="used"),
        ],
    )
