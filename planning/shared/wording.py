"""A value with its unit in words, for charts and their tables."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from planning.shared.templatetags.money import money, percent, plain_number, short_money


def is_currency(unit: str) -> bool:
    return len(unit) == 3 and unit.isupper()


def amount_text(value, unit: str) -> str:
    """Decimal("1234.5"), "GBP" → "1,234.50"; "%" → "41%"; "days" → "12 days". None is empty."""
    if value is None:
        return ""
    if unit == "%":
        return percent(value)
    if is_currency(str(unit)):
        return money(value, str(unit))
    return f"{plain_number(value)} {unit}".strip()


def short_text(value, unit: str) -> str:
    """The same where there is little room: 1.2 m, 312 k."""
    return short_money(value, str(unit)) if is_currency(str(unit)) and value is not None else amount_text(value, unit)


def days_text(days: int) -> str:
    """How long something has waited."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else _("today")


def unit_words() -> list[str]:
    """How thousands, millions and thousands of millions are written on an axis, as short_money writes them."""
    return [pgettext("thousands", "k"), pgettext("millions", "m"), pgettext("billions", "bn")]
