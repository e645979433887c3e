"""A value with its unit in words, for charts and their tables."""

from planning.shared.templatetags.money import money, percent, plain_number


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
