"""Month-end: the months with their next step, and what was delivered and not billed."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, finance, refusals_on, shown
from planning.people.models import Side
from planning.shared.exports import download
from planning.shared.money import money_text, round_money

from .. import actions
from ..forms_review import AccrualsForm
from ..models import Accrual, Revision
from ..month_end.checklist import in_focus, months_of
from ..reviewing.explanations import sides_in
from .budgets import one as one_budget


@door(anyone)
def month_end(request, budget_id):
    budget = one_budget(request, budget_id)
    months = months_of(budget)
    asked = request.GET.get("month", "")
    focus = in_focus(months, int(asked) if asked.isdecimal() and len(asked) < 3 else None)
    return render(
        request,
        "budgets/month_end.html",
        {
            "budget": budget,
            "months": months,
            "focus": focus,
            "total_text": money_text(focus.period.control_total, request.workspace.currency),
            "may_close": finance(request.member),
            "here": request.get_full_path(),
            "tab": "month_end",
        },
    )


@door(post=finance, does=actions.ask_for_accruals)
def asking(request, budget_id, number):
    budget = one_budget(request, budget_id)
    actions.ask_for_accruals(budget, month_of(budget, number), request.member)
    return back(request, budget, number)


@door(post=finance, does=actions.ask_for_explanations)
def asking_why(request, budget_id, number):
    budget = one_budget(request, budget_id)
    actions.ask_for_explanations(budget, month_of(budget, number), request.member)
    return back(request, budget, number)


@door(anyone, editors, does=actions.answer_accruals)
def accruals(request, budget_id, number):
    budget = one_budget(request, budget_id)
    month = month_of(budget, number)
    asked = asked_in(budget, month)
    if request.GET.get("export") in ("csv", "xlsx"):
        return export(request, budget, month, asked)
    mine = [one for one in asked if is_mine(one, request.member)]
    form = AccrualsForm(mine, request.POST or None, initial=initial(mine, request.workspace.currency))
    if request.method == "POST" and form.is_valid() and form.answers():
        with refusals_on(form):
            actions.answer_accruals(budget, month, request.member, form.answers())
            return request.go("budgets:accruals", budget.pk, number)
    facts = {"budget": budget, "month": month, "number": number, "asked": asked, "form": form, "mine": mine}
    return shown(request, "budgets/accruals.html", facts, form if form.is_bound else None)


def asked_in(budget, month) -> list[Accrual]:
    """What was asked about a month, with the lines' names, owners and sides."""
    rows = Accrual.objects.of(budget.workspace).filter(line__budget=budget, month=month)
    asked = list(rows.select_related("line__owner__user", "owner__user", "answered_by__user", "reversal_line"))
    said = Revision.objects.of(budget.workspace).in_force().filter(line__in=[one.line_id for one in asked])
    lines = {one.line_id: one for one in said.select_related("vendor", "category")}
    for one in asked:
        one.said, one.sides = lines.get(one.line_id), sides_in(lines.get(one.line_id))
    return sorted(asked, key=lambda one: str(one.said).lower())


def is_mine(accrual, member) -> bool:
    """Whether `member` may answer: the owner, who edits for the line's side, or finance in their place."""
    return member.can_edit and (accrual.line.owner_id == member.pk or member.side in (*accrual.sides, Side.FINANCE))


def initial(asked, currency) -> dict:
    """What was answered already."""
    said = {f"amount_{one.line_id}": money_text(one.amount, currency) for one in asked if one.amount is not None}
    return said | {f"what_{one.line_id}": one.what for one in asked}


def export(request, budget, month, asked):
    """The list for the ledger: each accrual with its document and the month that takes it back."""
    currency = request.workspace.currency
    heads = [
        _("Document"), _("Posting month"), _("Reversed in"), _("Line"), _("Vendor"), _("Cost centre"), _("Account"),
        _("What was delivered"), _("Amount"), _("Currency"), _("Said by"),
    ]  # fmt: skip
    rows = (
        [
            one.number,
            f"{one.month:%Y-%m}",
            f"{one.reversed_in:%Y-%m}" if one.reversal_line_id else "",
            str(one.said),
            str(one.said.vendor or "") if one.said else "",
            one.said.cost_centre if one.said else "",
            one.said.account if one.said else "",
            one.what,
            round_money(one.amount, currency),
            currency,
            str(one.answered_by),
        ]
        for one in asked
        if one.amount
    )
    return download(heads, rows, f"accruals-{month:%Y-%m}", request.GET["export"])


def month_of(budget, number):
    if not 1 <= number <= 12:
        raise Http404(f"A year has no month {number}.")
    return budget.months[number - 1]


def back(request, budget, number):
    response = request.go("budgets:month_end", budget.pk)
    response["Location"] += f"?month={number}"
    return response
