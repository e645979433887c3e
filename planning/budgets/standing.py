"""Where each line's money stands, with its forecast: one statement a page, however many lines."""

from decimal import Decimal

from django.db import connection
from django.db.models.functions import Lower

from planning.shared.money import ZERO

from .forecast import CELLS, facts
from .lines.spreading import SIDES
from .models import Revision

AMOUNTS = (
    "plan",
    "agreed",
    "transferred",
    "reserved",
    "committed",
    "actual",
    "forecast",
    "plan_to_date",
    "actual_to_date",
)
BY_LINE = (
    CELLS
    + """
SELECT line_id, side, sum(plan) AS plan, sum(agreed) AS agreed, sum(transferred) AS transferred,
       sum(reserved) AS reserved, sum(committed) AS committed, sum(actual) AS actual, sum(forecast) AS forecast,
       coalesce(sum(plan) FILTER (WHERE month < %(this)s), 0) AS plan_to_date,
       coalesce(sum(actual) FILTER (WHERE month < %(this)s), 0) AS actual_to_date
  FROM outlook GROUP BY line_id, side
"""
)
BY_MONTH = (
    CELLS
    + """
SELECT side, month, sum(plan) AS plan, sum(reserved) AS reserved, sum(committed) AS committed, sum(actual) AS actual,
       sum(forecast) AS forecast
  FROM outlook WHERE line_id = %(line)s GROUP BY side, month
"""
)


class Figures(dict):
    """Amounts of a line or a group of lines on one side (or both), in the workspace's currency."""

    def __init__(self, **amounts):
        super().__init__({name: amounts.get(name, ZERO) for name in AMOUNTS})

    def __add__(self, other):
        return Figures(**{name: self[name] + other[name] for name in AMOUNTS})

    @property
    def available(self) -> Decimal:
        return self["plan"] - self["reserved"] - self["committed"] - self["actual"]

    @property
    def variance(self) -> Decimal:
        """Forecast above (or, negative, below) the current plan."""
        return self["forecast"] - self["plan"]


def rows_of(sql, parameters) -> list[dict]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def by_line(budget) -> dict:
    """{line id: {side: Figures}} of a budget."""
    standing = {}
    for row in rows_of(BY_LINE, facts(budget)):
        standing.setdefault(row.pop("line_id"), {side: Figures() for side in SIDES})[row.pop("side")] = Figures(**row)
    return standing


def summed(standings) -> dict:
    """{side: Figures} of several lines together, each given as {side: Figures}."""
    standings = list(standings)
    return {
        side: Figures(**{name: sum((each[side][name] for each in standings), ZERO) for name in AMOUNTS})
        for side in SIDES
    }


def by_month(budget, line) -> dict:
    """{(side, month): {plan, reserved, committed, actual, forecast}} of one line."""
    return {(row.pop("side"), row.pop("month")): row for row in rows_of(BY_MONTH, facts(budget) | {"line": line.pk})}


def shown(budget):
    """What the budget's page shows: what is in force; before the first agreement, what is being drafted or proposed."""
    revisions = Revision.objects.of(budget.workspace_id).filter(line__budget=budget, removed=False)
    return revisions.open() if budget.before_agreement else revisions.in_force()


def shown_revisions(budget) -> list[Revision]:
    """The same by name, with what they refer to."""
    found = shown(budget).select_related("category", "vendor", "kpi", "line")
    return list(found.order_by(Lower("name"), "line_id"))
