"""Transfers of a budget: the list, one, and a new one."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from planning.people.doors import anyone, door, editors, refusals_on, shown
from planning.shared.refusals import Refused
from planning.shared.tables import Column, Filter, Table
from planning.signoffs.ruling import can_be_taken
from planning.trail.queries import history

from .. import actions
from ..availability import availabilities
from ..forms import DecisionForm, ReasonForm, TransferForm
from ..models import Limits, Transfer
from ..seated import seated
from ..standing import shown_revisions
from ..transfers.list import and_more, name_of, named
from .budgets import one as one_budget


@door(anyone)
def transfers(request, budget_id):
    budget = one_budget(request, budget_id)
    table = Table(
        request,
        named(Transfer.objects.of(request.workspace).filter(budget=budget)),
        [
            Column("moved_at", _("Moved"), kind="moment", link="budgets:transfer"),
            Column("giver_name", _("From"), value=lambda row: and_more(row.giver_name, row.givers), sort="giver_name"),
            Column("taker_name", _("To"), value=lambda row: and_more(row.taker_name, row.takers), sort="taker_name"),
            Column("amount", _("Amount"), kind="money"),
            Column("state", _("State"), kind="status"),
            Column("moved_by", _("By"), kind="person", sort="moved_by__user__name"),
        ],
        search=["giver_name", "taker_name", "reason"],
        filters=[Filter("state", _("State"), Transfer.State.choices)],
        sort="-moved_at",
        empty=_("No money has been moved between lines."),
    )
    if table.wants_export:
        return table.export("transfers")
    return render(request, "budgets/transfers.html", {"budget": budget, "table": table})


@door(editors, does=actions.move)
def moving(request, budget_id):
    budget = one_budget(request, budget_id)
    revisions = [revision for revision in shown_revisions(budget) if budget.agreed_count]
    form = TransferForm(
        [(revision.line_id, revision.name) for revision in revisions],
        request.POST or None,
        initial={"giver": request.GET.get("from")},
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            transfer = actions.move(budget, request.member, **form.values())
            return request.go("budgets:transfer", transfer.pk)
    room = availabilities(request.workspace, [revision.line_id for revision in revisions])
    lines = [{"revision": revision, "money": room[revision.line_id]} for revision in revisions]
    return shown(
        request,
        "budgets/moving.html",
        {"form": form, "budget": budget, "lines": lines, "limits": Limits.of(request.workspace)},
        form,
    )


@door(anyone)
def transfer(request, transfer_id):
    transfer = get_object_or_404(
        named(Transfer.objects.of(request.workspace)).select_related(
            "budget", "paper__author__user", "paper__workspace", "moved_by__user", "reverses"
        ),
        pk=transfer_id,
    )
    return render(
        request,
        "budgets/transfer.html",
        {
            "transfer": transfer,
            "giver": and_more(f"“{transfer.giver_name}”", transfer.givers),
            "taker": and_more(f"“{transfer.taker_name}”", transfer.takers),
            "budget": transfer.budget,
            "paper": seated(transfer.paper),
            "stuck": transfer.paper and can_be_taken(transfer.paper, request.member),
            "parts": transfer.parts.annotate(name=name_of("line")).order_by("month", "line_id", "side"),
            "reversals": transfer.reversals.all(),
            "entries": history(transfer, 20),
        },
    )


@door(post=editors, does=actions.decide_transfer)
def signature(request, transfer_id):
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise Refused(next(iter(form.errors.values()))[0])
    typed = form.cleaned_data
    actions.decide_transfer(
        one(request, transfer_id),
        request.member,
        typed["verdict"],
        typed["note"],
        typed["version"],
        typed["seat"] or None,
    )
    return request.go("budgets:transfer", transfer_id)


@door(post=editors, does=actions.recall_transfer)
def recall(request, transfer_id):
    actions.recall_transfer(one(request, transfer_id), request.member)
    return request.go("budgets:transfer", transfer_id)


@door(post=editors, does=actions.reverse_transfer)
def reversal(request, transfer_id):
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say why: both lines' history shows it."), "reason")
    made = actions.reverse_transfer(one(request, transfer_id), request.member, form.cleaned_data["note"])
    return request.go("budgets:transfer", made.pk)


@door(post=editors, does=actions.take_to_sponsor)
def escalation(request, transfer_id):
    actions.take_to_sponsor(one(request, transfer_id), request.member, request.POST.get("note", ""))
    return request.go("budgets:transfer", transfer_id)


def one(request, transfer_id) -> Transfer:
    return get_object_or_404(Transfer.objects.of(request.workspace), pk=transfer_id)
