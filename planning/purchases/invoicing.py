"""Invoices use a purchase's commitment up, and the last of them moves it to "invoiced"; taking them back undoes both.

Spend knows which rows are invoices of which purchase; this file knows what that means for the purchase. Plain
functions: the caller holds the purchase and writes the history. Credits and frameworks: settling.py.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from planning.budgets import promises
from planning.budgets.models import Hold
from planning.shared.money import ZERO, round_money

from .models import Price, Purchase, State
from .value import MONTHS_A_YEAR

# Money may have been invoiced before anybody noted the order.
BEFORE_INVOICED = (State.APPROVED, State.ORDERED, State.RECEIVED)


@dataclass(frozen=True)
class Invoice:
    """What was billed on one line in one month: `amount` in `currency`, `converted` in the workspace's currency."""

    line_id: int
    month: date
    amount: Decimal
    currency: str
    converted: Decimal


def use_up(purchase: Purchase, invoices: list[Invoice], billed: Decimal, cause, cause_id, member=None) -> None:
    """The commitment shrinks by the invoices, never below zero, under the cause their actuals are posted under.

    It shrinks in its own currency, at the rate it was committed at. `billed` is everything billed in the purchase's
    currency, these included: once that is the whole price, the last invoice takes the rest, so no ghost remains.
    """
    room = committed(purchase)
    shares = defaultdict(list)
    for line, month, amount in at_its_rate(purchase, invoices):
        for claim in purchase.claims:
            part = min(amount, room[claim, line])
            if part > 0:
                shares[claim].append((line, month, part))
                room[claim, line] -= part
                amount -= part
    if is_foreign(purchase) and billed >= price_in_all(purchase):
        for invoice in invoices:
            for claim in purchase.claims:
                if rest := room.pop((claim, invoice.line_id), ZERO):
                    shares[claim].append((invoice.line_id, invoice.month, rest))
    for claim, rows in shares.items():
        promises.consume(claim, rows, cause, cause_id, member)


def follow_invoices(purchase: Purchase) -> None:
    """Wholly used up: invoiced. Not wholly any more, because an import was undone: back to what it was before."""
    holds = [hold for hold in holds_of(purchase) if hold.state in (Hold.State.COMMITTED, Hold.State.FORWARD)]
    used, left = sum(hold.consumed for hold in holds), sum(hold.left for hold in holds)
    if used and not left and purchase.state in BEFORE_INVOICED:
        purchase.invoiced_from, purchase.state = purchase.state, State.INVOICED
    elif left and purchase.state == State.INVOICED and purchase.invoiced_from:
        purchase.state, purchase.invoiced_from = purchase.invoiced_from, ""
    else:
        return
    purchase.save(update_fields=["state", "invoiced_from"])


# ── How it is worked out ─────────────────────────────────────────────────────────────────────────────────────────────
def at_its_rate(purchase, invoices):
    """(line, month, amount in the workspace's currency): at the purchase's rate when billed in its foreign currency."""
    for invoice in invoices:
        own = is_foreign(purchase) and invoice.currency == purchase.currency
        amount = round_money(invoice.amount * purchase.rate, purchase.workspace.currency) if own else invoice.converted
        yield invoice.line_id, invoice.month, amount


def is_foreign(purchase) -> bool:
    return purchase.rate is not None and purchase.currency != purchase.workspace.currency


def price_in_all(purchase) -> Decimal:
    """The price of the whole first term, in the purchase's currency."""
    if purchase.price == Price.ONCE:
        return purchase.amount
    months = purchase.amount * purchase.term_months
    return months if purchase.price == Price.MONTH else round_money(months / MONTHS_A_YEAR, purchase.currency)


def committed(purchase) -> dict:
    """{(claim, line id): what is still committed}, zero for what is not there."""
    room = defaultdict(lambda: ZERO)
    for hold in holds_of(purchase):
        if hold.state == Hold.State.COMMITTED:
            room[hold.claim, hold.line_id] += hold.left
    return room


def holds_of(purchase):
    return Hold.objects.of(purchase.workspace).filter(claim__in=purchase.claims)
