"""Plan against actual and forecast, by whatever a reader asks for."""

from datetime import date

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door
from planning.shared.charts import Bars, Series
from planning.shared.exports import download
from planning.shared.money import round_money

from ..variance import GROUPS, clean_through, total_of, variance
from .budgets import one

LABELS = {
    "side": gettext_lazy("Side"),
    "category": gettext_lazy("Category"),
    "line": gettext_lazy("Line"),
    "vendor": gettext_lazy("Vendor"),
    "month": gettext_lazy("Month"),
    "kpi": gettext_lazy("KPI"),
}


@door(anyone)
def variance_page(request, budget_id):
    budget = one(request, budget_id)
    by = request.GET.get("by") if request.GET.get("by") in GROUPS else "side"
    through = clean_through(budget, asked_month(budget, request.GET.get("through", "")))
    rows = variance(budget, by, through)
    if request.GET.get("export") in ("csv", "xlsx"):
        return export(request, budget, by, rows)
    return render(
        request,
        "budgets/variance.html",
        {
            "budget": budget,
            "by": by,
            "through": through,
            "rows": rows,
            "total": total_of(rows),
            "chart": chart(budget, by, through, rows),
            "groups": [(key, LABELS[key]) for key in GROUPS],
            "label": LABELS[by],
            "months": [(f"{month:%Y-%m}", date_format(month, "M Y")) for month in budget.months],
        },
    )


def asked_month(budget, text) -> date | None:
    """The month of "2027-03" if it is one of the budget's; else None: an odd address shows the usual page."""
    return next((month for month in budget.months if f"{month:%Y-%m}" == text), None)


def chart(budget, by, through, rows) -> Bars:
    return Bars(
        _("Plan and actual up to %(month)s") % {"month": date_format(through, "M Y")},
        unit=budget.workspace.currency,
        categories=[row.label for row in rows],
        sideways=by in ("line", "vendor", "category", "kpi"),
        series=[
            Series(_("Plan"), [row.plan for row in rows], tone="soft"),
            Series(_("Actual"), [row.actual for row in rows], tone="ink"),
        ],
    )


def export(request, budget, by, rows):
    currency = request.workspace.currency
    heads = [
        str(LABELS[by]),
        _("Plan to date"),
        _("Actual to date"),
        _("Variance"),
        _("Committed to date"),
        _("Plan of the year"),
        _("Committed of the year"),
        _("Forecast"),
        _("Forecast less plan"),
    ]
    typed = (
        [row.label, *[round_money(amount, currency) for amount in amounts(row)]] for row in [*rows, total_of(rows)]
    )
    return download(heads, typed, f"variance-{budget.year}-by-{by}", request.GET["export"])


def amounts(row) -> list:
    return [
        row.plan,
        row.actual,
        row.variance,
        row.committed,
        row.year_plan,
        row.year_committed,
        row.forecast,
        row.forecast_variance,
    ]
