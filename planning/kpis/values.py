"""Values of KPIs: Decimals in the KPI's own unit, up to six decimals, written with as many as its definition shows."""

from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.db import models
from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from .progress import rounded

MOST_DECIMALS = 6
LARGEST = Decimal(10) ** 13
FIRST_YEAR, LAST_YEAR = 1900, 2200


class ValueField(models.DecimalField):
    """numeric(20, 6)."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", MOST_DECIMALS)
        super().__init__(*args, **kwargs)


def decimals_of(value: Decimal) -> int:
    """How many decimals a value was written with: 38.20 → 2."""
    return max(-value.as_tuple().exponent, 0)


def clean_value(value, field: str | None = None) -> Decimal:
    """`value` as Decimal. Refused: what is no finite number, more than six decimals, and absurd sizes."""
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Refused(_("“%(text)s” is not a number.") % {"text": str(value)[:40]}, field)
    if abs(number) >= LARGEST:
        raise Refused(_("That value is larger than this KPI can hold."), field)
    if decimals_of(number.normalize()) > MOST_DECIMALS:
        raise Refused(_("A value has at most six decimals."), field)
    return number


def refuse_far(day: date, field: str | None = None):
    """A slip of the keyboard is no day of a KPI: years from 1900 to 2200."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused(_("%(year)s is no year that a KPI is followed in.") % {"year": day.year}, field)


def value_text(value: Decimal | Fraction | None, decimals: int) -> str | None:
    """A value as text, with at least `decimals` decimals and no digit of a stored value lost: 44.1 → "44.10"."""
    if value is None:
        return None
    if isinstance(value, Fraction):
        return format(rounded(value, Decimal(1).scaleb(-decimals)), "f")
    digits = max(decimals, decimals_of(value.normalize()))
    return format(value.quantize(Decimal(1).scaleb(-digits)), "f")
