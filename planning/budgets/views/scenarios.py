"""Scenarios of a budget: the list, one with its steps, a step before it is taken, and up to four beside the plan."""

from decimal import Decimal

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.exports import download
from planning.shared.money import round_money
from planning.trail.queries import history

from .. import actions
from ..lines.spreading import SIDES
from ..models import FundingSide, Scenario, ScenarioStep
from ..scenarios.comparison import MOST, Comparison
from ..scenarios.copies import changed_lines, effect_of, moved_on, total_by_side
from ..scenarios.floors import above_envelope, too_low
from ..scenarios.forms import ScenarioForm, StepForm
from ..scenarios.input import cleaned
from ..scenarios.words import said
from .budgets import one as one_budget

MOST_LINES = 100
Kind = ScenarioStep.Kind
KINDS = [
    (Kind.SCALE, gettext_lazy("Percent")),
    (Kind.AMOUNT, gettext_lazy("Amount")),
    (Kind.SHIFT, gettext_lazy("Other months")),
    (Kind.RATE, gettext_lazy("Exchange rate")),
    (Kind.SHARES, gettext_lazy("Who pays")),
    (Kind.HAND, gettext_lazy("By hand")),
    (Kind.LINE, gettext_lazy("New line")),
]


@door(anyone, editors, does=actions.create_scenario)
def scenarios(request, budget_id):
    """The list, and the form that makes one."""
    budget = one_budget(request, budget_id)
    found = list(of_budget(budget).select_related("made_by__user", "version"))
    form = ScenarioForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            typed = form.cleaned_data
            source = next((one for one in found if one.pk == typed["source"]), None)
            made = actions.create_scenario(budget, request.member, typed["name"], typed["note"], source)
            return request.go("budgets:scenario", made.pk)
    comparison = Comparison(budget, found[:MOST], "side") if found else None
    page = {"budget": budget, "scenarios": found, "form": form, "comparison": comparison, "most": MOST}
    return shown(request, "budgets/scenarios.html", page, form)


@door(anyone)
def scenario(request, scenario_id):
    scenario = one(request, scenario_id)
    steps = list(scenario.steps.select_related("made_by__user"))
    for step in steps:
        step.words = said(step, scenario.budget)
        step.marketing, step.technology = (Decimal(step.effect[side]) for side in SIDES)
    lines = changed_lines(scenario)
    return render(
        request,
        "budgets/scenario.html",
        {
            "scenario": scenario,
            "budget": scenario.budget,
            "steps": steps,
            "lines": lines[:MOST_LINES],
            "hidden": max(len(lines) - MOST_LINES, 0),
            "totals": totals_of(scenario, steps),
            "moved": [] if scenario.version_id else moved_on(scenario),
            "too_low": too_low(scenario),
            "entries": history(scenario, 12),
        },
    )


def totals_of(scenario, steps) -> list[dict]:
    return [
        {"side": str(side), "label": side.label, **amounts}
        | {"over": above_envelope(scenario.budget, side, amounts["after"])}
        for side, amounts in total_by_side(scenario, steps).items()
    ]


@door(editors, does=actions.add_step)
def step(request, scenario_id):
    """A step of the kind asked for: its fields, then what it would do, then taking it."""
    scenario = one(request, scenario_id)
    asked = request.POST or request.GET
    kind = asked.get("kind") if asked.get("kind") in ScenarioStep.Kind.values else ScenarioStep.Kind.SCALE.value
    data = asked if request.method == "POST" or "preview" in request.GET else None
    form = StepForm(scenario, kind, data, initial={"line": request.GET.get("line")})
    rows = effect = None
    if data is not None and form.is_valid():
        with refusals_on(form):
            if request.method == "POST":
                actions.add_step(scenario, request.member, kind, **form.typed())
                return request.go("budgets:scenario", scenario.pk)
            filters, parameters = cleaned(scenario, kind, form.typed())
            rows, effect = effect_of(kind, filters, parameters, scenario)
    page = {
        "scenario": scenario,
        "budget": scenario.budget,
        "form": form,
        "kind": kind,
        "kinds": KINDS,
        "rows": rows and [row | {"change": row["after"] - row["before"]} for row in rows[:MOST_LINES]],
        "effect": effect and effect | {side: Decimal(effect[side]) for side in SIDES},
        "sent": [(name, value) for name, value in request.GET.items() if name not in ("preview", "kind")],
    }
    return shown(request, "budgets/scenario_step.html", page, form if request.method == "POST" else None)


@door(post=editors, does=actions.remove_step)
def step_removal(request, scenario_step_id):
    found = ScenarioStep.objects.of(request.workspace).select_related("scenario__budget")
    scenario = actions.remove_step(get_object_or_404(found, pk=scenario_step_id), request.member)
    return request.go("budgets:scenario", scenario.pk)


@door(post=editors, does=actions.refresh_scenario)
def refreshment(request, scenario_id):
    actions.refresh_scenario(one(request, scenario_id), request.member)
    return request.go("budgets:scenario", scenario_id)


@door(post=editors, does=actions.promote_scenario)
def promotion(request, scenario_id):
    scenario = actions.promote_scenario(one(request, scenario_id), request.member)
    return request.go("budgets:version", scenario.budget_id, scenario.version.number)


@door(post=editors, does=actions.remove_scenario)
def scenario_removal(request, scenario_id):
    budget = actions.remove_scenario(one(request, scenario_id), request.member)
    return request.go("budgets:scenarios", budget.pk)


@door(anyone)
def comparison(request, budget_id):
    """Live and the scenarios asked for (?scenario=1&scenario=2); without any, the newest ones that are open."""
    budget = one_budget(request, budget_id)
    found = list(of_budget(budget).order_by("-pk"))
    asked = [text for text in request.GET.getlist("scenario") if text.isdecimal()]
    chosen = [one for one in found if str(one.pk) in asked] if asked else [one for one in found if not one.version_id]
    compared = Comparison(budget, sorted(chosen[:MOST], key=lambda one: one.pk), request.GET.get("by", "category"))
    if request.GET.get("export") in ("csv", "xlsx"):
        return export(request, compared)
    page = {
        "budget": budget,
        "scenarios": found,
        "compared": compared,
        "too_many": len(asked) > MOST,
        "most": MOST,
        "views": [
            ("side", _("Side")),
            ("category", _("Category")),
            ("month", _("Month")),
            ("cell", _("Category and month")),
            ("line", _("Lines that differ")),
        ],
    }
    return render(request, "budgets/scenario_comparison.html", page)


def export(request, compared):
    currency = request.workspace.currency
    heads = [_("Side"), _("Category or line"), _("Month"), _("Live")]
    for scenario in compared.scenarios:
        heads += [scenario.name, _("%(scenario)s less live") % {"scenario": scenario.name}]
    rows = (
        [
            str(FundingSide(row.side).label) if row.side else "",
            row.label,
            f"{row.month:%Y-%m}" if row.month else "",
            round_money(row.live, currency),
            *[round_money(amount, currency) for pair in row.others for amount in pair],
        ]
        for row in compared.rows
    )
    return download(heads, rows, f"comparison-{compared.budget.year}", request.GET["export"])


def of_budget(budget):
    return Scenario.objects.of(budget.workspace).filter(budget=budget)


def one(request, scenario_id) -> Scenario:
    found = Scenario.objects.of(request.workspace).select_related("budget", "version", "made_by__user")
    scenario = get_object_or_404(found, pk=scenario_id)
    scenario.workspace = scenario.budget.workspace = request.workspace
    return scenario
