"""What a workspace settles for all its budgets: limits, and dimensions of its own. Everybody reads, leads set."""

from django.shortcuts import get_object_or_404

from planning.people.doors import anyone, door, leads, refusals_on, shown
from planning.trail.queries import history

from .. import actions
from ..models import MOST_DIMENSIONS, Dimension, Limits
from ..settling_forms import DimensionForm, LimitsForm


@door(anyone, leads, does=actions.set_limits)
def limits(request):
    found = Limits.of(request.workspace)
    form = LimitsForm(found, request.workspace.currency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.set_limits(request.member, **form.cleaned_data)
            return request.go("budgets:limits")
    entries = history(found, 20) if found.pk else []
    page = {"form": form, "limits": found, "may_set": leads(request.member), "entries": entries}
    return shown(request, "budgets/limits.html", page, form)


@door(anyone, leads, does=actions.add_dimension)
def dimensions(request):
    form = DimensionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.add_dimension(request.member, **form.cleaned_data)
            return request.go("budgets:dimensions")
    known = list(Dimension.objects.of(request.workspace))
    used = [one for one in known if one.place]
    page = {
        "form": form,
        "used": used,
        "retired": [one for one in known if not one.place],
        "room": MOST_DIMENSIONS - len(used),
        "may_set": leads(request.member),
    }
    return shown(request, "budgets/dimensions.html", page, form)


@door(leads, does=actions.rename_dimension)
def dimension(request, dimension_id):
    found = one(request, dimension_id)
    form = DimensionForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.rename_dimension(found, request.member, **form.cleaned_data)
            return request.go("budgets:dimensions")
    return shown(request, "budgets/dimension.html", {"form": form, "dimension": found}, form)


@door(post=leads, does=actions.retire_dimension)
def dimension_retirement(request, dimension_id):
    actions.retire_dimension(one(request, dimension_id), request.member)
    return request.go("budgets:dimensions")


def one(request, dimension_id) -> Dimension:
    return get_object_or_404(Dimension.objects.of(request.workspace), pk=dimension_id)
