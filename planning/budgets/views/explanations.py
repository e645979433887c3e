"""Why lines are away from plan: the owners' explanations beside the other side's comments."""

from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.people.models import KEY_SIDES
from planning.trail.queries import history

from .. import actions
from ..forms_review import CommentForm, ExplanationForm
from ..models import Explanation, Limits, Revision
from ..reviewing.explanations import shown as all_shown
from ..reviewing.explanations import sides_of
from .budgets import one as one_budget


@door(anyone)
def explanations(request, budget_id):
    budget = one_budget(request, budget_id)
    facts = {"budget": budget, "explained": all_shown(budget), "limits": Limits.of(request.workspace)}
    return render(request, "budgets/explanations.html", facts | {"tab": "explanations"})


@door(anyone, editors, does=actions.explain)
def explanation(request, explanation_id):
    one = asked(request, explanation_id)
    form = ExplanationForm(request.POST or None, initial={"cause": one.cause, "text": one.text})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.explain(one, request.member, **form.cleaned_data)
            return request.go("budgets:explanation", one.pk)
    return page(request, one, form=form)


@door(post=editors, does=actions.comment_explanation)
def comment(request, explanation_id):
    one = asked(request, explanation_id)
    form = CommentForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            actions.comment_explanation(one, request.member, **form.cleaned_data)
            return request.go("budgets:explanation", one.pk)
    return page(request, one, comment_form=form)


def page(request, one, form=None, comment_form=None):
    member = request.member
    facts = {"one": one, "budget": one.line.budget, "entries": history(one, 20)}
    if may_explain(one, member) and comment_form is None:
        facts["form"] = form
    if may_comment(one, member):
        facts["comment_form"] = comment_form or CommentForm()
    return shown(request, "budgets/explanation.html", facts, comment_form or (form if form and form.is_bound else None))


def may_explain(one, member) -> bool:
    mine = one.line.owner_id == member.pk or member.side in sides_of(one.line)
    return member.can_edit and mine and one.comment_by_id is None and (one.by is None or one.by.side == member.side)


def may_comment(one, member) -> bool:
    waits = one.by_id is not None and one.comment_by_id is None
    return waits and member.can_edit and member.side in KEY_SIDES and member.side != one.by.side


def asked(request, explanation_id) -> Explanation:
    rows = Explanation.objects.of(request.workspace).select_related(
        "line__budget", "line__owner__user", "owner__user", "by__user", "comment_by__user"
    )
    one = get_object_or_404(rows, pk=explanation_id)
    one.workspace = one.line.workspace = one.line.budget.workspace = request.workspace
    said = Revision.objects.of(request.workspace).in_force().filter(line=one.line_id)
    one.line_name = said.values_list("name", flat=True).first() or str(one.line)
    return one
