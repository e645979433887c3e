"""Targets from above beside the plan from below."""

from planning.people.doors import anyone, door, refusals_on, shown

from .. import actions
from ..actions.targets import sets_targets
from ..settling_forms import TargetForm
from ..targets import rows
from .budgets import one


@door(anyone, sets_targets, does=actions.set_target)
def targets(request, budget_id):
    budget = one(request, budget_id)
    form = TargetForm(request.workspace, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_target(budget, request.member, **form.cleaned_data)
            return request.go("budgets:targets", budget.pk)
    page = {"budget": budget, "form": form, "rows": rows(budget), "may_set": sets_targets(request.member)}
    return shown(request, "budgets/targets.html", page, form)
