"""What does each row of a table say? One that cannot be read is named with its column and reason, and stops nothing."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.calendar.models import Category, Domain
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

from ..models import Activity
from .layout import ACTIVITY, ROLE, laid_out, short_name
from .marks import letters_in

YES = {"yes", "y", "x", "1", "true", "joint"}


@dataclass
class ReadRow:
    """`letters` are keyed by role name; amounts in the workspace's currency; `joint` None: the table says nothing.
    `only_for` is (domain, None) or ("", category), ("", None) for any spend; None: the table says nothing."""

    number: int
    name: str
    area: str = ""
    joint: bool | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    routes: str | None = None
    only_for: tuple[str, Category | None] | None = None
    letters: dict[str, str] = field(default_factory=dict)


@dataclass
class ReadTable:
    """`roles` maps names, left to right, to sides ("" where nobody said). `refused` is [(row, column, reason)]; every
    row below the head is in `rows`, in `refused`, or an area's name."""

    roles: dict[str, str] = field(default_factory=dict)
    rows: list[ReadRow] = field(default_factory=list)
    refused: list[tuple[int, str, str]] = field(default_factory=list)


class Unreadable(Exception):
    """(column, reason)"""


def read(sheets, layout, currency: str, categories: dict[str, Category]) -> ReadTable:
    """Every row of the table by its layout. Row numbers count from the head's own row in the sheet. `categories` are
    those of the workspace by name in small letters."""
    table = laid_out(sheets, layout)
    heads = [short_name(head) for head in table[0]]
    found = ReadTable()
    for column, kind in enumerate(layout.columns[: len(heads)]):
        if kind.startswith(ROLE):
            found.roles.setdefault(heads[column], kind.removeprefix(ROLE))
    area, seen = "", {}
    for number, row in enumerate(table[1:], start=layout.head + 1 if not layout.turned else 2):
        filled = [column for column, cell in enumerate(row) if cell]
        if not filled:
            continue
        if filled == [0] and layout.columns[0] == ACTIVITY:
            area = row[0][:80]
            continue
        try:
            said = read_row(number, row, heads, layout.columns, area, currency, categories)
            found.rows.append(unlike(said, seen, heads[0]))
        except Unreadable as why:
            found.refused.append((number, *why.args))
    return found


def read_row(number, row, heads, kinds, area, currency, categories) -> ReadRow:
    said = ReadRow(number, "", area)
    for cell, head, kind in zip(row, heads, kinds, strict=False):
        if kind == ACTIVITY:
            said.name = cell[:200]
        elif kind.startswith(ROLE):
            letters = letters_in(cell)
            if letters is None:
                raise Unreadable(head, _("“%(text)s” is not a letter of the matrix") % {"text": cell[:40]})
            if letters:
                said.letters[head] = letters
        elif kind == "only_for":
            said.only_for = spend_of(cell, head, categories)
        else:
            set_fact(said, kind, head, cell, currency)
    if not said.name:
        raise Unreadable(heads[kinds.index(ACTIVITY)] if ACTIVITY in kinds else "", _("the activity has no name"))
    return said


def unlike(row, seen, head) -> ReadRow:
    """The row, when none above it is the same activity for the same amounts and the same spend."""
    first = seen.setdefault((row.name.casefold(), row.low, row.high, row.only_for), row.number)
    if first != row.number:
        raise Unreadable(head, _("the same activity stands in row %(row)s already") % {"row": first})
    return row


def spend_of(cell, head, categories) -> tuple[str, Category | None]:
    """A kind of spend or a category, by its name."""
    if not cell or cell.casefold() in Domain.values:
        return cell.casefold(), None
    if category := categories.get(cell.casefold()):
        return "", category
    raise Unreadable(head, _("“%(text)s” is neither a kind of spend nor a category here") % {"text": cell[:40]})


def set_fact(said, kind, head, cell, currency):
    if kind == "area":
        said.area = cell[:80]
    elif kind == "joint":
        said.joint = cell.casefold() in YES
    elif kind == "routes":
        if cell and cell not in Activity.Routes.values:
            raise Unreadable(head, _("“%(text)s” is nothing that a row routes") % {"text": cell[:40]})
        said.routes = cell
    elif kind in ("low", "high") and cell:
        try:
            setattr(said, kind, clean_money(cell, currency, kind))
        except Refused as refused:
            raise Unreadable(head, str(refused)) from refused
