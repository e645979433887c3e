"""What leaves is a working spreadsheet and a signed paper: formulas agree with the books, text stays text."""

import io
import re
import zipfile
from decimal import Decimal as D
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from planning.budgets import actions, postings
from planning.budgets.document import agreed_document, facts
from planning.budgets.export_rows import by_owner, rows_of, signed_versions
from planning.budgets.export_workbook import AGAINST, AVAILABLE, FIRST_MONTH, HEAD, MARKETING, TOTAL, workbook
from planning.budgets.importing.page import trusted
from planning.shared.refusals import Refused

from . import make

pytestmark = pytest.mark.usefixtures("inside")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def made_for_all(cast):
    plan = make.budget(cast)
    make.line(cast, plan, "Web shop", total="1000.01", side="joint", shares={"marketing": "33.5", "technology": "66.5"})
    film = make.line(cast, plan, "=HYPERLINK(1)", total="600.00", side="marketing")
    make.line(cast, plan, "Hosting", total="2400.00", side="technology")
    make.agree(cast, plan)
    postings.post_actuals(cast.workspace, [(film.pk, plan.months[0], D("90.00"))], "spend.import:1", "1")
    return plan


@pytest.fixture
def plan(made):
    return made


def made(plan) -> bytes:
    with workbook(plan, by_owner(rows_of(plan)), signed_versions(plan)) as file:
        return file.read()


def sheet_of(data: bytes, number: int = 1):
    """{"B5": (formula or None, value)} of a sheet, as it lies in the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        root = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
        assert root.find(f".//{MAIN}pane") is not None, "The headings do not stay in sight."
        found = {}
        for cell in root.iter(f"{MAIN}c"):
            formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            text = cell.find(f"{MAIN}is")
            said = "".join(text.itertext()) if text is not None else value.text if value is not None else ""
            found[cell.get("r")] = (formula.text if formula is not None else None, said)
        return found


def evaluated(cells, at) -> D:
    """The value of a cell worked out again from its formula, down to the typed numbers."""
    formula, value = cells[at]
    if formula is None:
        return D(value)
    if found := re.fullmatch(r"SUM\((\w+):(\w+)\)", formula):
        return sum(evaluated(cells, one) for one in between(*found.groups()))
    if found := re.fullmatch(r"SUBTOTAL\(9,(\w+):(\w+)\)", formula):
        inside = [one for one in between(*found.groups()) if "SUBTOTAL" not in (cells[one][0] or "")]
        return sum((evaluated(cells, one) for one in inside), D(0))
    if found := re.fullmatch(r"ROUND\((\w+)\*(\w+)/100,2\)", formula):
        exact = evaluated(cells, found[1]) * evaluated(cells, found[2]) / 100
        return exact.quantize(D("0.01"), "ROUND_HALF_UP")
    parts = re.findall(r"([+-]?)(\w+)", formula)
    return sum((evaluated(cells, cell) * (-1 if sign == "-" else 1) for sign, cell in parts), D(0))


def between(first, last):
    column, start, end_column, end = *split(first), *split(last)
    return [f"{letters(c)}{r}" for c in range(column, end_column + 1) for r in range(start, end + 1)]


def split(cell):
    letters_, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()
    number = 0
    for letter in letters_:
        number = number * 26 + ord(letter) - 64
    return number - 1, int(row)


def letters(column):
    name, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def test_every_formula_gives_what_the_books_say(plan):
    cells = sheet_of(made(plan))
    formulas = {at for at, (formula, _value) in cells.items() if formula}
    assert len(formulas) > 20
    for at in formulas:
        assert evaluated(cells, at) == D(cells[at][1]), (at, cells[at])
    last = max(split(at)[1] for at in formulas)
    assert evaluated(cells, f"{letters(TOTAL)}{last}") == D("4000.01")
    assert evaluated(cells, f"{letters(AVAILABLE)}{last}") == D("3910.01")
    first = HEAD + 2
    assert {cells[f"{letters(column)}{first}"][0] is not None for column in (TOTAL, MARKETING, AVAILABLE, AGAINST)} == {
        True
    }
    assert cells[f"{letters(FIRST_MONTH)}{first}"][0] is None


def test_text_that_looks_like_a_formula_stays_text(plan):
    data = made(plan)
    assert not any("HYPERLINK" in (formula or "") for formula, _value in sheet_of(data).values())
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert "=HYPERLINK(1)" in [row[1] for row in rows]


def test_the_workbook_holds_variance_and_signatures(plan):
    book = CalamineWorkbook.from_filelike(io.BytesIO(made(plan)))
    assert len(book.sheet_names) == 3
    variance = book.get_sheet_by_index(1).to_python()
    assert [row[2] for row in variance if row[0] == "=HYPERLINK(1)"] == [90.0]
    signatures = book.get_sheet_by_index(2).to_python()
    paper = plan.versions.get(agreed_as=1).paper
    assert {row[3] for row in signatures if row[7] == paper.fingerprint} == {"marketing", "technology", "finance"}


def test_our_own_workbook_comes_back_unchanged_and_edited_it_changes_its_lines(cast, plan):
    intake = actions.bring_file(plan, cast.marketing_planner, SimpleUploadedFile("plan.xlsx", made(plan)))
    intake = actions.map_file(intake, cast.marketing_planner, trusted(intake.mapping))
    assert intake.counts["unchanged"] == 3, list(intake.rows.values_list("row", "outcome", "reason", "changes"))
    assert not {"new", "changed", "refused"} & intake.counts.keys()
    assert intake.totals["unchanged"] == "4000.01"


def test_the_agreed_budget_is_a_paper_with_both_signatures(cast, plan):
    said = facts(plan)
    version = said["versions"][0]
    assert version["fingerprint"] == plan.versions.get(agreed_as=1).paper.fingerprint
    assert {row[2] for row in version["seats"]} == {str(one) for one in (cast.cmo, cast.cio, cast.finance)}
    assert said["sums"]["rows"][-1][1:] == ["935.00", "3,065.01", "4,000.01"]
    assert len(said["head"]["hash"]) == 64
    assert agreed_document(plan).read(5) == b"%PDF-"


def test_nothing_is_printed_before_it_is_agreed(cast):
    with pytest.raises(Refused):
        agreed_document(make.budget(cast))
