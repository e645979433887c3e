"""A ledger comes in, is read as a person confirms, placed by keyboard; what nobody approved is found and decided."""

import csv
import io

import pytest
from playwright.sync_api import expect

from .people import program, sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "lightship"
PEOPLE = {"maya": ("Maya Lindgren", "marketing", "lead"), "daniel": ("Daniel Osei", "technology", "lead")}
HEADER = ["Paid date", "Supplier name", "Document", "Net amount", "Expense type", "Department"]
FIRST = [
    ["03/02/2031", "Cloudy Ltd", "C-1", "900.00", "Software", "Brand"],
    ["04/02/2031", "CLOUDY LIMITED", "C-2", "90.00", "Software", "Brand"],
    ["05/02/2031", "Fairground", "F-1", "500.00", "Events", "Brand"],
]
SECOND = [["06/03/2031", "Cloudy", "C-3", "-10.00", "Software", "Brand"]]


def file(name, rows):
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    return {"name": name, "mimeType": "text/csv", "buffer": text.getvalue().encode()}


@pytest.fixture
def daniel(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    ask = {key: program(stack, SLUG, key) for key in PEOPLE}
    budget = ask["maya"]("POST", "budgets", year=2031, name="Joint plan")["id"]
    for name, side in (("Hosting", "technology"), ("Fairs", "marketing")):
        ask["maya"]("POST", f"budgets/{budget}/lines", name=name, side=side, category="Web", total="12000.00")
    ask["maya"]("POST", f"budgets/{budget}/proposal")
    for one in ask.values():
        one("POST", f"budgets/{budget}/signatures", version=1, verdict="approve")
    return sign_in(visit(), SLUG, "daniel", "Daniel Osei")


def test_a_ledger_from_the_file_to_the_decision(daniel):
    the_reading_is_confirmed_once(daniel)
    the_queue_is_worked_by_keyboard(daniel)
    the_next_file_runs_by_itself(daniel)
    what_nobody_approved_is_decided(daniel)


def brings(person, name, rows):
    person.goes("spend/")
    person.page.locator("[name=file]").set_input_files(file(name, rows))
    person.presses("Bring it")


def the_reading_is_confirmed_once(daniel):
    brings(daniel, "cards 2031-02.csv", FIRST)
    daniel.sees("In which order do the dates give day and month?")
    what_is_typed_meanwhile_stays(daniel.page)
    # the form is another one once the answer is there: a click in between would be lost
    expect(daniel.page.locator("#main")).not_to_contain_text("In which order")
    daniel.sees("3 Feb 2031")
    daniel.presses("Confirm and import")
    expect(daniel.page.locator("#main")).to_contain_text("to the penny", timeout=20_000, ignore_case=True)
    daniel.sees("1,490.00")


def what_is_typed_meanwhile_stays(page):
    """The answer to the date's style comes while the source is typed: it does not take the words away."""
    late = []
    page.route("**/imports/*/?*", lambda route: late.append(route))  # Playwright marks the function it is given
    source = page.locator("[name=source]")
    with page.expect_request("**/imports/*/?*"):
        page.locator("[name=date_format]").select_option("dd/mm/yyyy")
    said = source.input_value()
    source.press("End")
    source.press_sequentially(" of Leith")
    with page.expect_event("requestfinished"):
        late[0].continue_()
    page.unroute("**/imports/*/?*")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    expect(source).to_have_value(f"{said} of Leith")
    source.fill(said)
    source.press("Tab")


def the_queue_is_worked_by_keyboard(daniel):
    daniel.goes("spend/unmatched/")
    press, rows = daniel.page.keyboard.press, daniel.page.locator(".queue > li")
    expect(rows).to_have_count(2)
    for key in ("j", "a", "l"):
        press(key)
    daniel.page.keyboard.type("Hosting")
    press("Enter")
    expect(rows).to_have_count(1)
    expect(rows.first).to_be_focused()
    daniel.sees("Fairground")


def the_next_file_runs_by_itself(daniel):
    brings(daniel, "cards 2031-03.csv", SECOND)
    expect(daniel.page.locator("#main")).to_contain_text("to the penny", timeout=20_000, ignore_case=True)
    daniel.sees("-10.00", "1 of 1 accepted row is an actual of a budget line")


def what_nobody_approved_is_decided(daniel):
    daniel.goes("spend/bypass/?from=2031-01-01&to=2031-12-31")
    daniel.sees("100.0%", "980.00", "Cloudy")
    daniel.follows("Cloudy")
    daniel.sees("980.00", "C-1", "C-3")
    daniel.follows("Cloudy")
    daniel.page.locator("#amnesty summary").click()
    daniel.fills(owner="Daniel Osei", decide_by="2099-01-01")
    daniel.presses("Open it")
    daniel.sees("in review", "back-dated", "980.00")
    daniel.fills(state="stopped", reason="We have one already")
    daniel.presses("Decide")
    daniel.sees("stopped", "We have one already")
