"""Unspent months of a budget, and one move for those that are chosen."""

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.people.doors import door, editors, refusals_on, shown
from planning.shared.money import ZERO

from .. import actions
from ..standing import shown_revisions
from ..true_up import unspent
from .budgets import one

LATER = "later"


class TrueUpForm(forms.Form):
    lines = forms.TypedMultipleChoiceField(
        label=_("Lines"), coerce=int, error_messages={"required": _("Choose at least one line.")}
    )
    taker = forms.ChoiceField(label=_("Where it goes"))
    reason = forms.CharField(
        label=_("Why? Both lines' history shows it."), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, rows, revisions, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["lines"].choices = [(row.revision.line_id, row.revision.name) for row in rows]
        usual = sorted(revisions, key=lambda one: not one.line.unallocated_of)
        self.fields["taker"].choices = [
            ("", "—"),
            (LATER, _("the same line's months to come (both keys agree)")),
            *((one.line_id, one.name) for one in usual),
        ]


@door(editors, does=(actions.give_back_unspent, actions.spend_later))
def true_up(request, budget_id):
    budget = one(request, budget_id)
    rows = unspent(budget)
    form = TrueUpForm(rows, shown_revisions(budget) if budget.agreed_count else [], request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with refusals_on(form):
            if typed["taker"] == LATER:
                version = actions.spend_later(budget, request.member, typed["lines"])
                return request.go("budgets:version", budget.pk, version.number)
            moved = actions.give_back_unspent(budget, request.member, typed["lines"], typed["taker"], typed["reason"])
            return request.go("budgets:transfer", moved.pk)
    picked = set(map(str, form["lines"].value() or ())) if form.is_bound else {request.GET.get("line")}
    for row in rows:
        row.picked = str(row.revision.line_id) in picked
    sums = {side: sum((getattr(row, side) for row in rows), ZERO) for side in ("marketing", "technology", "total")}
    page = {"budget": budget, "rows": rows, "form": form, "sums": sums}
    return shown(request, "budgets/true_up.html", page, form)
