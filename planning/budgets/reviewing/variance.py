"""Variance: actual against plan up to a month, and forecast against plan for the year; over plan is positive.

Grouped by side, category, line, vendor, month or KPI, in one statement; perhaps `only` some side, category, line,
vendor, month or KPI, which is how a reader goes down to the lines of a figure. Against the current plan, or against
what `baseline` says. Likely underspend is as loud as overspend.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from ..forecast import CELLS, facts
from ..models import FundingSide
from ..standing import rows_of
from .baseline import baseline
from .groups import GROUPS, narrowing, shaped

MEASURES = (
    "plan",
    "committed",
    "actual",
    "variance",
    "year_plan",
    "year_committed",
    "year_actual",
    "forecast",
    "forecast_variance",
)
# Cells are summed by the bare key, up to the month and after it; what is to be added and how a key is called come
# after, to the few sums.
READ = """
, <said>, summed AS (
    SELECT <key> AS key, o.month <= %(through)s AS over, sum(o.plan) AS plan, sum(o.committed) AS committed,
           sum(o.actual) AS actual, sum(o.forecast) AS forecast
      FROM base o <lines> WHERE <only> GROUP BY 1, 2
    UNION ALL
    SELECT <key>, NULL, 0, 0, 0, sum(o.amount) FROM moved o <lines> WHERE <only> GROUP BY 1
)
SELECT coalesce(s.key::text, '') AS key, coalesce(min(<name>), '') AS label,
       coalesce(sum(s.plan) FILTER (WHERE s.over), 0) AS plan,
       coalesce(sum(s.committed) FILTER (WHERE s.over), 0) AS committed,
       coalesce(sum(s.actual) FILTER (WHERE s.over), 0) AS actual,
       sum(s.plan) AS year_plan, sum(s.committed) AS year_committed, sum(s.actual) AS year_actual,
       sum(s.forecast) AS forecast
  FROM summed s <names> GROUP BY s.key ORDER BY 2, 1
"""


@dataclass
class Row:
    """One group. Amounts in the workspace's currency; the first four up to the month, the others for the year."""

    key: str
    label: str
    plan: Decimal
    committed: Decimal
    actual: Decimal
    year_plan: Decimal
    year_committed: Decimal
    year_actual: Decimal
    forecast: Decimal

    @property
    def variance(self) -> Decimal:
        return self.actual - self.plan

    @property
    def forecast_variance(self) -> Decimal:
        return self.forecast - self.year_plan

    @property
    def percent(self) -> Decimal | None:
        """The variance in percent of the plan up to the month; None without a plan."""
        return self.variance * 100 / self.plan if self.plan else None


def variance(budget, by: str = "side", through: date | None = None, only=None, against: str = "plan") -> list[Row]:
    """Rows by "side", "category", "line", "vendor", "kpi" or "month", up to the month of `through` (default: the last
    month that is over; the first one while none is), of what `only`, {grouping: key}, leaves.

    `against` is "plan" (the current one), or "original", "forecast", "last": plan and plan of the year are then those
    of the baseline. Refused: another grouping or baseline, a month outside the budget's year.
    """
    only = only or {}
    if by not in GROUPS or not GROUPS.keys() >= only.keys():
        raise Refused(_("Variance is shown by %(known)s.") % {"known": ", ".join(GROUPS)}, "by")
    through = clean_through(budget, through)
    sql = CELLS + shaped(READ, by, only)
    rows = [Row(**row) for row in rows_of(sql, facts(budget) | {"through": through} | narrowing(only))]
    if against != "plan":
        rows = compared(rows, baseline(budget, by, through, only, against))
    for row in rows:
        row.label = worded(by, row.label)
    return rows


def compared(rows, base) -> list[Row]:
    """`rows` against `base`, {key: (label, to date, year)}; what only the baseline knows comes last."""
    for row in rows:
        _label, row.plan, row.year_plan = base.pop(row.key, ("", ZERO, ZERO))
    return rows + [
        Row(key, label, plan=plan, year_plan=year, committed=ZERO, actual=ZERO, year_committed=ZERO, year_actual=ZERO,
            forecast=ZERO)
        for key, (label, plan, year) in base.items() if plan or year
    ]  # fmt: skip


def clean_through(budget, through) -> date:
    if through is None:
        this = budget.workspace.today().replace(day=1)
        over = [month for month in budget.months if month < this]
        return over[-1] if over else budget.months[0]
    if through.replace(day=1) not in budget.months:
        raise Refused(_("That month is not in the budget's year."), "through")
    return through.replace(day=1)


def worded(by, label) -> str:
    if by == "side":
        return str(FundingSide(label).label)
    if by == "month":
        return date_format(date.fromisoformat(label), "M Y")
    return label or (_("No KPI") if by == "kpi" else _("No vendor"))


def total_of(rows) -> Row:
    """All groups together."""
    names = ("plan", "committed", "actual", "year_plan", "year_committed", "year_actual", "forecast")
    return Row("", _("Total"), *(sum((getattr(row, name) for row in rows), ZERO) for name in names))
