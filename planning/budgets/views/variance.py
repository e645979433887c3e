"""Plan against actual and forecast, by whatever a reader asks for, down to the invoice; and why."""

from datetime import date

from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door
from planning.shared.charts import Bars, Series
from planning.shared.exports import download
from planning.shared.money import round_money

from ..models import FundingSide
from ..reviewing import drilling
from ..reviewing.baseline import offered
from ..reviewing.bridge import bridge
from ..reviewing.explanations import newest
from ..reviewing.variance import GROUPS, clean_through, total_of, variance
from .budgets import one

LABELS = {
    "side": gettext_lazy("Side"),
    "category": gettext_lazy("Category"),
    "line": gettext_lazy("Line"),
    "vendor": gettext_lazy("Vendor"),
    "month": gettext_lazy("Month"),
    "kpi": gettext_lazy("KPI"),
}
BASELINES = {
    "plan": gettext_lazy("Current plan"),
    "original": gettext_lazy("Original plan"),
    "forecast": gettext_lazy("Last forecast"),
    "last": gettext_lazy("Last year"),
}


@door(anyone)
def variance_page(request, budget_id):
    budget = one(request, budget_id)
    by = request.GET.get("by") if request.GET.get("by") in GROUPS else "side"
    through = clean_through(budget, asked_month(budget, request.GET.get("through", "")))
    baselines, only = offered(budget), narrowed(budget, request.GET)
    against = request.GET.get("against") if request.GET.get("against") in baselines else "plan"
    rows = variance(budget, by, through, only, against)
    if request.GET.get("export") in ("csv", "xlsx"):
        return export(request, budget, by, rows, against)
    why = newest(budget) if by == "line" else {}
    for row in rows:
        row.why = why.get(int(row.key)) if row.key.isdecimal() else None
        row.url = drilling.address(budget, by, row, only, through, request.place)
    return render(
        request,
        "budgets/variance.html",
        {
            "budget": budget,
            "by": by,
            "through": through,
            "rows": rows,
            "total": total_of(rows),
            "chart": chart(budget, by, through, rows, against),
            "groups": [(key, LABELS[key]) for key in GROUPS],
            "label": LABELS[by],
            "months": [(f"{month:%Y-%m}", date_format(month, "M Y")) for month in budget.months],
            "against": against,
            "base": BASELINES[against],
            "baselines": [(key, BASELINES[key]) for key in baselines],
            "only": only,
            "narrowed": narrowed_words(budget, only, through),
            "tab": "variance",
        },
    )


@door(anyone)
def bridge_page(request, budget_id):
    budget = one(request, budget_id)
    only = {name: value for name, value in narrowed(budget, request.GET).items() if name == "side"}
    return render(
        request,
        "budgets/bridge.html",
        {
            "budget": budget,
            "picture": bridge(budget, only) if budget.agreed_count else None,
            "side": only.get("side", ""),
            "sides": [("", _("Both sides")), *FundingSide.choices],
            "tab": "bridge",
        },
    )


def narrowed(budget, query) -> dict:
    """What the address narrows the page to; a month only when it is one of the budget's."""
    only = drilling.asked(query)
    if only.get("month") and only["month"] not in map(str, budget.months):
        del only["month"]
    return only


def narrowed_words(budget, only, through) -> list[str]:
    names = {name: {row.key: row.label for row in variance(budget, name, through, only)} for name in only}
    return drilling.words(budget, only, names)


def asked_month(budget, text) -> date | None:
    """The month of "2027-03" if it is one of the budget's; else None: an odd address shows the usual page."""
    return next((month for month in budget.months if f"{month:%Y-%m}" == text), None)


def chart(budget, by, through, rows, against) -> Bars:
    return Bars(
        _("%(base)s and actual up to %(month)s") % {"base": BASELINES[against], "month": date_format(through, "M Y")},
        unit=budget.workspace.currency,
        categories=[row.label for row in rows],
        sideways=by in ("line", "vendor", "category", "kpi"),
        series=[
            Series(str(BASELINES[against]), [row.plan for row in rows], tone="soft"),
            Series(_("Actual"), [row.actual for row in rows], tone="ink"),
        ],
    )


def export(request, budget, by, rows, against):
    currency = request.workspace.currency
    base = str(BASELINES[against])
    heads = [
        str(LABELS[by]),
        _("%(base)s to date") % {"base": base},
        _("Actual to date"),
        _("Variance"),
        _("Committed to date"),
        _("%(base)s of the year") % {"base": base},
        _("Committed of the year"),
        _("Forecast"),
        _("Forecast less %(base)s") % {"base": base},
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
