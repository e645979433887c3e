"""Targets from above: set and taken away by finance and leads."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.notices.telling import tell
from planning.people.models import Member
from planning.people.places import place
from planning.shared.money import clean_money
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from ..lines.input import clean_choice
from ..models import FundingSide, Target
from ..versions.drafts import hold_budget


def sets_targets(member) -> bool:
    """Finance, and leads of any side."""
    return member.can_edit and (member.is_lead or member.side == "finance")


@action(gettext_lazy("set a target of {subject}"))
def set_target(budget, member, side, amount, category=None) -> Target | None:
    """What is wanted from above of a side, for the whole year or one category and its leaves; both sides' leads are
    told. `amount` is in the workspace's currency; None or empty takes the target away. It limits nothing.

    Refused: below zero, a retired category, a closed budget, anybody but finance and leads.
    """
    if not sets_targets(member):
        raise NotYours(_("Targets are for finance and leads to set."))
    budget = hold_budget(member.workspace, budget.pk)
    side = clean_choice(side, FundingSide, "side")
    held = Target.objects.of(member.workspace).filter(budget=budget, side=side, category=category).first()
    before = held and held.amount
    if amount in (None, ""):
        if held is None:
            raise Refused(_("There is no such target."), "amount")
        held.delete()
        made = None
    else:
        made = put(budget, side, category, held, amount)
    entry = record(
        set_target,
        member,
        budget,
        before={"side": side, "category": category and str(category), "amount": before},
        after={"side": side, "category": category and str(category), "amount": made and made.amount},
    )
    concerned = Member.objects.of(member.workspace).leads(*FundingSide.values)
    tell(concerned, entry, url=place(member.workspace, "budgets:targets", budget.pk))
    return made


def put(budget, side, category, held, amount) -> Target:
    amount = clean_money(amount, budget.workspace.currency, "amount")
    if amount < 0:
        raise Refused(_("A target is not below zero."), "amount")
    if category and category.retired_at:
        raise Refused(_("“%(name)s” is retired; choose another category.") % {"name": category}, "category")
    target = held or Target(workspace=budget.workspace, budget=budget, side=side, category=category)
    target.amount = amount
    target.save()
    return target
