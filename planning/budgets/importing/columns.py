"""What a file says about itself: which column is what, with the confidence of each. Pure: bytes in, proposal out.

A key is `sure` when the file leaves no other reading, `likely` when a person should look, `missing` when the file does
not say. A name, and a reference that tells the lines apart, may be made of several columns.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from planning.shared import amounts
from planning.shared.delimited import amount_in_any_style, column_names, named, share
from planning.shared.headings import likeness, plain
from planning.shared.proposing import LIKELY, MISSING, SURE, settle, shape

from . import dimensions
from .words import WORDS, month_of, side_of, years_in

AMOUNTS = ("total", "marketing", "technology")
PERCENTS = ("marketing_percent", "technology_percent")
SEVERAL = ("name", "reference")
MOST_PARTS = 6
GOOD = 0.7
READABLE = 0.6  # of the amounts: a sheet made by hand has a few that are words
LOOKED_AT = 1500  # rows, evenly taken from the whole file, by which columns are judged
SHOWN = 50
USUAL = {"below_zero": "refuse", "new_categories": "create"}


@dataclass
class Proposal:
    """`mapping`: encoding, delimiter, header_row, columns {key: heading, or list of headings for SEVERAL}, months
    (twelve headings, or none), dimensions {name: heading}, decimal, negative, all_side and all_category where the file
    names none, below_zero ("refuse" or "offset"), new_categories ("create" or "refuse"). `confidence` by key.
    """

    mapping: dict
    confidence: dict[str, str]
    headers: list[str]
    sample: list[list[str]] = field(default_factory=list)
    rows: int = 0

    @property
    def names(self) -> list[str]:
        return column_names(self.headers)


def propose(data: bytes, budget, given: dict | None = None, whole: bool = True) -> Proposal:
    """A mapping for a delimited text file of lines of `budget`; what `given` says is taken as sure."""
    given, sure = given or {}, {}
    mapping, head, body = shape(data, given, sure, row_likeness, whole)
    table = Table(head, body[:: max(1, len(body) // LOOKED_AT)])
    months = given["months"] if "months" in given else find_months(table, budget.months)
    own = dimensions.find(table, dimensions.in_use(budget.workspace), given, {*months, *said_columns(given)})
    columns = find_columns(table, budget, given, sure, months, own)
    mapping |= {"columns": columns, "months": months, "dimensions": own}
    mapping |= styles(Table(head, body), columns, months, given, sure)
    mapping |= {key: given.get(key, usual) for key, usual in USUAL.items()}
    for key in ("side", "category"):
        mapping[f"all_{key}"] = given.get(f"all_{key}", "")
        if mapping[f"all_{key}"]:
            sure[key] = SURE
    return Proposal(mapping, sure, head, body[:SHOWN], len(body))


def row_likeness(cells: list[str]) -> float:
    """How many cells of a row read like headings of a budget."""
    filled = [cell for cell in cells if cell.strip() and len(cell) < 60]
    words = sum(max(likeness(cell, some) for some in WORDS.values()) for cell in filled)
    return words + sum(0.5 for cell in filled if years_in(cell) or plain(cell)[:3] in MONTHS)


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Table:
    """Headings and the rows below them, by name of the column."""

    def __init__(self, head, body):
        self.names, self.body = column_names(head), body
        self.heads = dict(zip(self.names, head, strict=True))
        self.known: dict[str, list[str]] = {}
        self.kept: dict[str, list[str]] = {}

    def values(self, name) -> list[str]:
        if name not in self.known:
            at = self.names.index(name)
            self.known[name] = [row[at].strip() if at < len(row) else "" for row in self.body]
        return self.known[name]

    def filled(self, name) -> list[str]:
        if name not in self.kept:
            self.kept[name] = [value for value in self.values(name) if not amounts.is_nothing(value)]
        return self.kept[name]

    @cached_property
    def numbers(self) -> set[str]:
        """Columns that hold nothing but numbers, or mostly."""
        return {name for name in self.names if share(self.filled(name), amount_in_any_style) > 0.5}


# ── Which column is what ─────────────────────────────────────────────────────────────────────────────────────────────
def find_months(table, months) -> list[str]:
    """Twelve columns, one a month of the budget's year, or none."""
    found = {}
    for name, heading in table.heads.items():
        at = month_of(heading, months)
        if (
            at is not None
            and at not in found
            and share(table.filled(name), amount_in_any_style) >= 0.9 * bool(table.filled(name))
        ):
            found[at] = name
    return [found[at] for at in range(12)] if len(found) == 12 else []


def said_columns(given) -> list[str]:
    said = [value for value in (given.get("columns") or {}).values() if value]
    return [name for value in said for name in (value if isinstance(value, list | tuple) else [value])]


def find_columns(table, budget, given, sure, months, own) -> dict:
    said = given.get("columns") or {}
    columns = {key: one_or_many(table, key, value) for key, value in said.items() if value}
    sure.update(dict.fromkeys(columns, SURE))
    declined = {key for key, value in said.items() if not value}
    sure.update(dict.fromkeys(declined, SURE))
    taken = {name for value in columns.values() for name in (value if isinstance(value, list) else [value])}
    taken |= {*months, *own.values()}
    for key in WORDS:
        if key in columns or key in declined or key in SEVERAL:
            continue
        scores = candidates(key, table, taken, budget)
        if not scores:
            sure[key] = SURE if key == "total" and months else MISSING
            continue
        best = max(scores, key=lambda name: scores[name])
        rivals = [name for name in scores if name != best and scores[name] > scores[best] - 0.05]
        columns[key] = best
        sure[key] = SURE if scores[best] >= GOOD and not rivals else LIKELY
        taken.add(best)
    for key, find in (("name", find_name), ("reference", find_reference)):
        if key not in columns and key not in declined:
            found = find(table, columns, taken)
            sure[key] = LIKELY if len(found) > 1 else SURE if found else MISSING
            columns |= {key: found} if found else {}
    return columns


