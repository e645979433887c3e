"""The cells of a table, whatever way it is written: a workbook, CSV, cells from a spreadsheet, markdown or HTML."""

import csv
import io
import re
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from planning.files import workbooks
from planning.shared import encodings
from planning.shared.refusals import Refused

LARGEST = 400_000
Cells = list[list[str]]


def sheets_in(file) -> list[tuple[str, Cells]]:
    """[(name, cells)] of an uploaded file; a workbook has several sheets, everything else one. Refused: too large,
    not readable."""
    if workbooks.is_workbook(file):
        return small_enough([(name, neat(rows)) for name, rows in workbooks.sheets(file)])
    raw = file.read(LARGEST * 4 + 1)
    return sheets_of(raw.decode(encodings.detect(raw)[0], errors="replace").lstrip("\ufeff"))


def sheets_of(text: str) -> list[tuple[str, Cells]]:
    """The same for text that was pasted."""
    if len(text) > LARGEST:
        raise Refused(_("That is more than a matrix holds."), "text")
    return small_enough([("", neat(cells_of(text)))])


def small_enough(sheets):
    sheets = [(name, rows) for name, rows in sheets if rows]
    if not sheets:
        raise Refused(_("No table is in there: a row of roles and below it one row an activity."), "text")
    if sum(len(cell) for _name, rows in sheets for row in rows for cell in row) > LARGEST:
        raise Refused(_("That is more than a matrix holds."), "text")
    return sheets


def neat(rows) -> Cells:
    """Cells without marks and doubled blanks, no empty columns before them and no empty rows after them; other empty
    rows stay, so that rows keep their number."""
    rows = [[tidy(cell) for cell in row] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    margin = min((next(at for at, cell in enumerate(row) if cell) for row in rows if any(row)), default=0)
    return [row[margin:] for row in rows]


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
