"""The list of budgets, and one budget on one page."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, finance, leads, refusals_on, shown
from planning.shared.money import money_text
from planning.shared.tables import Table
from planning.trail.models import Entry, subject_of

from .. import actions
from ..envelope_gap import gaps
from ..export import export
from ..forms import BudgetForm, EnvelopesForm
from ..grid.page import GridPage
from ..models import Budget, Version
from ..pictures import butterfly
from ..seated import seated
from ..sides import by_side
from ..standing import by_line, summed
from ..yearly import YEARLY, columns

AT_ONCE = 400  # lines whose forecast is worth waiting for


@door(anyone)
def index(request):
    budgets = Budget.objects.of(request.workspace).annotate(**YEARLY)
    table = Table(request, budgets, columns(), sort="-year", empty=_("No budget yet. Begin the year's joint plan."))
    if table.wants_export:
        return table.export("budgets")
    return render(request, "budgets/index.html", {"table": table})


@door(editors, does=actions.create_budget)
def beginning(request):
    form = BudgetForm(request.workspace, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            budget = actions.create_budget(request.member, **form.cleaned_data)
            return request.go("budgets:budget", budget.pk)
    return shown(request, "budgets/beginning.html", {"form": form}, form)


@door(anyone)
def budget(request, budget_id):
    budget = one(request, budget_id)
    if request.GET.get("export") in ("csv", "xlsx"):
        return export(request, budget)
    # What was signed can be megabytes of text; this page shows only who signed it.
    papers = budget.versions.select_related("paper__author__user").defer("paper__terms", "paper__text")
    versions = list(papers.order_by("-number"))
    agreed = (
        next((version for version in versions if version.agreed_as == budget.agreed_count), None)
        if budget.agreed_count
        else None
    )
    return render(
        request,
        "budgets/budget.html",
        {
            "budget": budget,
            "grid": GridPage(budget, request.GET, request.place, may_edit=request.member.can_edit),
            "versions": versions,
            "waiting": [version for version in versions if version.state == Version.State.PROPOSED],
            "draft": drafted(versions),
            "agreed": agreed,
            "paper": seated(agreed.paper) if agreed else None,
            "entries": history_of(budget, versions)[:8],
            **standing_of(request, budget),
        },
    )


def standing_of(request, budget) -> dict:
    """Both sides' money; with the picture and the forecast at once when the lines are few, else they are fetched."""
    if not budget.agreed_count:
        return {"sides": by_side(budget)}
    if budget.lines.count() > AT_ONCE:
        return {"sides": by_side(budget), "fetched": True}
    return pictured(request, budget)


def pictured(request, budget) -> dict:
    standing = by_line(budget)
    return {"sides": summed(standing.values()), "picture": butterfly(budget, standing, request.place)}


@door(anyone)
def standing(request, budget_id):
    """Where the money stands, with the forecast: the part of a large budget's page that takes its time."""
    budget = one(request, budget_id)
    if not budget.agreed_count:
        raise Http404("Nothing is agreed yet.")
    return render(request, "budgets/standing.html", {"budget": budget, **pictured(request, budget)})


def history_of(budget, versions):
    """What was done to the budget and to its versions, the newest first."""
    subjects = [subject_of(thing) for thing in (budget, *versions)]
    return Entry.objects.of(budget.workspace).filter(subject__in=subjects).newest().defer("text")


def drafted(versions):
    """The draft with its changes, when there is one worth showing."""
    draft = next((version for version in versions if version.is_draft), None)
    if draft:
        draft.changed = draft.revisions.count()
    return draft


@door(anyone, finance, does=actions.set_envelopes)
def envelopes(request, budget_id):
    budget = one(request, budget_id)
    currency = request.workspace.currency
    form = EnvelopesForm(
        request.POST or None,
        initial={
            f"{side}_envelope": money_text(getattr(budget, f"{side}_envelope"), currency)
            for side in ("marketing", "technology")
        },
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            typed = form.cleaned_data
            actions.set_envelopes(budget, request.member, typed["marketing_envelope"], typed["technology_envelope"])
            return request.go("budgets:budget", budget.pk)
    facts = {"budget": budget, "form": form if finance(request.member) else None}
    facts["gaps"] = gaps(budget) if budget.agreed_count else []
    return shown(request, "budgets/envelopes.html", facts, form)


@door(post=leads, does=actions.close_budget)
def closure(request, budget_id):
    actions.close_budget(one(request, budget_id), request.member)
    return request.go("budgets:budget", budget_id)


def one(request, budget_id) -> Budget:
    return get_object_or_404(Budget.objects.of(request.workspace), pk=budget_id)
