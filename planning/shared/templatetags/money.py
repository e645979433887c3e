"""How numbers read on a page: digits by currency, separators by language, negative numbers plain.

A plan has thousands of cells, so each filter is one quantize and one format; separators are looked up once a language.
"""

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import get_currency_precision
from django import template
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext

register = template.Library()

THOUSAND, MILLION, BILLION = Decimal(1000), Decimal(10**6), Decimal(10**9)


@lru_cache(maxsize=32)
def separators(language: str) -> dict:
    """The translation table from "1,234.50" to the language's way of writing it; empty when that is the way."""
    try:
        symbols = Locale.parse(language or "en", sep="-").number_symbols["latn"]
    except (UnknownLocaleError, ValueError):
        return {}
    changed = {",": symbols["group"], ".": symbols["decimal"]}
    return str.maketrans(changed) if changed != {",": ",", ".": "."} else {}


@lru_cache(maxsize=32)
def percent_sign(language: str) -> str:
    pattern = Locale.parse(language or "en", sep="-").percent_formats[None].pattern
    return "\u00a0%" if "\u00a0%" in pattern else "%"


@lru_cache(maxsize=256)
def unit(digits: int) -> Decimal:
    return Decimal(1).scaleb(-digits)


@lru_cache(maxsize=256)
def currency_digits(currency: str) -> int:
    return get_currency_precision(currency) if currency else 2


def written(value, digits: int) -> str:
    """`value` with `digits` decimals, rounded half away from zero, in the active language's separators."""
    rounded = Decimal(value).quantize(unit(digits), ROUND_HALF_UP)
    text = format(rounded if rounded else abs(rounded), ",f")
    changes = separators(get_language())
    return text.translate(changes) if changes else text


@register.filter
def money(amount, currency="") -> str:
    """{{ amount|money:"USD" }} → 1,234.50; JPY has no decimals, KWD three. None is an empty cell."""
    return "" if amount is None or amount == "" else written(amount, currency_digits(currency))


@register.filter
def short_money(amount, currency="") -> str:
    """{{ amount|short_money:"USD" }} → 1.2 m, 312 k, 940: for pictures and tiles, never where a sum is checked."""
    if amount is None or amount == "":
        return ""
    amount = Decimal(amount)
    size = abs(amount)
    if size >= Decimal("999.95") * MILLION:
        return f"{trimmed(amount / BILLION, 2)}\u00a0{pgettext('billions', 'bn')}"
    if size >= Decimal("999.5") * THOUSAND:
        return f"{trimmed(amount / MILLION, 2 if size < 10 * MILLION else 1)}\u00a0{pgettext('millions', 'm')}"
    if size >= THOUSAND:
        return f"{trimmed(amount / THOUSAND, 1 if size < 100 * THOUSAND else 0)}\u00a0{pgettext('thousands', 'k')}"
    return written(amount, 0)


def trimmed(value, digits: int) -> str:
    """`value` with at most `digits` decimals, without trailing zeros."""
    rounded = Decimal(value).quantize(unit(digits), ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    while digits and rounded != whole and rounded == rounded.quantize(unit(digits - 1), ROUND_HALF_UP):
        digits -= 1
    return written(rounded, 0 if rounded == whole else digits)


@register.filter
def number(value, digits=0) -> str:
    """{{ 12345.678|number:1 }} → 12,345.7. None is an empty cell."""
    return "" if value is None or value == "" else written(value, int(digits))


@register.filter
def plain_number(value) -> str:
    """A number as it is, without the zeros a database column adds: 38.200 → 38.2."""
    if value is None or value == "":
        return ""
    exact = Decimal(value).normalize()
    return written(exact, max(0, -exact.as_tuple().exponent))


@register.filter
def percent(value, digits=None) -> str:
    """{{ 41|percent }} → 41%; {{ 41.25|percent:1 }} → 41.3%. In percent, not a ratio; None is an empty cell."""
    if value is None or value == "":
        return ""
    text = trimmed(value, 1) if digits is None else written(value, int(digits))
    return text + percent_sign(get_language())


@register.simple_tag
def cash(amount, currency):
    """An amount with its currency beside it: 1,234.50 USD."""
    if amount is None:
        return ""
    return format_html(
        '<span class="money">{}&nbsp;<span class="currency">{}</span></span>', money(amount, currency), currency
    )
