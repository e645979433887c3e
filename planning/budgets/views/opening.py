"""Day one: the opening position beside what the other systems say, its open orders, and the keys."""

from django.shortcuts import get_object_or_404

from planning.people.doors import anyone, door, editors, finance, refusals_on, shown
from planning.shared.money import money_text
from planning.trail.queries import history

from .. import actions
from ..forms_review import OpeningForm, OrderForm
from ..models import Opening, OpeningOrder
from ..opening import checks
from ..seated import seated
from .budgets import one as one_budget


@door(anyone, finance, does=actions.set_opening)
def opening(request, budget_id):
    budget = one_budget(request, budget_id)
    found = of_budget(request, budget)
    form = OpeningForm(budget, request.POST or None, initial=initial(found, request.workspace.currency))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_opening(budget, request.member, **form.cleaned_data)
            return request.go("budgets:opening", budget.pk)
    return page(request, budget, found, form=form)


@door(post=finance, does=actions.add_opening_order)
def opening_orders(request, budget_id):
    budget = one_budget(request, budget_id)
    found = get_object_or_404(Opening.objects.of(request.workspace), budget=budget)
    form = OrderForm(budget, request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.add_opening_order(found, request.member, **form.cleaned_data)
            return request.go("budgets:opening", budget.pk)
    return page(request, budget, of_budget(request, budget), order_form=form)


@door(post=finance, does=actions.remove_opening_order)
def opening_order_removal(request, budget_id):
    said = request.POST.get("order", "")
    rows = OpeningOrder.objects.of(request.workspace).filter(opening__budget=budget_id).select_related("opening")
    order = get_object_or_404(rows, pk=int(said) if said.isdecimal() and len(said) < 18 else 0)
    actions.remove_opening_order(order, request.member)
    return request.go("budgets:opening", budget_id)


@door(post=finance, does=actions.propose_opening)
def opening_proposal(request, budget_id):
    found = get_object_or_404(Opening.objects.of(request.workspace), budget=budget_id)
    actions.propose_opening(found, request.member)
    return request.go("budgets:opening", budget_id)


@door(post=editors, does=actions.decide_opening)
def opening_signature(request, budget_id):
    found, said = get_object_or_404(Opening.objects.of(request.workspace), budget=budget_id), request.POST
    version = said.get("version", "")
    actions.decide_opening(
        found, request.member, said.get("verdict", ""), said.get("note", ""),
        int(version) if version.isdecimal() else 0, said.get("seat") or None,
    )  # fmt: skip
    return request.go("budgets:opening", budget_id)


def page(request, budget, found, form=None, order_form=None):
    facts = {"budget": budget, "opening": found, "tab": "month_end"}
    if found:
        facts |= {"checks": checks(found), "orders": found.orders.select_related("line"), "entries": history(found, 20)}
        facts["paper"] = seated(found.paper)
    if finance(request.member) and budget.is_agreed and (found is None or found.state == Opening.State.DRAFT):
        facts |= {"form": form or OpeningForm(budget, initial=initial(found, request.workspace.currency))}
        facts |= {"order_form": order_form or OrderForm(budget)} if found else {}
    bound = order_form or (form if form and form.is_bound else None)
    return shown(request, "budgets/opening.html", facts, bound)


def of_budget(request, budget) -> Opening | None:
    found = Opening.objects.of(request.workspace).filter(budget=budget).select_related("paper__author__user").first()
    if found:
        found.budget, found.workspace = budget, request.workspace
    return found


def initial(found, currency) -> dict:
    if found is None:
        return {}
    totals = ("ledger_total", "orders_total", "contracts_total")
    return {"first": f"{found.first}", **{name: money_text(getattr(found, name), currency) for name in totals}}
