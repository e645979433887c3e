"""Where the year will end, line by line; and one line's forecast, typed month by month."""

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.exports import download
from planning.shared.money import money_text, round_money

from .. import actions
from ..forecast_page import Outlook, months_of
from ..forms import AmountField
from ..models import ForecastSnapshot
from .budgets import one as one_budget
from .lines import one as one_line


class KeepForm(forms.Form):
    note = forms.CharField(label=gettext_lazy("What for?"), max_length=200, required=False)


class TypedForm(forms.Form):
    """A field for each month that is still to come."""

    note = forms.CharField(label=gettext_lazy("Why?"), required=False, max_length=400)

    def __init__(self, rows, currency, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.months = {f"month_{row['month']:%Y_%m}": row for row in rows if row["open"]}
        for name, row in self.months.items():
            label = date_format(row["month"], "F Y")
            said = "" if row["said"] is None else money_text(row["said"], currency)
            self.fields[name] = AmountField(label=label, required=False, initial=said)
            self.fields[name].widget.attrs["class"] = "form-control num"
            row["field"] = self[name]

    def typed(self) -> dict:
        return {row["month"]: self.cleaned_data[name] for name, row in self.months.items()}


@door(anyone, editors, does=actions.keep_forecast)
def outlook(request, budget_id):
    """The forecast against the plan and against a kept one (?against=, default the last); a POST keeps it."""
    budget = one_budget(request, budget_id)
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.keep_forecast(budget, request.member, form.cleaned_data["note"])
            return request.go("budgets:forecast", budget.pk)
    kept = list(ForecastSnapshot.objects.of(request.workspace).filter(budget=budget).select_related("by__user")[:24])
    asked = request.GET.get("against")
    found = Outlook(budget, next((one for one in kept if str(one.pk) == asked), kept[0] if kept else None))
    if request.GET.get("export") in ("csv", "xlsx"):
        return export(request, found)
    page = {"budget": budget, "outlook": found, "kept": kept, "form": form}
    return shown(request, "budgets/forecast.html", page, form)


@door(anyone, editors, does=actions.type_forecast)
def line_forecast(request, line_id):
    line = one_line(request, line_id)
    rows = months_of(line)
    form = TypedForm(rows, request.workspace.currency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.type_forecast(line, request.member, form.typed(), form.cleaned_data["note"])
            return request.go("budgets:line", line.pk)
    totals = {name: sum(row[name] for row in rows) for name in ("plan", "used", "remaining", "steady", "typed")}
    page = {"line": line, "budget": line.budget, "rows": rows, "totals": totals, "form": form}
    return shown(request, "budgets/line_forecast.html", page, form)


def export(request, found):
    currency = request.workspace.currency
    heads = [
        _("Line"),
        _("Forecast by"),
        _("Plan"),
        _("Actual"),
        _("Committed"),
        _("Still to come"),
        _("Forecast"),
        _("Forecast less plan"),
        _("By remaining plan"),
        _("By run rate"),
        _("Less the kept forecast"),
    ]
    rows = (
        [
            row.label,
            str(row.revision.line.get_forecast_display()) if row.revision else "",
            *[None if amount is None else round_money(amount, currency) for amount in amounts(row)],
        ]
        for row in [*found.rows, found.total]
    )
    return download(heads, rows, f"forecast-{found.budget.year}", request.GET["export"])


def amounts(row) -> list:
    figures = row.figures
    known = [figures["plan"], figures["actual"], figures["committed"], row.to_come, row.forecast, row.variance]
    return [*known, row.by_plan, row.by_rate, row.moved]
