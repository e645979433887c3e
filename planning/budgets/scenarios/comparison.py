"""Up to four scenarios beside the live plan, by side, category, month or line, in one statement.

Amounts in the workspace's currency: the plan as it is agreed (before the first agreement: as it is drafted), without
transfers, which a version does not change either.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.charts import Bars, Series
from planning.shared.money import ZERO

from ..lines.spreading import SIDES, cells
from ..models import FundingSide
from ..standing import rows_of, shown_revisions

MOST = 4
LIVE = 0  # the plan's number among the compared; scenarios have their ids
TONES = ("ink", "achieved", "amber", "unknown")
AGREED = """
    SELECT 0 AS plan, c.line_id, r.name, r.category_id, c.side, c.month, c.plan AS amount
      FROM budgets_cell c JOIN budgets_line l ON l.id = c.line_id
      JOIN budgets_revision r ON r.line_id = c.line_id AND upper_inf(r.in_force)
     WHERE l.workspace_id = %(workspace)s AND l.budget_id = %(budget)s AND c.plan <> 0
"""
DRAFTED = """
    SELECT 0 AS plan, d.line_id, r.name, r.category_id, d.side, d.month, d.amount
      FROM unnest(%(revisions)s::bigint[], %(lines)s::bigint[], %(sides)s::text[], %(months)s::date[],
                  %(amounts)s::numeric[]) AS d(revision_id, line_id, side, month, amount)
      JOIN budgets_revision r ON r.id = d.revision_id
"""
COMPARED = """
WITH compared AS MATERIALIZED (
    <live>
    UNION ALL
    SELECT s.scenario_id, s.line_id, s.name, s.category_id, v.side, y.month, v.amount
      FROM budgets_scenarioline s
     CROSS JOIN LATERAL unnest(s.months, s.marketing_months, %(year)s::date[]) AS y(whole, marketing, month)
     CROSS JOIN LATERAL (VALUES ('marketing', y.marketing), ('technology', y.whole - y.marketing)) AS v(side, amount)
     WHERE s.workspace_id = %(workspace)s AND s.scenario_id = ANY(%(scenarios)s) AND v.amount <> 0
)
SELECT p.plan, <keys>, sum(p.amount) AS amount
  FROM compared p JOIN calendar_category cat ON cat.id = p.category_id
 GROUP BY p.plan, <names> ORDER BY <names>
"""
KEYS = {
    "side": {"side": "p.side"},
    "category": {"side": "p.side", "label": "cat.name"},
    "month": {"side": "p.side", "month": "p.month"},
    "cell": {"side": "p.side", "label": "cat.name", "month": "p.month"},
    "line": {"label": "p.name", "line": "p.line_id"},
}
VIEWS = tuple(KEYS)


@dataclass
class Row:
    """One group: the live plan and each scenario's, in their order."""

    side: str = ""
    label: str = ""
    month: date | None = None
    line: int | None = None
    amounts: dict = field(default_factory=dict)
    plans: tuple = ()
    names: tuple = ()

    @property
    def live(self) -> Decimal:
        return self.amounts.get(LIVE, ZERO)

    @property
    def others(self) -> list[tuple[Decimal, Decimal]]:
        """[(the scenario's amount, its difference to live)]."""
        return [(self.amounts.get(plan, ZERO), self.amounts.get(plan, ZERO) - self.live) for plan in self.plans]

    @property
    def named(self) -> list[tuple[str, Decimal, Decimal]]:
        """The same with each scenario's name first."""
        return [(name, *pair) for name, pair in zip(self.names, self.others, strict=True)]

    @property
    def differs(self) -> bool:
        return any(difference for _amount, difference in self.others)

    @property
    def words(self) -> str:
        """What the row is about, without its side."""
        parts = [self.label, date_format(self.month, "M Y") if self.month else ""]
        return " · ".join(part for part in parts if part)

    @property
    def side_word(self) -> str:
        return str(FundingSide(self.side).label) if self.side else ""


