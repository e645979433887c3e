"""Reading a matrix that somebody pasted: cells from a spreadsheet, CSV, a markdown table or an HTML table.

The first row with two or more cells is the head: the activity's column, then one column a role. A row with nothing but
its first cell starts an area. A head may also carry "area", "joint", "from" and "to".
"""

import csv
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from .letters import clean_letters

LARGEST = 400_000
EXTRAS = {"area": "area", "joint": "joint", "from": "low", "low": "low", "to": "high", "below": "high", "high": "high"}
YES = {"yes", "y", "x", "1", "true", "joint"}


@dataclass
class PastedRow:
    name: str
    area: str = ""
    joint: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    letters: dict[str, str] = field(default_factory=dict)


@dataclass
class Pasted:
    """Role names left to right, and the rows; letters are keyed by role name."""

    roles: list[str]
    rows: list[PastedRow]


def read_pasted(text: str) -> Pasted:
    """Refused: nothing readable, more than the grid holds, a cell that is no letter (named by row and column)."""
    if len(text) > LARGEST:
        raise Refused(_("That is more than a matrix holds."), "text")
    rows = [[tidy(cell) for cell in row] for row in cells_of(text)]
    rows = [row for row in rows if any(row)]
    start = next((number for number, row in enumerate(rows) if sum(map(bool, row)) > 1), None)
    if start is None or len(rows) < start + 2:
        raise Refused(_("No table is in there: a row of roles and below it one row an activity."), "text")
    head = rows[start]
    extras = {
        column: EXTRAS[name.casefold()] for column, name in enumerate(head) if column and name.casefold() in EXTRAS
    }
    roles = {column: name for column, name in enumerate(head) if column and name and column not in extras}
    return Pasted(list(dict.fromkeys(roles.values())), list(body(rows[start + 1 :], roles, extras)))


def body(rows, roles, extras):
    area = ""
    for row in rows:
        if not any(row[1:]):
            area = row[0]
            continue
        if not row[0]:
            continue
        pasted = PastedRow(row[0], area)
        for column, name in roles.items():
            letters = letters_in(row, column, name)
            if letters:
                pasted.letters[name] = letters
        for column, what in extras.items():
            set_extra(pasted, what, row[column] if column < len(row) else "")
        yield pasted


def letters_in(row, column, role) -> str:
    """The letters of a cell; a remark in parentheses beside them is left out."""
    text = re.sub(r"\(.*?\)", "", row[column]) if column < len(row) else ""
    try:
        return clean_letters(text)
    except Refused as refused:
        raise Refused(
            _("In “%(activity)s”, column “%(role)s”: %(why)s") % {"activity": row[0], "role": role, "why": refused},
            "text",
        ) from refused


def set_extra(pasted, what, text):
    if what == "area":
        pasted.area = text
    elif what == "joint":
        pasted.joint = text.casefold() in YES
    elif text:
        try:
            setattr(pasted, what, Decimal(text.replace(",", "").replace(" ", "")))
        except InvalidOperation as error:
            raise Refused(_("“%(text)s” is not an amount.") % {"text": text}, "text") from error


def tidy(cell: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*_`]{2,}", "", cell)).strip().strip("\u200b")


def cells_of(text: str) -> list[list[str]]:
    """The table in `text`, whatever way it is written."""
    if re.search(r"<t[dh][\s>]", text, re.IGNORECASE):
        return html_cells(text)
    lines = text.splitlines()
    piped = [line for line in lines if line.strip().startswith("|")]
    if len(piped) > 2:
        return markdown_cells(lines)
    first = next((line for line in lines if line.strip()), "")
    delimiter = max("\t;,", key=first.count)
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def markdown_cells(lines):
    rows = [line.strip().strip("|").split("|") for line in longest_run(lines)]
    return [row for row in rows if not all(re.fullmatch(r"\s*:?-{2,}:?\s*", cell) for cell in row)]


def longest_run(lines) -> list[str]:
    """The longest table of a page: legends and other small tables stand around it."""
    runs, run = [[]], []
    for line in [*lines, ""]:
        if line.strip().startswith("|"):
            run.append(line)
        elif run:
            runs.append(run)
            run = []
    return max(runs, key=len)


def html_cells(text):
    reader = TableReader()
    reader.feed(text)
    return max(reader.tables, key=len, default=[])


class TableReader(HTMLParser):
    """The cells of every table of a page."""

    def __init__(self):
        super().__init__()
        self.tables, self.cell = [], None

    def handle_starttag(self, tag, attrs):
        if tag == "table" or (tag == "tr" and not self.tables):
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables and self.tables[-1]:
            self.cell = []

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][-1].append(" ".join(self.cell))
            self.cell = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)
