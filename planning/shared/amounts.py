"""How amounts are written: decimal sign, thousands separators, currency signs, four ways to be negative.

One grammar, read here for preview and proposal and in Postgres for the import. An amount that does not follow the
mapping is not guessed at: its row is rejected with the text it had.
"""

import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

SIGNS = {"£": "GBP", "€": "EUR", "$": "USD", "¥": "JPY", "zł": "PLN", "₽": "RUB", "₹": "INR"}
DOLLARS = ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN")
NOTHING = {"", "#n/a", "n/a", "na", "null", "none", "nil", "-", "–", "#ref!", "#value!"}
LONGEST_NOTHING = max(len(word) for word in NOTHING)
CURRENCY = r"(£|€|\$|¥|zł|₽|₹|[A-Z]{3})"
MARKS = {")", "-", "−"}  # at the end of an amount
NEGATIVES = ("minus", "trailing", "parentheses")
FIGURES = str.maketrans("123456789", "000000000")
GROUPED = {".": r"[0-9]{1,3}(?:[,' ][0-9]{3})+", ",": r"[0-9]{1,3}(?:[.' ][0-9]{3})+"}


def number(decimal: str) -> str:
    """The pattern of an unsigned number with this decimal sign."""
    point = re.escape(decimal)
    return rf"(?:(?:{GROUPED[decimal]}|[0-9]+)(?:{point}[0-9]*)?|{point}[0-9]+)"


@lru_cache(maxsize=8)
def pattern(decimal: str, negative: str) -> str:
    """The whole grammar as a pattern both Python and Postgres read.

    Groups: 1 opening parenthesis, 2 sign, 3 currency, 4 sign, 5 number, 6 currency, 7 trailing minus, 8 closing.
    """
    opening, closing = (r"(\()?", r"(\))?") if negative == "parentheses" else ("()", "()")
    trailing = "([-−])?" if negative == "trailing" else "()"
    return rf"^{opening} *([-+−])? *{CURRENCY}? *([-+−])? *({number(decimal)}) *{CURRENCY}? *{trailing} *{closing}$"


def plain(decimal: str) -> str:
    """A pattern of the amounts that every mapping with this decimal sign reads alike: a minus, digits, thousands."""
    point, comma = re.escape(decimal), re.escape("," if decimal == "." else ".")
    return rf"^-?(?:[0-9]+|[0-9]{{1,3}}(?:{comma}[0-9]{{3}})+)(?:{point}[0-9]+)?$"


def read(text: str, decimal: str = ".", negative: str = "minus") -> Decimal | None:
    """The amount `text` means, or None. A minus and parentheses at once are refused: nobody knows what is meant."""
    found = re.match(pattern(decimal, negative), squeezed(text))
    if not found or bool(found[1]) != bool(found[8]):
        return None
    minuses = [sign for sign in (found[2], found[4], found[7]) if sign and sign in "-−"]
    if len(minuses) + bool(found[1]) > 1:
        return None
    grouping = ",' " if decimal == "." else ".' "
    plain = found[5].translate({ord(mark): None for mark in grouping}).replace(decimal, ".")
    value = Decimal(plain)
    return -value if minuses or found[1] else value


def sign_of(text: str) -> str:
    """The sign or the code of a currency that stands beside an amount; empty when none does."""
    found = re.search(CURRENCY, squeezed(text))
    return found[0] if found else ""


def squeezed(text: str) -> str:
    if not text.isascii():
        text = text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")
    return text.strip()


def is_nothing(text: str) -> bool:
    """An empty cell, or what a spreadsheet writes for one."""
    text = squeezed(text)
    return len(text) <= LONGEST_NOTHING and text.lower() in NOTHING


def shapes(values: Iterable[str]) -> Counter[str]:
    """How amounts are written and how often: every figure reads 0, so that thousands of amounts have a few shapes."""
    times = Counter[str]()
    for value, count in Counter(values).items():
        times[value.translate(FIGURES)] += count
    return times


def decide(values: Iterable[str]) -> dict[str, tuple[str | None, bool]]:
    """{"decimal": (sign, certain), "negative": (style, certain), "currency": (code, certain)} over a whole column:
    a list of cells, or how often each is there."""
    times = Counter[str]()
    for value, count in shapes(values).items():
        if not is_nothing(value):
            times[squeezed(value)] += count
    return {"negative": negative(times), "decimal": _decimal(times), "currency": _currency(times)}


def negative(values: Iterable[str]) -> tuple[str, bool]:
    """(style, certain): how the amounts below zero are written, which the last sign of a cell tells."""
    marked = [value for value in values if value.rstrip()[-1:] in MARKS and not is_nothing(value)]
    closed = any(value.rstrip().endswith(")") for value in marked)
    trailing = not all(value.rstrip().endswith(")") for value in marked)
    return ("parentheses" if closed else "trailing" if trailing else "minus"), not (closed and trailing)


def _decimal(times):
    """A sign followed by one, two or four and more digits at the end is the decimal sign; both together tell too."""
    points = holding(times, r"([0-9],[0-9]{3}\b.*\.[0-9])|\.[0-9]{1,2}\b(?!.*[.,][0-9])")
    commas = holding(times, r"([0-9]\.[0-9]{3}\b.*,[0-9])|,[0-9]{1,2}\b(?!.*[.,][0-9])")
    if points and not commas:
        return ".", True
    if commas and not points:
        return ",", True
    unclear = holding(times, r"[0-9][.,][0-9]{3}\b")
    return ("." if points >= commas else ","), not (points or commas or unclear)


def holding(times, found: str) -> int:
    """How many amounts hold this pattern."""
    return sum(count for value, count in times.items() if re.search(found, value))


def _currency(times):
    """The sign that most amounts carry. A sign here and there says nothing about the rest: its rows are looked at
    singly."""
    signs = Counter[str]()
    for value, count in times.items():
        if match := re.search(CURRENCY, value):
            signs[match[0]] += count
    if sum(signs.values()) * 2 < sum(times.values()) or not signs:
        return None, True
    sign, _times = signs.most_common(1)[0]
    return SIGNS.get(sign, sign), sign != "$" and len({SIGNS.get(other, other) for other in signs}) == 1