def one_or_many(table, key, value):
    if key in SEVERAL:
        return [named(table.names, one) for one in (value if isinstance(value, list | tuple) else [value])]
    return named(table.names, value)


def candidates(key, table, taken, budget) -> dict[str, float]:
    scores = {}
    for name, heading in table.heads.items():
        if name in taken or "%" in heading and key not in PERCENTS:
            continue
        like = likeness(heading.replace("%", " percent"), WORDS[key])
        if key == "total":
            like += of_this_year(heading, budget)
        if like >= 0.5 and fits(key, table.filled(name)):
            scores[name] = like
    return scores


def of_this_year(heading, budget) -> float:
    """Among columns of several years the one of this budget, and of it the one agreed last."""
    years = years_in(heading)
    if not years:
        return 0
    wanted = {budget.months[0].year, budget.months[-1].year}
    text = plain(heading)
    agreed = any(word in text for word in ("adopted", "approved", "final", "agreed"))
    asked = any(word in text for word in ("proposed", "requested", "estimate", "draft", "actual"))
    return (0.6 if wanted <= years or years == {budget.year} else -0.2) + 0.15 * (agreed - asked)


def fits(key, values) -> bool:
    if key in AMOUNTS:
        return bool(values) and share(values, amount_in_any_style) >= READABLE
    if key in PERCENTS:
        return bool(values) and share(values, lambda value: amount_in_any_style(value.rstrip("% "))) >= 0.9
    if key == "side":
        return bool(values) and share(values, lambda value: side_of(value) is not None) > 0.5
    if key == "line":
        return bool(values) and all(value.isdecimal() for value in values)
    if key in ("category", "vendor", "kpi", "owner", "purpose", "treatment", "name", "notes"):
        return share(values, lambda value: any(letter.isalpha() for letter in value)) > 0.5
    return bool(values)


def find_name(table, columns, taken) -> list[str]:
    """The column that names a line, and more beside it, as far as they tell lines apart that it does not."""
    texts = [name for name in table.names if fits("name", table.filled(name)) and name not in table.numbers]
    scores = {name: likeness(table.heads[name], WORDS["name"]) for name in texts if name not in taken}
    first = max(scores, key=lambda name: scores[name], default=None)
    if first is None or scores[first] < 0.5:
        first = next((name for name in texts if name not in taken), None)
    spoken = {columns.get(key) for key in ("side", "vendor", "kpi", "owner", "purpose", "treatment", "notes")}
    return told_apart(table, [first], [name for name in texts if name not in spoken], 3) if first else []


def find_reference(table, columns, taken) -> list[str]:
    """A column of references; else the codes that together tell almost every line from the others."""
    for name in table.names:
        if name not in taken and likeness(table.heads[name], WORDS["reference"]) >= GOOD:
            return [name]
    if "line" in columns:
        return []
    codes = [name for name in table.names if plain(table.heads[name]).endswith((" code", " id", " no", " number"))]
    found = told_apart(table, [], codes, MOST_PARTS)
    return found if found and different(table, found) >= 0.98 * len(table.body) else []


def told_apart(table, chosen, others, most) -> list[str]:
    """`chosen` and, one by one, whichever of `others` tells most rows apart, while it tells many; in file order."""
    chosen = list(chosen)
    apart = different(table, chosen) if chosen else 0
    while len(chosen) < most:
        gains = {name: different(table, [*chosen, name]) for name in others if name not in chosen}
        best = max(gains, key=lambda name: gains[name], default=None)
        if best is None or gains[best] <= apart + len(table.body) * 0.005:
            break
        chosen, apart = [*chosen, best], gains[best]
    return sorted(chosen, key=table.names.index)


def different(table, names) -> int:
    return len(Counter(zip(*(table.values(name) for name in names), strict=True)))


# ── How it is written ────────────────────────────────────────────────────────────────────────────────────────────────
def styles(table, columns, months, given, sure) -> dict:
    names = [columns[key] for key in AMOUNTS if columns.get(key) in table.names] + [
        name for name in months if name in table.names
    ]
    found = amounts.decide(value for name in names for value in table.values(name))
    return {key: settle(sure, key, given, lambda key=key: found[key]) for key in ("decimal", "negative")}


def doubts(proposed: Proposal) -> list[tuple[str, str]]:
    """[(field, sentence)]: what a person must settle before the rows can be read."""
    columns, mapping = proposed.mapping["columns"], proposed.mapping
    open_ones = []
    if not columns.get("name"):
        open_ones.append(("column_name", _("Which column names the line?")))
    if not columns.get("category") and not mapping["all_category"] and not columns.get("line"):
        open_ones.append(("all_category", _("Which column holds the category? Or name one for all rows.")))
    whose = columns.keys() & {"side", "line", "marketing", "marketing_percent"}
    if not whose and not mapping["all_side"]:
        open_ones.append(("all_side", _("Whose lines are these? Choose a column, or one answer for all rows.")))
    if not columns.get("total") and not mapping["months"] and not {"marketing", "technology"} <= columns.keys():
        open_ones.append(("column_total", _("Which column holds the amount?")))
    return open_ones
