"""The shape of a delimited text file: what parts its columns, where its heading stands, how its columns are called."""

import csv
from collections import Counter
from collections.abc import Callable, Iterable

from . import amounts

DELIMITERS = (",", ";", "\t", "|")
HEAD = 60  # a heading stands within so many rows


def find_delimiter(text: str) -> tuple[str, bool]:
    """(sign, certain): the sign that cuts most lines into the same number of cells, and more than one."""
    lines = text[:200_000].splitlines()[:500]
    scores = {}
    for sign in DELIMITERS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=sign) if row)
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0])) if widths else (1, 0)
        scores[sign] = times * (width > 1)
    best = max(scores, key=lambda sign: scores[sign])
    rivals = [sign for sign in scores if sign != best and scores[sign] > scores[best] * 0.8]
    return best, scores[best] > 0 and not rivals


def find_header(rows: list[list[str]], row_likeness: Callable[[list[str]], float]) -> tuple[int, bool]:
    """(row from 1, certain): the row among the first that reads most like a heading, amounts never standing in it."""
    scores = {}
    for number, row in enumerate(rows[:HEAD], start=1):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) >= 2 and not any(amounts.read(cell) is not None for cell in filled):
            scores[number] = row_likeness(row)
    if not scores:
        return 1, False
    best = max(scores, key=lambda number: (round(scores[number], 2), number))
    rivals = [number for number in scores if number != best and scores[number] > scores[best] * 0.9]
    return best, scores[best] >= 1.5 and not rivals


def column_names(head: list[str]) -> list[str]:
    """A name for every column that tells it from the others: one that is empty or occurs twice has its place, "#3"."""
    times = Counter(head)
    return [cell if cell and times[cell] == 1 else f"#{place}" for place, cell in enumerate(head, start=1)]


def named(names: list[str], said) -> str:
    """The column that somebody means by its heading, whatever its case, or by its number from 1. Unknown stays as
    said."""
    if isinstance(said, int) or str(said).isdigit():
        return names[int(said) - 1] if 0 < int(said) <= len(names) else f"#{said}"
    said = str(said).strip()
    return next((name for name in names if name.lower() == said.lower()), said)


def share(values: Iterable[str], holds: Callable[[str], bool]) -> float:
    """The part of the values for which something holds; 0 of none. Each different value is asked once."""
    times = Counter(values)
    rows = sum(times.values())
    return sum(count for value, count in times.items() if holds(value)) / rows if rows else 0


def amount_in_any_style(value: str) -> bool:
    return any(
        amounts.read(value, decimal, negative) is not None
        for decimal in ".,"
        for negative in ("parentheses", "trailing")
    )
