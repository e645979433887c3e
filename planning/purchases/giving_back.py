"""An approved purchase costs less: which of its claims gives back how much, where invoices have used part of it up.

What an invoiced month cannot give back comes out of the line's other months, the latest first: what is invoiced and
what stays committed are together exactly the new price.
"""

from collections import defaultdict

from django.utils.translation import gettext as _

from planning.budgets import promises
from planning.budgets.models import Hold
from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from .invoicing import follow_invoices


def give_back(purchase, less, member) -> None:
    """Release `less`, [(line id, month, amount in the workspace's currency)], of what is held for `purchase`.

    Refused: more than is left of a line, because that has been invoiced.
    """
    if not less or purchase.framework:
        return
    holds = [hold for hold in standing(purchase) if hold.left]
    giving, owed = defaultdict(lambda: ZERO), defaultdict(lambda: ZERO)
    for line, month, amount in less:
        owed[line] += amount - take(giving, [hold for hold in holds if place(hold) == (line, month)], amount)
    for line, amount in owed.items():
        rest = sorted((hold for hold in holds if hold.line_id == line), key=lambda hold: hold.month, reverse=True)
        if take(giving, rest, amount) != amount:
            raise Refused(_("More than that has been invoiced already."), "amount")
    for claim in purchase.claims:
        shrink(purchase, claim, giving, member)
    follow_invoices(purchase)


def take(giving, holds, amount):
    """Let `holds` give up to `amount`, in their order. Returns how much they gave."""
    left = amount
    for hold in holds:
        part = min(left, hold.left - giving[hold])
        giving[hold] += part
        left -= part
    return amount - left


def shrink(purchase, claim, giving, member):
    holds = [hold for hold in standing(purchase) if hold.claim == claim]
    if any(giving[hold] for hold in holds):
        keeps = defaultdict(lambda: ZERO)
        for hold in holds:
            keeps[place(hold)] += hold.amount - hold.released - giving[hold]
        shares = [(*where, amount) for where, amount in keeps.items() if amount]
        promises.shrink(claim, shares, purchase, member, step=f"v{purchase.version}")


def standing(purchase):
    """What is held for it and not closed, the claims that came last first: invoices use the first ones up."""
    claims = [claim for claim in purchase.claims if claim != purchase.change_claim]
    found = Hold.objects.of(purchase.workspace).filter(claim__in=claims).exclude(state=Hold.State.CLOSED)
    return sorted(found, key=lambda hold: (-claims.index(hold.claim), hold.line_id, hold.month, hold.pk))


def place(hold):
    return hold.line_id, hold.month
