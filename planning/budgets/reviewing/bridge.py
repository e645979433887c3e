"""From the original budget to the forecast, step by step: what was agreed since, what was moved, and why the year will
end where it does, by the causes people gave."""

from collections import defaultdict

from django.utils.translation import gettext as _

from planning.shared.charts import Step, Waterfall
from planning.shared.money import ZERO

from ..models import Explanation, Movement
from .explanations import newest
from .variance import variance


def bridge(budget, only=None, rows=None) -> Waterfall:
    """Original plan → agreed changes → transfers → current plan → forecast, for all lines (or what `only` leaves).

    `rows` are the variances by line, when the caller has them. Lines without an explanation are one step of their own.
    """
    rows = variance(budget, "line", only=only) if rows is None else rows
    original = sum((row.year_plan for row in variance(budget, "line", only=only, against="original")), ZERO)
    plan, forecast = (sum((getattr(row, name) for row in rows), ZERO) for name in ("year_plan", "forecast"))
    moved = transfers(budget, {int(row.key) for row in rows}, only.get("side")) if only else ZERO
    steps = [
        Step(_("Original plan"), original, total=True),
        Step(_("Agreed changes"), plan - original - moved),
        Step(_("Transfers"), moved),
        Step(_("Current plan"), plan, total=True),
        *(Step(label, amount) for label, amount in by_cause(budget, rows)),
        Step(_("Forecast"), forecast, total=True),
    ]
    return Waterfall(
        _("From the original plan to the forecast"),
        unit=budget.workspace.currency,
        steps=[step for step in steps if step.total or step.amount],
        note=_("Up is more money. Steps after the current plan carry the causes that lines' owners gave."),
    )


def by_cause(budget, rows) -> list[tuple]:
    """[(cause in words, forecast less plan)], in the order of causes; what nobody explained yet comes last."""
    why = {line: one.cause for line, one in newest(budget).items()}
    sums = defaultdict(lambda: ZERO)
    for row in rows:
        sums[why.get(int(row.key), "")] += row.forecast_variance
    named = [(str(cause.label).capitalize(), sums[cause.value]) for cause in Explanation.Cause]
    return [*named, (_("Not explained"), sums[""])]


def transfers(budget, lines, side=None):
    """What transfers brought to these lines (on one side of them), less what they took."""
    moved = Movement.objects.of(budget.workspace_id).filter(kind=Movement.Kind.TRANSFER, line__in=lines)
    moved = moved.filter(side=side) if side else moved
    return sum(moved.values_list("transferred", flat=True), ZERO)
