"""A spreadsheet comes in, one row is refused with its reason; the agreed budget goes out as workbook, CSV and paper."""

import csv
import io
import zipfile
from decimal import Decimal as D

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from .people import sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "lighthouse"
PEOPLE = {"maya": ("Maya Lindgren", "marketing", "lead"), "daniel": ("Daniel Osei", "technology", "lead")}
WISHES = """Harbour wishes;;;
Vorhaben;Bereich;Jahr;Wer
Online shop;Commerce;120.000,10;joint
Spring fairs;Events;24 thousand;marketing
Hosting;Commerce;48.000,00;IT
Total;;168.000,10;
"""


@pytest.fixture
def house(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    return [sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in PEOPLE]


def test_a_budget_comes_in_as_a_file_and_goes_out_agreed(house):
    maya, daniel = house
    maya.goes("budgets/new/")
    maya.fills(name="Joint plan")
    maya.presses("Begin")
    budget = maya.page.url
    what_columns_mean(maya)
    what_it_would_do(maya)
    version = both_agree(maya, daniel)
    maya.page.goto(budget)
    workbook = download(maya, "Download as spreadsheet")
    a_working_spreadsheet(workbook)
    the_same_as_csv(download(maya, "Download as CSV"))
    a_signed_paper(maya, download(maya, "The agreed budget as PDF"), version)
    it_changes_nothing_when_it_comes_back(maya, budget, workbook)


def brings(person, name, content):
    person.page.locator("[name=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    person.presses("Bring it")


def what_columns_mean(maya):
    maya.page.goto(f"{maya.page.url}imports/")
    brings(maya, "wishes.csv", WISHES.encode("cp1252"))
    maya.sees("How is this file read?", "Which column holds the category?")
    first_rows = maya.page.get_by_role("region", name="The first rows, as they would be read")
    says(maya, header_row="2")
    for field, column in (("column_category", "Bereich"), ("column_side", "Wer"), ("column_total", "Jahr")):
        says(maya, **{field: column})
    expect(first_rows).to_contain_text("“120.000,10” is not an amount in the style of this file.")
    says(maya, decimal=",")
    expect(first_rows).to_contain_text("120,000.10")
    maya.presses("Compare with the plan")


def says(person, **said):
    """One answer of the mapping; the rows below are read again by it."""
    with person.page.expect_response(lambda answer: "header_row" in answer.url):
        person.fills(**said)
        person.page.keyboard.press("Tab")


def what_it_would_do(maya):
    maya.sees("New lines", "168,000.10", "1 refused row has an amount that cannot be read")
    maya.sees("“24 thousand” is not an amount in the style of this file.", "A sum of other rows.", "Commerce")
    maya.presses("Take it into the draft")
    maya.sees("Taken into the draft by Maya Lindgren")


def both_agree(maya, daniel):
    maya.follows("To the budget")
    maya.follows("Propose")
    maya.presses("Propose to both keys")
    maya.presses("Approve for marketing")
    version = maya.page.url
    daniel.page.goto(version)
    daniel.sees("Online shop", "120,000.10")
    daniel.presses("Approve for technology")
    daniel.sees("agreed")
    return version


def download(person, words) -> bytes:
    if not person.page.get_by_role("link", name=words).is_visible():
        person.page.get_by_label("More", exact=True).first.click()
    with person.page.expect_download() as found:
        person.follows(words)
    return found.value.path().read_bytes()


def a_working_spreadsheet(data):
    plan = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    heads = next(row for row in plan if "Line" in row)
    lines = {row[heads.index("Line")]: row[heads.index("Total for the year")] for row in plan[plan.index(heads) + 1 :]}
    assert (lines["Online shop"], lines["Hosting"], lines["Total"]) == (120000.10, 48000, 168000.10)
    assert "Spring fairs" not in lines
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUBTOTAL(9," in sheet
    assert 'state="frozen"' in sheet


def the_same_as_csv(data):
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {row["Line"]: D(row["Total for the year"]) for row in rows} == {
        "Online shop": D("120000.10"), "Hosting": D("48000.00"),
    }  # fmt: skip
    assert all(sum(D(row[month]) for month in row if month[:2] == "20") == D(row["Total for the year"]) for row in rows)


def a_signed_paper(maya, data, version):
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    maya.page.goto(version)
    fingerprint = maya.page.locator("[data-fingerprint], .fingerprint").first.get_attribute("title")
    assert fingerprint in text.replace("\n", "")
    for said in ("Joint plan", "168,000.10", "Maya Lindgren", "Daniel Osei", "Version 1"):
        assert said in text


def it_changes_nothing_when_it_comes_back(maya, budget, workbook):
    maya.page.goto(f"{budget}imports/")
    brings(maya, "budget.xlsx", workbook)
    maya.presses("Compare with the plan")
    maya.sees("Unchanged", "168,000.10")
    expect(maya.page.get_by_role("button", name="Take it into the draft")).to_be_hidden()
