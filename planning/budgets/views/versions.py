"""Proposing a version, reading what it changes, turning its keys."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.exports import download
from planning.shared.refusals import Refused
from planning.signoffs.ruling import can_be_taken
from planning.trail.queries import history

from .. import actions
from ..forms import DecisionForm, ProposalForm
from ..models import Version
from ..seated import seated
from ..versions.clearing import seats_for
from ..versions.comparing import compared
from ..versions.page import read
from ..versions.terms import totals_of
from .budgets import one


@door(editors, does=actions.propose)
def proposal(request, budget_id):
    budget = one(request, budget_id)
    draft = budget.versions.filter(state=Version.State.DRAFT).first()
    page = read(budget, draft, request.member.side, chosen(request), request.GET.get("page"))
    form = ProposalForm(request.POST or None, **asked_of(page))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            version = actions.propose(budget, request.member, **form.values())
            return request.go("budgets:version", budget.pk, version.number)
    return shown(
        request, "budgets/proposal.html", {"budget": budget, "form": form, **choice(budget, draft, page)}, form
    )


def chosen(request) -> set | None:
    """The lines ticked, by id; None means all of the draft."""
    given = request.POST if request.method == "POST" else request.GET
    return {int(pk) for pk in given.getlist("lines") if pk.isdecimal()} or None


def asked_of(page) -> dict:
    """What the form asks: which lines go is said before; where freed money goes only when there is some."""
    if page["clearing"] is None:
        return {}
    ids = [revision.line_id for revision, _before in page["pairs"]]
    return {"lines": ids if page["version"].budget.agreed_count else [], "asks_where": bool(page["clearing"].freed)}


def choice(budget, draft, page) -> dict:
    """Which of the draft's lines can go now, and whose keys that asks."""
    if draft is None or not page["pairs"]:
        return page
    clearing, picked = page["clearing"], {revision.line_id for revision, _before in page["pairs"]}
    lines = draft.revisions.order_by("name").values_list("line_id", "name") if budget.agreed_count else []
    return page | {
        "seats": [] if clearing.carried else seats_for(draft, totals_of(draft, page["pairs"])),
        "lines": [{"id": pk, "name": name, "chosen": pk in picked} for pk, name in lines],
        "alone": [pk for pk, (_side, effect) in clearing.effects.items() if effect.freed and not clearing.carried],
    }


@door(anyone)
def version(request, budget_id, number):
    found = Version.objects.of(request.workspace).filter(budget=budget_id).order_by("number")
    versions = list(found.select_related("paper__author__user", "paper__workspace", "budget"))
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
            "stuck": version.state == Version.State.PROPOSED and can_be_taken(version.paper, request.member),
            "versions": versions,
            "entries": history(version, 20),
            **read(budget, version, request.member.side if version.is_draft else None, page=request.GET.get("page")),
        },
    )


@door(anyone)
def comparison(request, budget_id):
    """Any two versions beside each other: the original and the newest unless the reader chooses."""
    budget = one(request, budget_id)
    versions = list(budget.versions.exclude(state=Version.State.INTERIM).select_related("paper").order_by("number"))
    first = next((version for version in versions if version.agreed_as == 1), versions[0])
    one_of = {str(version.number): version for version in versions}
    left, right = one_of.get(request.GET.get("from"), first), one_of.get(request.GET.get("to"), versions[-1])
    page = {"budget": budget, "versions": versions, "left": left, "right": right, **compared(budget, left, right)}
    if request.GET.get("export") in ("csv", "xlsx"):
        return exported(request, page)
    return render(request, "budgets/comparison.html", page)


def exported(request, page):
    heads = [_("Line"), _("Field"), _("Version %(number)s") % {"number": page["left"].number}]
    heads.append(_("Version %(number)s") % {"number": page["right"].number})
    rows = (
        [change["revision"].name, str(row["label"]), row["before"], row["after"]]
        for change in page["changes"]
        for row in change["rows"]
    )
    name = f"versions-{page['budget'].year}-{page['left'].number}-{page['right'].number}"
    return download(heads, rows, name, request.GET["export"])


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


@door(post=editors, does=actions.take_to_sponsor)
def escalation(request, budget_id, number):
    found = get_object_or_404(Version.objects.of(request.workspace), budget=budget_id, number=number)
    actions.take_to_sponsor(found, request.member, request.POST.get("note", ""))
    return request.go("budgets:version", budget_id, number)
