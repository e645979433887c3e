"""The year after, as it would begin: choose, read what comes, do exactly that."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.people.doors import door, editors, refusals_on, shown
from planning.shared.money import ZERO

from .. import actions
from ..lines.spreading import SIDES
from ..models import Revision
from ..rollover import Rolled, clean_options, proposal, target_of
from .budgets import one


class RolloverForm(forms.Form):
    percent = forms.DecimalField(label=_("More than this year, in percent"), required=False, initial=0)
    purposes = forms.MultipleChoiceField(
        label=_("Lines that"), choices=Revision.Purpose.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    drop_once = forms.BooleanField(label=_("Leave out what was planned in one month only"), required=False)
    drop_placeholders = forms.BooleanField(label=_("Leave out placeholders"), required=False)


USUAL = {"percent": 0, "purposes": Revision.Purpose.values, "drop_once": True, "drop_placeholders": True}


@door(editors, does=actions.roll_over)
def rollover(request, budget_id):
    budget = one(request, budget_id)
    asked = request.POST if request.method == "POST" else request.GET
    form = RolloverForm(asked if request.method == "POST" or "chosen" in asked else USUAL)
    rows = []
    if form.is_valid():
        with refusals_on(form):
            options = clean_options(**form.cleaned_data)
            if request.method == "POST":
                return request.go("budgets:budget", actions.roll_over(budget, request.member, options).pk)
            rows = proposal(budget, options)
    going = [row for row in rows if not row.stays]
    page = {
        "budget": budget,
        "target": target_of(budget),
        "year": budget.year + 1,
        "form": form,
        "rows": rows,
        "going": going,
        "sums": summed(going),
        "sent": [(name, value) for name in request.GET for value in request.GET.getlist(name)],
    }
    return shown(request, "budgets/rollover.html", page, form if request.method == "POST" else None)


def summed(rows: list[Rolled]) -> list[dict]:
    """[{side, label, before, after}] of the lines that go on."""
    return [
        {
            "side": str(side),
            "label": side.label,
            "before": sum((row.revision.shares[side] for row in rows), ZERO),
            "after": sum((row.shares[side] for row in rows), ZERO),
        }
        for side in SIDES
    ]
