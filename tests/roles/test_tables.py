"""Tables as people paste them."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.files import File

from planning.roles.letters import after, clean_letters
from planning.roles.tables.cells import sheets_in, sheets_of
from planning.roles.tables.layout import proposed
from planning.roles.tables.rows import read
from planning.shared.refusals import Refused

MARKDOWN = """
# Key
| letter | means |
|---|---|
| R | does |

| Activity / Deliverable | Product Manager | DevOps |
|:---|:---:|---|
| **Initiation** |
| Define metrics | A/R | C |
| Ship it | C | A/R |
"""
HTML = "<table><tr><td>Deliverable</td><td>Channel Team</td></tr><tr><td>Rate\n cards</td><td>A,\n R</td></tr></table>"


def read_text(text):
    sheets = sheets_of(text)
    return read(sheets, proposed(sheets, {}), "EUR", {})


def letters(text):
    return {row.name: row.letters for row in read_text(text).rows}


def test_markdown_with_areas_and_a_legend_above():
    assert letters(MARKDOWN) == {
        "Define metrics": {"Product Manager": "AR", "DevOps": "C"},
        "Ship it": {"Product Manager": "C", "DevOps": "AR"},
    }
    assert {row.area for row in read_text(MARKDOWN).rows} == {"Initiation"}


def test_html():
    assert letters(HTML) == {"Rate cards": {"Channel Team": "AR"}}


@pytest.mark.parametrize("delimiter", ["\t", ";", ","])
def test_cells_from_a_spreadsheet(delimiter):
    text = "\n".join(
        delimiter.join(row)
        for row in [["Work", "joint", "from", "CMO", "CIO"], ["Buy", "yes", "2500", "a", "g"], ["", "", "", "", ""]]
    )
    (row,) = read_text(text).rows
    assert (row.joint, str(row.low), row.letters) == (True, "2500.00", {"CMO": "A", "CIO": "G"})


@pytest.mark.parametrize("text", ["", "  ", "\n\t\n"])
def test_what_is_no_table_is_refused(text):
    with pytest.raises(Refused):
        sheets_of(text)


def test_a_row_that_cannot_be_read_names_its_place_and_stops_nothing():
    table = read_text("Work\tCMO\tCIO\nBuy\tA\tZ\n\nSell\tA\tR\nsell\tA\tR\n\tA\tC")
    assert [row.name for row in table.rows] == ["Sell"]
    assert [(number, column) for number, column, _why in table.refused] == [(2, "CIO"), (5, "Work"), (6, "Work")]


def test_teams_down_and_activities_across_are_turned():
    table = read_text("\tPlan\tRun\nCampaign team\tAccountable\tAccountable\nCloud team\tConsulted\tInformed")
    assert table.roles == {"Campaign team": "marketing", "Cloud team": "technology"}
    assert {row.name: row.letters for row in table.rows} == {
        "Plan": {"Campaign team": "A", "Cloud team": "C"}, "Run": {"Campaign team": "A", "Cloud team": "I"},
    }  # fmt: skip


# ── The real ones ────────────────────────────────────────────────────────────────────────────────────────────────────
FIELD = Path(__file__).parents[1] / "data" / "raci"
KNOWN = json.loads((FIELD / "expected.json").read_text())


def read_file(name, sheet=None):
    with (FIELD / name).open("rb") as file:
        sheets = sheets_in(File(file, name))
    at = None if sheet is None else [one for one, _rows in sheets].index(sheet)
    return read(sheets, proposed(sheets, {}, at), "EUR", {})


def test_a_markdown_matrix_of_the_field():
    table = read_file("octoacme_raci_matrix.md")
    known = KNOWN["octoacme_raci_matrix.md"]
    assert (len(table.rows), table.refused) == (known["task_rows"], [])
    accountable = {row.name: sum("A" in letters for letters in row.letters.values()) for row in table.rows}
    assert [[name, count] for name, count in accountable.items() if count != 1] == known["accountable_not_exactly_one"]
    assert {row.area for row in table.rows} >= {"Project Initiation", "Retrospective & Improvement"}


def test_an_html_matrix_of_the_field():
    table = read_file("gitlab_channel_raci_msa.md")
    known = KNOWN["gitlab_channel_raci_msa.md"]
    assert (len(table.rows), table.refused) == (known["rows"], [])
    for name, *cells in known["cells"]:
        letters = next(row.letters for row in table.rows if row.name == name)
        assert list(letters.values()) == ["".join(x for x in "ARGCI" if x in cell) for cell in cells]
    assert table.rows[-1].letters == {"Channel Team": "R", "Professional Services": "AR"}  # a remark in the cell


@pytest.mark.parametrize(
    ("sheet", "activities", "refused"),
    [("MVP Best Practice", 8, 0), ("Fully-staffed Best Practice", 8, 0), ("Example Fully staffed BP", 8, 1)],
)
def test_a_workbook_of_the_field(sheet, activities, refused):
    table = read_file("microsoft_caf_raci_template.xlsx", sheet)
    assert (len(table.rows), len(table.refused)) == (activities, refused)
    counts = Counter(letter for row in table.rows for letters in row.letters.values() for letter in letters)
    words = {"A": "Accountable", "R": "Responsible", "C": "Consulted", "I": "Informed"}
    said = {words[letter]: count for letter, count in counts.items()}
    assert said == KNOWN["microsoft_caf_raci_template.xlsx"][sheet][2]


def test_a_click_goes_round():
    seen, letters = [], ""
    for _ in range(7):
        letters = after(letters)
        seen.append(letters)
    assert seen == ["R", "A", "AR", "G", "C", "I", ""]
    assert after("AC") == ""


@pytest.mark.parametrize(("text", "letters"), [("r, a", "AR"), (" C/I ", "CI"), ("", ""), ("–", ""), (None, "")])
def test_letters_are_kept_in_one_order(text, letters):
    assert clean_letters(text) == letters
