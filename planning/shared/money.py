"""Money: Decimal in the minor units of its currency, from the first keystroke to the last export.

Rules: input with more decimals than the currency has is refused; computed amounts round half away from zero, per line;
splits keep the total by largest remainder, ties to the earlier row, symmetric for negatives.
"""

import re
from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, InvalidOperation

from babel.numbers import get_currency_precision
from django.db import models
from django.utils.translation import gettext as _

from .refusals import Refused

ZERO = Decimal(0)
LARGEST = Decimal(10) ** 15
PLAIN = re.compile(r"-?\d+(\.\d+)?")
GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))


class MoneyField(models.DecimalField):
    """numeric(20, 3): wide enough for every ISO currency in use; the currency decides how many digits are shown."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 3)
        super().__init__(*args, **kwargs)


def minor_unit(currency: str) -> Decimal:
    """The smallest amount of a currency: 0.01 for USD, 1 for JPY, 0.001 for KWD."""
    return Decimal(1).scaleb(-get_currency_precision(currency))


def is_too_fine(amount: Decimal, currency: str) -> bool:
    """Whether an amount, however large, says more decimals than its currency has."""
    return -amount.normalize().as_tuple().exponent > get_currency_precision(currency)


def clean_money(value, currency: str, field: str | None = None) -> Decimal:
    """A typed amount ("1234.50", "1,234.50", "1 234.50", 1234, Decimal) as Decimal in `currency`.

    Thousands may stand apart, but only as whole groups of three: "1,5" is no amount, rather than fifteen, and neither
    is "1,234" in a currency with three decimals. Refused: binary floats, anything that is not a number, more decimals
    than the currency has, and amounts of a thousand million million and more.
    """
    if isinstance(value, float | bool):
        raise Refused(_("An amount comes as text, such as “1234.50”, never as a binary number."), field)
    text = str(value).strip().translate(SPACES)
    if GROUPED.fullmatch(text) and ("." in text or get_currency_precision(currency) != 3):
        text = text.replace(",", "")
    try:
        amount = Decimal(text) if PLAIN.fullmatch(text) else None
    except InvalidOperation:
        amount = None
    if amount is None:
        raise Refused(_("“%(text)s” is not an amount.") % {"text": str(value)[:40]}, field)
    if abs(amount) >= LARGEST:
        raise Refused(_("That amount is larger than a ledger holds."), field)
    if is_too_fine(amount, currency):
        raise Refused(
            _("%(currency)s has %(digits)s decimals; “%(text)s” has more.")
            % {"currency": currency, "digits": get_currency_precision(currency), "text": text},
            field,
        )
    return amount.quantize(minor_unit(currency))


def round_money(amount: Decimal, currency: str) -> Decimal:
    """Half away from zero, to the minor unit of `currency`."""
    return amount.quantize(minor_unit(currency), rounding=ROUND_HALF_UP)


def money_text(amount: Decimal | None, currency: str) -> str | None:
    """How the API and exports write an amount: "1234.50", without grouping. None stays None."""
    return None if amount is None else format(round_money(amount, currency), "f")


def split(total: Decimal, weights: Sequence[Decimal | int], currency: str) -> list[Decimal]:
    """`total` in as many parts as there are weights, which add up to it exactly.

    Largest remainder, ties to the earlier row; the parts of −x are minus the parts of x. Refused: no positive weight.
    """
    weights = [Decimal(weight) for weight in weights]
    whole = sum(weights, ZERO)
    if whole <= 0 or min(weights) < 0:
        raise Refused(_("A split needs weights that are not negative and add up to more than zero."))
    unit, sign = minor_unit(currency), -1 if total < 0 else 1
    units = abs(total) / unit
    exact = [units * weight / whole for weight in weights]
    parts = [share.to_integral_value(ROUND_FLOOR) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda row: (parts[row] - exact[row], row))
    for row in by_remainder[: int(units - sum(parts))]:
        parts[row] += 1
    return [sign * part * unit for part in parts]
