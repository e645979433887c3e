"""Proposing a version, reading what it changes, turning its keys."""

from django.http import Http404
from django.shortcuts import render

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused
from planning.trail.queries import history

from .. import actions
from ..clearing import changed_fields, revisions_with_before, seats_for, totals_of, totals_read
from ..field_words import rows_in_words
from ..forms import DecisionForm, ProposalForm
from ..models import Version
from ..seated import seated
from .budgets import one


@door(editors, does=actions.propose)
def proposal(request, budget_id):
    budget = one(request, budget_id)
    draft = budget.versions.filter(state=Version.State.DRAFT).first()
    form = ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = actions.propose(budget, request.member, form.cleaned_data["reason"])
            return request.go("budgets:version", budget.pk, version.number)
    page = {"budget": budget, "form": form, **read(budget, draft)}
    if draft:
        page["seats"] = seats_for(draft, totals_of(draft, revisions_with_before(draft)))
    return shown(request, "budgets/proposal.html", page, form)


@door(anyone)
def version(request, budget_id, number):
    found = Version.objects.of(request.workspace).filter(budget=budget_id).order_by("number")
    versions = list(found.select_related("paper__author__user", "budget"))
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise Http404(f"No version {number}.")
    budget = version.budget
    budget.workspace = request.workspace
    return render(
        request,
        "budgets/version.html",
        {
            "budget": budget,
            "paper": seated(version.paper),
            "versions": versions,
            "entries": history(version, 20),
            **read(budget, version),
        },
    )


@door(post=editors, does=actions.decide)
def signature(request, budget_id, number):
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Refused(next(iter(form.errors.values()))[0])
    typed = form.cleaned_data
    actions.decide(
        one(request, budget_id),
        request.member,
        typed["version"],
        typed["verdict"],
        typed["note"],
        typed["seat"] or None,
        typed["fingerprint"] or None,
    )
    return request.go("budgets:version", budget_id, number)


@door(post=editors, does=actions.recall)
def recall(request, budget_id, number):
    actions.recall(one(request, budget_id), request.member, number)
    return request.go("budgets:budget", budget_id)


def read(budget, version) -> dict:
    """A version as its readers need it: each changed line field by field, the totals before and after, whose keys."""
    if version is None:
        return {"version": None, "changes": [], "totals": None}
    version.budget = budget
    pairs = revisions_with_before(version)
    totals = totals_read(version, pairs)
    return {
        "version": version,
        "changes": [
            {"revision": revision, "before": before, "fields": fields, "rows": rows_in_words(fields, budget)}
            for revision, before in pairs
            for fields in [changed_fields(revision, before)]
        ],
        "totals": {
            side: {
                "before": totals["before"][side],
                "after": totals["after"][side],
                "change": totals["after"][side] - totals["before"][side],
            }
            for side in totals["after"]
        },
    }
