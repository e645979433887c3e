"""How is a table laid out? Which row is its head, which way round it lies, and what each column holds.

A proposal from the cells themselves; a person may say otherwise. An activity has one A, so the way round in which more
lines have exactly one is the right one: many templates have teams down and activities across.
"""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from planning.people.models import Side

from .marks import letters_in

ACTIVITY, SKIP, ROLE = "activity", "skip", "role:"
EXTRAS = {
    "area": "area", "joint": "joint", "from": "low", "low": "low", "to": "high", "below": "high", "high": "high",
    "routes": "routes", "only for": "only_for",
}  # fmt: skip
KINDS = [
    (SKIP, _("left out")), (ACTIVITY, _("the activity")), ("area", _("its area")), ("joint", _("joint, yes or no")),
    ("low", _("from amount")), ("high", _("below amount")), ("routes", _("what it routes")),
    ("only_for", _("for which spend alone")),
]  # fmt: skip
SIDE_WORDS = {
    Side.MARKETING: r"marketing|cmo|campaign|content|brand|media|crm|product|ux|design|communication|channel|sales",
    Side.TECHNOLOGY: r"technolog|cio|cto|it\b|develop|devops|engineer|qa\b|security|architect|platform|data|cloud|"
    r"operations|infrastructure|services|vendor",
    Side.FINANCE: r"financ|cfo|controll|treasur",
    Side.SPONSOR: r"ceo|chief executive|board|sponsor",
}


@dataclass
class Layout:
    """`head` is the head's row from 1; `columns` what each column holds: a code of KINDS, or "role:" and a side
    ("role:" alone when the side is not known yet)."""

    sheet: int = 0
    head: int = 1
    turned: bool = False
    columns: list[str] = field(default_factory=list)


def proposed(sheets, known, sheet=None, head=None, turned=None) -> Layout:
    """The layout of a table. `known` maps role names in lower case to their side; what is given is taken as it is."""
    sheet = likeliest(sheets) if sheet is None else sheet
    rows = sheets[sheet][1]
    head = min(head or first_head(rows), len(rows))
    body = rows[head - 1 :]
    if turned is None:
        turned = one_a(turn(body)) > one_a(body)
    table = turn(body) if turned else body
    return Layout(sheet, head, turned, [kind_of(table, column, known) for column in range(width(table))])


def likeliest(sheets) -> int:
    """The sheet with the most letters; the first of several."""
    counts = [sum(bool(letters_in(cell)) for row in rows for cell in row if len(cell) < 30) for _name, rows in sheets]
    return counts.index(max(counts))


def laid_out(sheets, layout) -> list[list[str]]:
    """The head and the rows below it, activities down."""
    body = sheets[layout.sheet][1][layout.head - 1 :]
    return turn(body) if layout.turned else [row + [""] * (width(body) - len(row)) for row in body]


def first_head(rows) -> int:
    return next((at for at, row in enumerate(rows, start=1) if sum(map(bool, row)) > 1), 1)


def width(rows) -> int:
    return max(map(len, rows), default=0)


def turn(rows):
    return [[row[column] if column < len(row) else "" for row in rows] for column in range(width(rows))]


def one_a(rows) -> int:
    """Lines with exactly one A."""
    return sum(sum("A" in (letters_in(cell) or "") for cell in row[1:]) == 1 for row in rows[1:])


def kind_of(table, column, known) -> str:
    head = table[0][column] if column < len(table[0]) else ""
    if column == 0:
        return ACTIVITY
    if extra := EXTRAS.get(head.casefold()):
        return extra
    cells = [row[column] for row in table[1:] if column < len(row) and row[column]]
    lettered = sum(bool(letters_in(cell)) for cell in cells)
    if not head or not (head.casefold() in known or (lettered and lettered * 2 >= len(cells))):
        return SKIP
    return ROLE + (known.get(short_name(head).casefold()) or side_of(head))


def side_of(name: str) -> str:
    """The side that a role's name speaks for; nothing when it names none, or several."""
    found = [str(side) for side, words in SIDE_WORDS.items() if re.search(rf"\b(?:{words})", name, re.IGNORECASE)]
    return found[0] if len(found) == 1 else ""


def short_name(head: str) -> str:
    """A role's name; some heads go on with what the team is for."""
    name = re.split(r"\s[-–—]\s", head)[0] if len(head) > 60 else head
    return name[:120].strip()
