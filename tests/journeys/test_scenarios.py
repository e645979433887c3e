"""What if: two people think with copies of the plan, put one into a version, and nothing live moved before."""

import re

import pytest
from playwright.sync_api import expect

from .people import program, sign_in, workspace

SLUG = "saltmarsh"
PEOPLE = {
    "maya": ("Maya Lindgren", "marketing", "lead"),
    "daniel": ("Daniel Osei", "technology", "lead"),
}

pytestmark = pytest.mark.browser


@pytest.fixture
def house(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    ask = {key: program(stack, SLUG, key) for key in PEOPLE}
    budget = ask["maya"]("POST", "budgets", year=2031, name="Joint budget")["id"]
    for name, side, category, total in (
        ("Trade fairs", "marketing", "Events", "120000.00"),
        ("Web shop", "joint", "Web", "60000.01"),
    ):
        ask["maya"]("POST", f"budgets/{budget}/lines", name=name, side=side, category=category, total=total)
    version = ask["maya"]("POST", f"budgets/{budget}/proposal", note="")["version"]
    for one in ask.values():
        one("POST", f"budgets/{budget}/signatures", version=version, verdict="approve", note="")
    maya, daniel = (sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in PEOPLE)
    return maya, daniel, budget


def test_a_scenario_from_a_copy_to_a_version(house):
    maya, daniel, budget = house
    make(maya, budget, "Events cut")
    expect(maya.page.locator("#main")).to_contain_text("The plan as it is")
    maya.follows("Change it")
    maya.fills(direction="down", percent="10", span="0-11")
    maya.page.locator("[name=category]").select_option(label="Events")
    maya.presses("See what it does")
    maya.sees("What it does to 1 line", "-12,000.00")
    maya.presses("Take this step")
    maya.sees("Cut by 10 % · Events · the whole year", "108,000.00")
    make(daniel, budget, "Shop up")
    daniel.page.goto(f"{daniel.page.url}steps/new/?kind=amount")
    daniel.fills(direction="up", amount="0.01", span="0-11")
    daniel.page.locator("[name=line]").select_option(label="Web shop")
    daniel.presses("See what it does")
    daniel.presses("Take this step")
    compares(daniel, budget)
    maya.presses("Put into a version")
    maya.page.get_by_role("button", name="Put into the draft").click()
    maya.sees("Version 2", "draft", "120,000.00", "108,000.00")
    daniel.goes(f"budgets/{budget}/")
    daniel.sees("Version 2 is being drafted: 1 line changed")
    daniel.goes(f"budgets/{budget}/scenarios/comparison/")
    expect(daniel.page.locator("tfoot")).to_contain_text("180,000.01")


def make(person, budget, name):
    person.goes(f"budgets/{budget}/scenarios/")
    person.fills(name=name)
    person.presses("Make the scenario")
    person.page.wait_for_url(re.compile(r"/scenarios/\d+/$"))


def compares(daniel, budget):
    daniel.goes(f"budgets/{budget}/scenarios/")
    daniel.follows("Compare")
    for words in ("Side", "Category", "Month", "Lines that differ"):
        daniel.page.get_by_label("Grouped by").get_by_role("link", name=words, exact=True).click()
        expect(daniel.page.locator("tfoot")).to_contain_text("180,000.01")
        expect(daniel.page.locator("tfoot")).to_contain_text("168,000.01")
    daniel.sees("Trade fairs", "Events cut", "Shop up", "60,000.02")
    expect(daniel.page.locator(".picture").first).to_be_visible()
