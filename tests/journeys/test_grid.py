"""Two people plan in one sheet: type, move, paste, fill right, take back; who meets the other sees both amounts."""

import re

import pytest
from playwright.sync_api import expect

from .people import program, sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "tidemark"
PEOPLE = {"maya": ("Maya Lindgren", "marketing", "lead"), "daniel": ("Daniel Osei", "technology", "lead")}
LINES = [("Advertising", "marketing"), ("Agency", "marketing"), ("Hosting", "technology"), ("Security", "technology")]

CLIPBOARD = """([kind, text]) => {
    const clipboardData = new DataTransfer();
    if (text) clipboardData.setData("text/plain", text);
    const event = new ClipboardEvent(kind, { clipboardData, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
    return clipboardData.getData("text/plain");
}"""


class Sheet:
    """A person's grid, its cells found by line and month."""

    def __init__(self, person):
        self.page = person.page

    def cell(self, line, month):
        row = self.page.locator(".tabulator-row", has=self.page.get_by_role("link", name=line, exact=True))
        return row.locator(f"[tabulator-field=plan_{month}]")

    def presses(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def pastes(self, text):
        """What the browser does when somebody presses Ctrl+V with a block of a spreadsheet in the clipboard."""
        self.page.evaluate(CLIPBOARD, ["paste", text])

    def copies(self):
        return self.page.evaluate(CLIPBOARD, ["copy", ""])

    def is_saved(self, words="Saved at"):
        expect(self.page.get_by_role("status")).to_contain_text(words)

    def shows(self, line, *amounts, start=0):
        for month, amount in enumerate(amounts, start):
            expect(self.cell(line, month)).to_have_text(re.compile(rf"^{amount}$"))


@pytest.fixture
def house(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    ask = program(stack, SLUG, "maya")
    budget = ask("POST", "budgets", year=2031, name="The sheet")["id"]
    for name, side in LINES:
        ask("POST", f"budgets/{budget}/lines", name=name, side=side, category="Web", total="1200.00", spread="even")
    sheets = []
    for key in PEOPLE:
        person = sign_in(visit(), SLUG, key, PEOPLE[key][0])
        person.goes(f"budgets/{budget}/")
        sheets.append(Sheet(person))
    read = lambda: {line["name"]: line for line in ask("GET", f"budgets/{budget}/lines")["results"]}  # noqa: E731
    return *sheets, read


def test_two_people_in_one_sheet(house):
    maya, daniel, read = house
    typing_goes_right_and_down(maya)
    a_block_comes_from_a_spreadsheet(maya)
    it_fills_right_and_takes_back(maya)
    a_wrong_amount_says_why(maya)
    both_amounts_are_seen(maya, daniel)
    a_lost_connection_loses_nothing(daniel)
    what_the_other_put_there_appears(maya)
    lines = read()
    assert lines["Advertising"]["months"][:4] == ["110.00", "120.00", "4321.50", "100.00"]
    maya.shows("Agency", r"1\.00", r"2\.00")  # since one amount has decimals, all are written with them
    assert lines["Hosting"]["months"][:5] == ["5.00", "6.00", "7.00", "8.00", "100.00"]
    assert lines["Security"]["months"][9:] == ["21.00", "22.00", "100.00"]
    assert all(float(line["total"]) == sum(map(float, line["months"])) for line in lines.values())


def typing_goes_right_and_down(maya):
    maya.cell("Advertising", 0).click()
    maya.presses("1", "1", "0", "Tab", "1", "2", "0", "Enter")
    maya.shows("Advertising", "110", "120")
    maya.presses("Enter", "9", "9", "Escape")  # an edit that is left alone
    maya.is_saved()
    maya.shows("Agency", "100", "100")
    expect(maya.cell("Advertising", "year")).to_have_text("1,230")
    expect(maya.page.locator(".grid-total [tabulator-field=plan_year]")).to_have_text("4,830")


def a_block_comes_from_a_spreadsheet(maya):
    maya.cell("Agency", 0).click()
    maya.pastes("1\t2\t3\t4\r\n5\t6\t7\t8\r\n9\t10\t1,011.00\t12\r\n")  # its lines lie in two groups
    maya.shows("Agency", "1", "2", "3", "4", "100")
    maya.shows("Hosting", "5", "6", "7", "8", "100")
    maya.shows("Security", "9", "10", "1,011", "12", "100")
    maya.is_saved()
    maya.cell("Hosting", 1).click()
    maya.presses("Shift+ArrowRight", "Shift+ArrowDown")
    assert maya.copies() == "6\t7\n10\t1011"


def it_fills_right_and_takes_back(maya):
    maya.cell("Security", 3).click()
    maya.presses("Shift+ArrowRight", "Shift+ArrowRight", "Control+r")
    maya.shows("Security", "12", "12", "12", "100", start=3)
    maya.presses("Control+z")
    maya.is_saved("Undone")
    maya.shows("Security", "12", "100", "100", "100", start=3)
    maya.page.get_by_role("button", name="Redo").click()
    maya.shows("Security", "12", "12", "12", "100", start=3)
    maya.is_saved()


def a_wrong_amount_says_why(maya):
    maya.cell("Security", 8).click()
    maya.presses("Delete")
    maya.shows("Security", "0", start=8)
    maya.page.keyboard.type("lots")
    maya.presses("Enter")
    issues = maya.page.get_by_role("region", name="To settle")
    expect(issues).to_contain_text("Security · ")
    expect(issues).to_contain_text("“lots” is not an amount")
    issues.get_by_role("button", name="Leave it").click()
    expect(issues).to_be_hidden()


def both_amounts_are_seen(maya, daniel):
    """Daniel's page is older than everything Maya typed."""
    daniel.cell("Advertising", 0).click()
    daniel.presses("7", "7", "7", "Enter")
    issues = daniel.page.get_by_role("region", name="To settle")
    expect(issues).to_contain_text(re.compile("you typed 777, but Maya Lindgren has put 110 there at"))
    expect(daniel.cell("Advertising", 0)).to_have_text(re.compile("777.*110"))
    issues.get_by_role("button", name="Keep 110").click()
    daniel.shows("Advertising", "110", "120")
    daniel.cell("Advertising", 2).click()
    daniel.presses("4", "Enter")
    daniel.is_saved()
    maya.cell("Advertising", 2).click()
    maya.page.keyboard.type("4321.5")
    maya.presses("Tab")
    issues = maya.page.get_by_role("region", name="To settle")
    issues.get_by_role("button", name="Put 4,321.50").click()
    maya.is_saved()
    expect(issues).to_be_hidden()


def a_lost_connection_loses_nothing(daniel):
    """What is typed meanwhile waits, also a second block, and goes once the net is back."""
    daniel.page.context.set_offline(True)
    daniel.cell("Security", 9).click()
    daniel.presses("2", "1", "Tab", "2", "2", "Enter")
    daniel.is_saved("No connection. 2 not saved yet; trying again.")
    daniel.shows("Security", r"21(\.00)?", r"22(\.00)?", start=9)  # Maya's decimals may have come before the net went
    daniel.page.context.set_offline(False)
    daniel.is_saved()


def what_the_other_put_there_appears(maya):
    """Without loading the page again: asked every ten seconds, and at once when she comes back to her window."""
    maya.page.evaluate("window.dispatchEvent(new Event('focus'))")
    maya.shows("Security", r"21\.00", r"22\.00", start=9)
    maya.is_saved("2 changed by others at")
