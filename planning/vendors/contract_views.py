"""Pages of contracts: one of them, its terms, the question whether it renews, and all of them by opt-out date."""

from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.trail.queries import history
from planning.trail.wording import in_one_line

from . import contracts, promises
from .assessing import QUESTIONS, facts_about, said_of, unheard, worded
from .contract_list import contract_table
from .cost_forecast import cost_forecast
from .forms import AssessmentForm, AttainmentForm, ContractForm, DecisionForm, ProposalForm, ServiceLevelForm
from .models import Contract, Vendor
from .notice_dates import months_after
from .renewals import LOOK_AHEAD, silent_renewals
from .runway import runway_picture
from .silence import cost_of_silence
from .what_next import next_of

A_YEAR = 365
PROPOSED = ("title", "value", "starts_on", "term_months")  # what an address may fill in for a new contract
ASKED = "vendors.propose_renewal"
CHANGES = ("vendors.note_attainment", "vendors.amend_contract", "vendors.renew_by_itself")


@door(anyone)
def index(request):
    """Money that renews by itself, by the last day on which it can be stopped; below it every contract there is."""
    table = contract_table(request)
    if table.wants_export:
        return table.export("contracts")
    context = {
        "table": table,
        "picture": runway_picture(request.workspace, A_YEAR),
        "silent": silent_renewals(request.workspace)[:20],
        "silence": cost_of_silence(request.workspace),
    }
    return render(request, "vendors/contracts.html", context)


def told(contract, limit) -> list:
    """The newest entries about a contract, each with what it changed in a line (`said`)."""
    entries = list(history(contract, limit))
    for entry in entries:
        entry.said = in_one_line(entry, {}, contract.currency) if entry.verb in CHANGES else ""
    return entries


def runway(contract, today) -> int:
    """How much of the last ninety days before the opt-out date is left, in percent."""
    return max(0, min(100, round(100 * contract.days_left(today) / LOOK_AHEAD)))


@door(anyone)
def contract(request, contract_id):
    known = Contract.objects.of(request.workspace)
    row = get_object_or_404(known.select_related("vendor__category", "kpi", "paper__author__user"), pk=contract_id)
    today, entries = request.workspace.today(), told(row, 12)
    context = {
        "contract": row,
        "why": next((one.note.text for one in entries if one.verb == ASKED and hasattr(one, "note")), ""),
        "standing": row.standing_on(today),
        "days": row.days_left(today),
        "runway": runway(row, today),
        "paper": row.paper,
        "terms": cost_forecast(row, today),
        "promises": promises.kept(row, today),
        "facts": facts_about(row, today),
        "said": [(side, one, list(worded(side, one))) for side, one in said_of(row).items()],
        "unheard": unheard(row, today),
        "assessment_form": AssessmentForm(side=request.member.side) if request.member.side in QUESTIONS else None,
        "level_form": ServiceLevelForm(),
        "attainment_form": AttainmentForm(initial={"month": months_after(today.replace(day=1), -1)}),
        "next_step": next_of(row, today),
        "history": entries,
        "decisions": Contract.Decision.choices,
        "can_propose": row.is_tacit
        and row.notice_by >= today
        and not (row.paper and row.paper.is_open)
        and row.stopped_on is None
        and row.kept_until != row.ends_on,
    }
    return render(request, "vendors/contract.html", context)


@door(editors, does=contracts.add_contract)
def new(request, vendor_id):
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    proposed = {name: request.GET[name] for name in PROPOSED if name in request.GET}
    form = ContractForm(request.POST or None, member=request.member, initial=proposed)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = contracts.add_contract(vendor, request.member, **form.cleaned_data)
            return request.go("vendors:contract", made.pk)
    return shown(request, "vendors/contract_form.html", {"form": form, "vendor": vendor}, form)


@door(editors, does=contracts.amend_contract)
def terms(request, contract_id):
    row = get_object_or_404(Contract.objects.of(request.workspace).select_related("vendor"), pk=contract_id)
    form = ContractForm(request.POST or None, member=request.member, instance=row)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            contracts.amend_contract(row, request.member, **form.cleaned_data)
            return request.go("vendors:contract", row.pk)
    return shown(request, "vendors/contract_form.html", {"form": form, "vendor": row.vendor, "contract": row}, form)


@door(post=editors, does=contracts.propose_renewal)
def renewal(request, contract_id):
    row = get_object_or_404(Contract.objects.of(request.workspace), pk=contract_id)
    asked = ProposalForm(request.POST)
    if asked.is_valid():
        contracts.propose_renewal(row, request.member, **asked.cleaned_data)
    return request.go("vendors:contract", row.pk)


@door(post=editors, does=contracts.decide_renewal)
def decision(request, contract_id):
    row = get_object_or_404(Contract.objects.of(request.workspace), pk=contract_id)
    decided = DecisionForm(request.POST)
    if decided.is_valid():
        contracts.decide_renewal(row, request.member, **decided.cleaned_data)
    return request.go("vendors:contract", row.pk)
