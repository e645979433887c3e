"""What was promised for a year before its budget was agreed, and the lines that take it."""

from planning.people.doors import anyone, door, editors, refusals_on, shown

from .. import actions
from ..causes import closed_among
from ..forms import PlacesForm
from ..forward import lines_of_the_year, promised_ahead, with_likely
from .budgets import one


@door(anyone, editors, does=actions.place_promises)
def promised(request, budget_id):
    budget = one(request, budget_id)
    lines = lines_of_the_year(budget)
    rows = with_likely(promised_ahead(budget), lines)
    closed = closed_among(request.workspace, {row.cause for row in rows})
    form = PlacesForm(rows, [(line.line_id, line.name) for line in lines], request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.place_promises(budget, request.member, form.cleaned_data)
            return request.go("budgets:budget", budget.pk)
    return shown(request, "budgets/promised.html", {"budget": budget, "form": form, "closed": closed}, form)
