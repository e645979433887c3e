"""What the reviews' agenda takes from the budgets: variances over the workspace's limit."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.people.places import place

from .models import Explanation, Limits
from .pictures import budget_of_today
from .reviewing.variance import variance


@dataclass(frozen=True)
class Excess:
    """A line whose spend to date, or whose forecast, is away from plan by more than the limits, either way.

    Amounts in the workspace's currency; above zero is over plan. `kind` is "overspent" (facts went over what was
    available), "actual" (to date) or "forecast" (of the year), the first that applies.
    """

    line_id: int
    label: str
    kind: str
    amount: Decimal
    percent: Decimal | None
    url: str


def variances_over_limit(workspace) -> list[Excess]:
    """Lines of today's budget over both limits, percent and amount (10 % and 5,000 unless set); the largest first.

    Underspend counts like overspend. Empty without an agreed budget. Three queries.
    """
    budget = budget_of_today(workspace)
    if budget is None:
        return []
    limits = Limits.of(workspace)
    found = [excess for row in variance(budget, "line") for excess in excesses(row, limits, workspace)]
    return sorted(found, key=lambda one: (-abs(one.amount), one.line_id))


def excesses(row, limits, workspace):
    """At most one for a line."""
    candidates = [
        ("overspent", row.year_actual + row.year_committed - row.year_plan, row.year_plan, True),
        ("actual", row.variance, row.plan, False),
        ("forecast", row.forecast_variance, row.year_plan, False),
    ]
    for kind, amount, base, over_only in candidates:
        percent = amount * 100 / base if base else None
        if over_only and amount > 0 or not over_only and is_over(amount, percent, limits):
            url = place(workspace, "budgets:line", int(row.key))
            yield Excess(int(row.key), row.label, kind, amount, percent, url)
            return


def is_over(amount, percent, limits) -> bool:
    return abs(amount) > limits.variance_amount and (percent is None or abs(percent) > limits.variance_percent)


def explained(budget) -> dict[int, str]:
    """{line id: what its owner said about being away from plan, the cause first}, of the lines somebody explained."""
    rows = Explanation.objects.of(budget.workspace_id).filter(line__budget=budget, by__isnull=False)
    return {
        one.line_id: _("%(cause)s: %(text)s") % {"cause": one.get_cause_display().capitalize(), "text": one.text}
        for one in rows.order_by("month", "pk")
    }
