"""Spreading money over sides and months so that every row and column adds up."""

from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.money import ZERO, minor_unit, split
from planning.shared.refusals import Refused

from ..models import FundingSide

HUNDRED = Decimal(100)
SIDES = tuple(FundingSide)


def even(total: Decimal, currency: str) -> list[Decimal]:
    """`total` over twelve months, as even as the currency allows; earlier months take the odd units."""
    return split(total, [1] * 12, currency)


def cells(months, weights: dict, currency: str) -> dict:
    """{(side, month row): amount}: each column sums to its month, each row to the side's share of the total.

    `months` are amounts not below zero, `weights` {side: percent} of the two sides.
    """
    total = sum(months, ZERO)
    marketing, technology = SIDES
    if not total:
        return {(side, row): ZERO for side in SIDES for row in range(len(months))}
    share = split(total, [weights[side] for side in SIDES], currency)[0]
    first = split(share, months, currency)
    result = {(marketing, row): amount for row, amount in enumerate(first)}
    return result | {(technology, row): month - first[row] for row, month in enumerate(months)}


def shares(amount: Decimal, weights: dict, currency: str, available: dict) -> dict:
    """{side: part} of a promise: the odd unit goes to the side with more `available`, ties to marketing."""
    unit = minor_unit(currency)
    whole = {side: (amount / unit * weight / HUNDRED) // 1 * unit for side, weight in weights.items()}
    rest = amount - sum(whole.values(), ZERO)
    if rest:
        payer = max(
            (side for side in SIDES if weights[side]), key=lambda side: (available.get(side, ZERO), -SIDES.index(side))
        )
        whole[payer] += rest
    return whole


def clean_weights(marketing, technology) -> dict:
    """{side: percent}. Refused: below zero, more than six decimals, or not exactly 100 together."""
    try:
        weights = dict(zip(SIDES, (Decimal(str(marketing)), Decimal(str(technology))), strict=True))
    except ArithmeticError:
        raise Refused(_("A share is a number of percent, such as 60 or 33.5."), "shares") from None
    if any(
        not weight.is_finite() or weight < 0 or weight != weight.quantize(Decimal("1e-6"))
        for weight in weights.values()
    ):
        raise Refused(_("A share is a number of percent between 0 and 100, with at most six decimals."), "shares")
    if sum(weights.values()) != HUNDRED:
        raise Refused(
            _("The shares of marketing and technology add up to %(sum)s %%; they must make exactly 100 %%.")
            % {"sum": sum(weights.values()).normalize().__format__("f")},
            "shares",
        )
    return weights


def percent_text(weight: Decimal) -> str:
    """60.000000 → "60", 33.300000 → "33.3": a share as people and programs write it."""
    text = format(weight, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
