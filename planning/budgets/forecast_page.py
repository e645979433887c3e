"""Where each line will end the year: by its own method, and what the other methods would say. Few statements, however
many lines. Amounts in the workspace's currency, both sides together.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.charts import Bars, Series
from planning.shared.money import ZERO

from .agenda import is_over
from .forecast import CELLS, facts
from .models import ForecastSnapshot, Limits, Line, Revision, TypedForecast
from .snapshots import kept_by_line
from .standing import BY_MONTH, Figures, by_line, rows_of, shown_revisions

Method = Line.Forecast
WAYS = {Method.PLAN: "remaining", Method.STEADY: "steady", Method.TYPED: "typed"}
OTHERWISE = (
    CELLS
    + """
SELECT line_id, sum(forecast) AS forecast FROM outlook GROUP BY line_id
"""
)
MONTHS = (
    CELLS
    + """
SELECT month, sum(plan) AS plan, sum(actual) AS actual, sum(forecast) AS forecast FROM outlook GROUP BY month
"""
)


@dataclass
class Row:
    """A line, or all of them. `otherwise` is {method: the year's forecast if it were made that way}; `kept` the
    forecast that was kept last, None while none was.
    """

    label: str
    figures: Figures
    otherwise: dict
    kept: Decimal | None = None
    revision: Revision | None = None
    warns: bool = False

    @property
    def forecast(self) -> Decimal:
        return self.figures["forecast"]

    @property
    def to_come(self) -> Decimal:
        """Estimate to complete: what is neither spent nor promised yet."""
        return self.forecast - self.figures["actual"] - self.figures["committed"]

    @property
    def variance(self) -> Decimal:
        return self.figures.variance

    @property
    def percent(self) -> Decimal | None:
        plan = self.figures["plan"]
        return self.variance * 100 / plan if plan else None

    @property
    def moved(self) -> Decimal | None:
        """The forecast today less the kept one."""
        return None if self.kept is None else self.forecast - self.kept

    @property
    def method(self) -> str:
        """How it is made; "" for all lines together."""
        return self.revision.line.forecast if self.revision else ""

    @property
    def by_plan(self) -> Decimal:
        return self.otherwise.get(Method.PLAN, ZERO)

    @property
    def by_rate(self) -> Decimal:
        return self.otherwise.get(Method.STEADY, ZERO)


class Outlook:
    """The forecast of a budget, against `snapshot` (a kept forecast, or None)."""

    def __init__(self, budget, snapshot: ForecastSnapshot | None = None):
        self.budget, self.snapshot = budget, snapshot

    @cached_property
    def rows(self) -> list[Row]:
        standing, kept, limits = by_line(self.budget), kept_by_line(self.snapshot), Limits.of(self.budget.workspace)
        methods = {method: otherwise(self.budget, method) for method in (Method.PLAN, Method.STEADY)}
        rows = []
        for revision in shown_revisions(self.budget):
            line_id = revision.line_id
            figures = sum(standing.get(line_id, {}).values(), Figures())
            others = {method: found.get(line_id, ZERO) for method, found in methods.items()}
            row = Row(revision.name, figures, others, revision=revision)
            row.kept = kept.get(line_id, ZERO) if self.snapshot else None
            row.warns = is_over(row.variance, row.percent, limits)
            rows.append(row)
        return rows

    @cached_property
    def total(self) -> Row:
        methods = (Method.PLAN, Method.STEADY)
        others = {method: sum((row.otherwise[method] for row in self.rows), ZERO) for method in methods}
        kept = sum((row.kept for row in self.rows), ZERO) if self.snapshot else None
        return Row(_("Total"), sum((row.figures for row in self.rows), Figures()), others, kept)

    @cached_property
    def warnings(self) -> list[Row]:
        return sorted((row for row in self.rows if row.warns), key=lambda row: -abs(row.variance))

    @cached_property
    def chart(self) -> Bars:
        found = {row["month"]: row for row in rows_of(MONTHS, facts(self.budget))}
        series = {
            name: [found[month][name] if month in found else ZERO for month in self.budget.months]
            for name in ("plan", "forecast")
        }
        return Bars(
            _("Plan and forecast, month by month"),
            unit=self.budget.workspace.currency,
            categories=[date_format(month, "M") for month in self.budget.months],
            series=[
                Series(_("Plan"), series["plan"], tone="soft"),
                Series(_("Forecast"), series["forecast"], tone="ink"),
            ],
        )


def otherwise(budget, method) -> dict:
    """{line id: the year's forecast} if every line's were made by `method`."""
    return {row["line_id"]: row["forecast"] for row in rows_of(OTHERWISE, facts(budget, method))}


def months_of(line) -> list[dict]:
    """A line's year, month by month: plan, what is spent and committed, the forecast by each method, what was typed
    and by whom. `open` says that the month is still to come (this one included).
    """
    budget, this = line.budget, line.workspace.today().replace(day=1)
    ways = {method: summed(budget, line, method) for method in Method}
    typed = {}
    for one in TypedForecast.objects.of(line.workspace).filter(line=line).select_related("typed_by__user"):
        typed.setdefault(one.month, []).append(one)
    return [
        {
            "month": month,
            "open": month >= this,
            "plan": ways[Method.PLAN].get(month, {}).get("plan", ZERO),
            "used": ways[Method.PLAN].get(month, {}).get("used", ZERO),
            **{WAYS[method]: found.get(month, {}).get("forecast", ZERO) for method, found in ways.items()},
            "said": sum((one.amount for one in typed[month]), ZERO) if month in typed else None,
            "by": typed[month][0].typed_by if month in typed else None,
            "at": typed[month][0].typed_at if month in typed else None,
        }
        for month in budget.months
    ]


def summed(budget, line, method) -> dict:
    """{month: {plan, used, forecast}} over both sides."""
    found = {}
    for row in rows_of(BY_MONTH, facts(budget, method) | {"line": line.pk}):
        sums = found.setdefault(row["month"], {"plan": ZERO, "used": ZERO, "forecast": ZERO})
        sums["plan"] += row["plan"]
        sums["used"] += row["actual"] + row["committed"]
        sums["forecast"] += row["forecast"]
    return found
