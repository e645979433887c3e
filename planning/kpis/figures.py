"""How a KPI's values read on a page: in the reader's separators, with the unit beside them."""

from decimal import Decimal
from fractions import Fraction

from django.utils.html import format_html
from django.utils.safestring import SafeString

from planning.shared.templatetags.money import written

from .progress import rounded
from .values import decimals_of


def words(value: Decimal | Fraction | None, definition) -> str:
    """38.2 → "38.20": as many decimals as the definition shows, and no digit of a stored value lost."""
    if value is None:
        return ""
    digits = definition.decimals
    if isinstance(value, Fraction):
        return written(rounded(value, Decimal(1).scaleb(-digits)), digits)
    return written(value, max(digits, decimals_of(value.normalize())))


def figure(value, definition) -> SafeString:
    """The value with its unit in small."""
    if value is None:
        return format_html('<span class="nothing">{}</span>', "–")
    unit = f"\u00a0{definition.unit}" if definition.unit else ""
    return format_html('<span class="figure">{}<span class="unit">{}</span></span>', words(value, definition), unit)
