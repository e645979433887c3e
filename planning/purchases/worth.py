"""The worth of a purchase as it stands: its charges, and the value its approvers are judged on."""

from planning.budgets.models import Budget
from planning.calendar.models import Rate
from planning.shared.refusals import Refused

from .value import Worth, first_month, worth


def worth_of(purchase, *, keep_rate=False) -> Worth:
    """The charges of its items and its value. Refused: no amount, a price without a term, no rate.

    Foreign amounts are converted at today's rate, or with `keep_rate` at the one the approved version was converted at.
    """
    items = [(item.line_id, item.amount) for item in purchase.items.all()]
    if not items:
        items = [(None, purchase.amount)]
    return worth(
        purchase.workspace,
        currency=purchase.currency,
        price=purchase.price,
        term_months=purchase.term_months,
        renews=purchase.renews,
        first_month=first_month(purchase.workspace, purchase.needed_by, months_of(purchase)),
        items=items,
        rate=kept_rate(purchase.rate, purchase.rate_on) if keep_rate else None,
    )


def kept_rate(rate, day) -> Rate | None:
    return Rate(rate=rate, day=day) if rate else None


def months_of(purchase):
    """The months of the year its lines belong to, for a request that does not say when it is needed."""
    if purchase.needed_by:
        return None
    lines = [item.line_id for item in purchase.items.all()]
    budget = Budget.objects.of(purchase.workspace).filter(lines__in=lines).first()
    return budget.months if budget else None


def priced(purchase) -> Worth | None:
    """Keep the worth on the purchase. A draft that cannot be valued yet has none; sending it says why."""
    try:
        found = worth_of(purchase) if purchase.amount is not None else None
    except Refused:
        found = None
    purchase.value = found and found.value
    purchase.rate, purchase.rate_on = (found.rate, found.rate_on) if found else (None, None)
    return found
