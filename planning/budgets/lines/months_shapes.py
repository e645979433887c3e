"""How a year's amount falls on its months, however somebody says it: twelve weights. `split` turns them into money.

A spread is "even"; twelve amounts (they are the months themselves, see `planned_amounts`); {"weights": [twelve
numbers]}; {"once": month}; {"from": month, "until": month}, both included; or "last year", the shape of what was spent
in the year before. Months are first days, or text "2027-03".
"""

from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.refusals import Refused

SHAPES = ("weights", "once", "from")
LARGEST_WEIGHT = Decimal(10) ** 12


def is_typed(spread) -> bool:
    """Whether the spread is twelve amounts rather than a shape."""
    return isinstance(spread, list | tuple) or isinstance(spread, dict) and "months" in spread


def weights_of(spread, months: list[date], spent=None) -> list[Decimal]:
    """Twelve weights, not negative, at least one positive. `spent()` gives the twelve actuals of the year before.

    Refused: what is no spread, a month outside the year, weights that are all nothing, a year without spending.
    """
    if spread == "even":
        return [Decimal(1)] * 12
    if spread == "last year" and spent:
        return [max(amount, ZERO) for amount in spent()]
    if isinstance(spread, dict) and "weights" in spread:
        return clean_shape(spread["weights"])
    if isinstance(spread, dict) and "once" in spread:
        return between(months, spread["once"], spread["once"])
    if isinstance(spread, dict) and "from" in spread:
        return between(months, spread["from"], spread.get("until") or months[-1])
    raise Refused(
        _("A spread is “even”, twelve amounts, twelve weights, one month, from a month until another, or “last year”."),
        "spread",
    )


def clean_shape(weights) -> list[Decimal]:
    if not isinstance(weights, list | tuple) or len(weights) != 12:
        raise Refused(_("Weights are twelve numbers, one a month."), "spread")
    cleaned = [clean_weight(weight) for weight in weights]
    if not any(cleaned):
        raise Refused(_("At least one month needs a weight above zero."), "spread")
    return cleaned


def clean_weight(weight) -> Decimal:
    try:
        number = Decimal(str(weight or 0).strip().replace(",", "") or 0)
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= LARGEST_WEIGHT or number != number.quantize(Decimal("1e-6")):
        raise Refused(_("A weight is a number, not below zero, with at most six decimals."), "spread")
    return number


def between(months, first, last) -> list[Decimal]:
    """Weight 1 from `first` to `last`, both included."""
    first, last = row_of(months, first), row_of(months, last)
    if last < first:
        raise Refused(_("The spread ends before it begins."), "spread")
    return [Decimal(first <= row <= last) for row in range(12)]


def row_of(months, month) -> int:
    """Which of the twelve months it is, as first day or text."""
    try:
        day = month if isinstance(month, date) else date.fromisoformat(f"{str(month)[:7]}-01")
    except ValueError:
        raise Refused(_("“%(text)s” is not a month such as 2027-03.") % {"text": str(month)[:20]}, "spread") from None
    day = day.replace(day=1)
    if day not in months:
        raise Refused(
            _("%(month)s is not a month of this budget's year.") % {"month": date_format(day, "F Y")}, "spread"
        )
    return months.index(day)
