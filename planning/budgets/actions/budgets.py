"""A budget is made, gets its envelopes, and is closed."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import KEY_SIDES, Member, Side
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.money import clean_money
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from ..lines.input import clean_name
from ..models import Budget, Hold, Transfer, Version


@action(gettext_lazy("began the budget {subject}"))
def create_budget(member, year, name) -> Budget:
    """Begin the joint budget of the fiscal year labelled `year`, as a draft with an empty version 1.

    Refused: a second budget of one year, an empty name, a year outside 1990 to 2200.
    """
    name = clean_name(name)
    if not 1990 <= int(year) <= 2200:
        raise Refused(_("A fiscal year is a number such as 2027."), "year")
    try:
        with transaction.atomic():
            budget = Budget.objects.create(
                workspace=member.workspace, year=year, name=name, created_by=member, created_at=member.workspace.now()
            )
    except IntegrityError as error:
        raise Refused(_("There is a budget for %(year)s already.") % {"year": year}, "year") from error
    Version.objects.create(
        workspace=member.workspace, budget=budget, number=1, created_by=member, created_at=member.workspace.now()
    )
    record(create_budget, member, budget, after={"year": year, "name": name})
    return budget


@action(gettext_lazy("set the envelopes of {subject}"))
def set_envelopes(budget, member, marketing=None, technology=None) -> Budget:
    """Most each side may plan, in the workspace's currency; None lifts it. Nothing above is agreed; below the plan it
    asks the side to give back. By finance; both leads are told.
    """
    if member.side != Side.FINANCE or not member.can_edit:
        raise NotYours(_("Envelopes are finance's to set."))
    budget = lock(Budget.objects.of(member.workspace), budget.pk)
    before = {"marketing": budget.marketing_envelope, "technology": budget.technology_envelope}
    currency = member.workspace.currency
    clean = {
        side: None if amount in (None, "") else clean_money(amount, currency, f"{side}_envelope")
        for side, amount in (("marketing", marketing), ("technology", technology))
    }
    for side, amount in clean.items():
        if amount is not None and amount < 0:
            raise Refused(_("An envelope is not below zero."), f"{side}_envelope")
    budget.marketing_envelope, budget.technology_envelope = clean["marketing"], clean["technology"]
    budget.save(update_fields=["marketing_envelope", "technology_envelope"])
    entry = record(set_envelopes, member, budget, before=before, after=clean)
    keys = Member.objects.of(member.workspace).leads(*KEY_SIDES)
    tell(keys, entry, url=place(member.workspace, "budgets:envelopes", budget.pk))
    return budget


@action(gettext_lazy("closed the budget {subject}"))
def close_budget(budget, member) -> Budget:
    """Nothing is promised or moved on it from now on; late invoices still post. By a lead.

    Refused: a budget that is not agreed, or one with a version, a transfer or a promise still open.
    """
    if not member.is_lead:
        raise NotYours(_("Closing a budget is for leads."))
    budget = lock(Budget.objects.of(member.workspace), budget.pk)
    if not budget.is_agreed:
        raise Refused(_("Only an agreed budget can be closed."))
    if (
        budget.versions.filter(state=Version.State.PROPOSED).exists()
        or budget.transfers.filter(state=Transfer.State.PROPOSED).exists()
    ):
        raise Refused(_("A change is still waiting for its keys; decide or recall it first."))
    if Hold.objects.of(member.workspace).standing().filter(line__budget=budget).exists():
        raise Refused(_("Money is still promised on its lines; release or invoice it first."))
    budget.state = Budget.State.CLOSED
    budget.save(update_fields=["state"])
    record(close_budget, member, budget, before={"state": "agreed"}, after={"state": "closed"})
    return budget