class Comparison:
    """`scenarios` (at most four) of one budget beside its live plan; `by` one of VIEWS, unknown ones the category."""

    def __init__(self, budget, scenarios, by="category"):
        self.budget, self.scenarios = budget, list(scenarios)[:MOST]
        self.by = by if by in VIEWS else "category"
        self.rows = self.read(self.by)

    def read(self, by) -> list[Row]:
        keys = KEYS[by]
        sql = COMPARED.replace("<live>", AGREED if self.budget.agreed_count else DRAFTED)
        sql = sql.replace("<keys>", ", ".join(f"{said} AS {name}" for name, said in keys.items()))
        sql = sql.replace("<names>", ", ".join(keys.values()))
        plans, found = tuple(scenario.pk for scenario in self.scenarios), {}
        for one in rows_of(sql, self.facts):
            # A line that was renamed since it was copied is still one line.
            key = (one["line"],) if one.get("line") else tuple(one[name] for name in keys)
            row = found.setdefault(key, Row(plans=plans, names=self.names, **{name: one[name] for name in keys}))
            row.amounts[one["plan"]] = row.amounts.get(one["plan"], ZERO) + one["amount"]
        return sorted(found.values(), key=order)

    @property
    def facts(self) -> dict:
        budget = self.budget
        facts = {
            "workspace": budget.workspace_id,
            "budget": budget.pk,
            "scenarios": [scenario.pk for scenario in self.scenarios],
            "year": budget.months,
        }
        return facts if budget.agreed_count else facts | drafted(budget)

    @property
    def names(self) -> tuple:
        return tuple(scenario.name for scenario in self.scenarios)

    @property
    def columns(self) -> int:
        """Of its table: what it is about, live, and two a scenario."""
        return 2 + 2 * len(self.scenarios)

    @property
    def total(self) -> Row:
        return self.sum_of(self.rows)

    @property
    def groups(self) -> list[tuple[Row, list[Row]]]:
        """[(the side's sum, its rows)]; lines are one group without a side."""
        if self.by == "line":
            return [(None, [row for row in self.rows if row.differs])]
        parts = {side: [row for row in self.rows if row.side == side] for side in SIDES}
        return [(self.sum_of(rows, str(side)), rows if self.by != "side" else []) for side, rows in parts.items()]

    def sum_of(self, rows, side="") -> Row:
        plans = (LIVE, *(scenario.pk for scenario in self.scenarios))
        amounts = {plan: sum((row.amounts.get(plan, ZERO) for row in rows), ZERO) for plan in plans}
        return Row(side=side, amounts=amounts, plans=plans[1:], names=self.names)

    @property
    def chart(self) -> Bars:
        """The year month by month, or the categories or lines that differ most."""
        by = {"side": "month", "cell": "month"}.get(self.by, self.by)
        rows = self.rows if by == self.by else self.read(by)
        found = {}
        for row in rows:
            found.setdefault((row.month, row.label, row.line), []).append(row)
        sums = [(key, self.sum_of(group)) for key, group in found.items()]
        if by == "month":
            sums.sort(key=lambda item: item[0][0])
        else:
            sums = sorted(sums, key=lambda item: -max((abs(gap) for _a, gap in item[1].others), default=ZERO))[:12]
        series = [Series(_("Live"), [row.live for _key, row in sums], tone="soft")] + [
            Series(scenario.name, [row.others[at][0] for _key, row in sums], tone=TONES[at])
            for at, scenario in enumerate(self.scenarios)
        ]
        return Bars(
            _("Live and scenarios, month by month") if by == "month" else _("Where they differ most"),
            unit=self.budget.workspace.currency,
            categories=[date_format(month, "M") if month else label for (month, label, _line), _row in sums],
            series=series,
            sideways=by != "month",
        )


def order(row):
    return row.side, row.label.lower(), row.month or date.min, row.line or 0


def drafted(budget) -> dict:
    """The cells of a plan that no version has agreed yet, as arrays."""
    columns = {"revisions": [], "lines": [], "sides": [], "months": [], "amounts": []}
    for revision in shown_revisions(budget):
        for (side, row), amount in cells(revision.months, revision.weights, revision.currency).items():
            facts = (revision.pk, revision.line_id, str(side), budget.months[row], amount)
            for column, value in zip(columns.values(), facts, strict=True):
                column.append(value)
    return columns
