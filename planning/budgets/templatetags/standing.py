"""What a budget's readers have to know first: no agreement yet, promises without a line, a plan above its envelope."""

from django import template

from planning.shared import periods

from ..forward import forward_in
from ..interim import unagreed_year
from ..models import FundingSide, Revision, Version
from ..versions.terms import planned_by_side

register = template.Library()


@register.inclusion_tag("budgets/_standing.html", takes_context=True)
def standing_of(context, budget):
    """{% standing_of budget %}: at most four queries."""
    return {
        "request": context["request"],
        "budget": budget,
        "days": days_without(budget),
        "ahead": ahead_of(budget),
        "gaps": gaps_of(budget),
    }


@register.inclusion_tag("budgets/_standing.html", takes_context=True)
def standing_of_year(context):
    """{% standing_of_year %}: the same without a budget, for the list. Days only when this year has no agreement."""
    workspace = context["request"].workspace
    year = unagreed_year(workspace)
    return {"request": context["request"], "days": year and days_since_start(workspace, year)}


def days_without(budget):
    """How many days its year has run on an interim plan; None when it does not."""
    if budget.agreed_count or not budget.versions.filter(state=Version.State.INTERIM).exists():
        return None
    return (budget.workspace.today() - budget.months[0]).days + 1


def days_since_start(workspace, year):
    return (workspace.today() - periods.year_start(workspace, year)).days + 1


def ahead_of(budget):
    """{amount, homeless}: what was promised for the year before it was agreed, and what of it has no line."""
    rows = list(forward_in(budget).values_list("amount", "placed_on"))
    if not rows:
        return None
    return {
        "amount": sum(amount for amount, _line in rows),
        "homeless": sum(amount for amount, line in rows if line is None),
    }


def gaps_of(budget) -> list[dict]:
    """Sides whose agreed plan is above finance's envelope: {side, amount, envelope}."""
    envelopes = {str(side): getattr(budget, f"{side}_envelope") for side in FundingSide}
    if not budget.agreed_count or not any(amount is not None for amount in envelopes.values()):
        return []
    agreed = Revision.objects.of(budget.workspace_id).agreed().filter(line__budget=budget, removed=False)
    plan = planned_by_side(agreed, budget.workspace.currency)
    return [
        {"side": side, "amount": plan[side] - envelope, "envelope": envelope}
        for side, envelope in envelopes.items()
        if envelope is not None and plan[side] > envelope
    ]
