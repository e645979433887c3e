"""An agreed budget changes: down at once with both keys kept, up by both keys, and money across the aisle."""

import re

import pytest

from .people import program, sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "slipway"
PEOPLE = {"maya": ("Maya Lindgren", "marketing", "lead"), "daniel": ("Daniel Osei", "technology", "lead")}


@pytest.fixture
def house(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    ask, other = program(stack, SLUG, "maya"), program(stack, SLUG, "daniel")
    budget = ask("POST", "budgets", year=2031, name="Joint plan")["id"]
    lines = {}
    for name, side, total in (("Events", "marketing", "60000.00"), ("Hosting", "technology", "24000.00")):
        line = ask("POST", f"budgets/{budget}/lines", name=name, side=side, category="Web", total=total, spread="even")
        lines[name] = line["id"]
    ask("POST", f"budgets/{budget}/proposal")
    for who in (ask, other):
        who("POST", f"budgets/{budget}/signatures", version=1, verdict="approve")
    return *(sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in PEOPLE), f"budgets/{budget}/", lines


def test_an_agreed_budget_changes(house):
    maya, daniel, budget, lines = house
    down_keeps_both_keys(maya, budget, lines)
    up_asks_both_keys(maya, daniel, budget, lines)
    money_crosses_the_aisle(maya, daniel, budget)
    the_year_is_forecast_anew(maya, daniel, budget, lines)


def asks_for(person, line, total, sees):
    """The form says which keys before anything is saved."""
    person.goes(f"budgets/lines/{line}/change/")
    person.fills(total=total)
    person.page.keyboard.press("Tab")
    person.sees(sees)
    person.presses("Put into the next version")


def down_keeps_both_keys(maya, budget, lines):
    asks_for(maya, lines["Events"], "50000.00", "10,000.00 GBP goes to this side's unallocated line")
    maya.goes(f"{budget}proposal/")
    maya.sees("keys carried")
    maya.fills(reason="One fair less")
    maya.presses("Put in force")
    maya.sees("Version 2", "agreed", "carried from the version before, unaffected", "Unallocated, marketing")
    maya.goes(budget)
    maya.sees("version 2 in force")


def up_asks_both_keys(maya, daniel, budget, lines):
    asks_for(daniel, lines["Hosting"], "30000.00", "Its amount goes up")
    daniel.goes(f"{budget}proposal/")
    daniel.fills(reason="Peak traffic")
    daniel.presses("Propose to both keys")
    daniel.presses("Approve for technology")
    daniel.sees("waiting")
    maya.goes(f"{budget}versions/3/")
    maya.sees("Peak traffic", "24,000.00", "30,000.00")
    maya.presses("Approve for marketing")
    maya.sees("agreed")
    maya.goes(f"{budget}comparison/?from=1&to=3")
    maya.sees("From version 1 to version 3", "Events", "Hosting", "Unallocated, marketing")


def money_crosses_the_aisle(maya, daniel, budget):
    maya.goes(f"{budget}transfers/new/")
    maya.fills(giver="Unallocated, marketing", amount="4,000.00", taker="Hosting", reason="Checkout before peak")
    maya.presses("Move")
    maya.presses("Approve for marketing")
    transfer = re.search(r"budgets/transfers/\d+/", maya.page.url)[0]
    daniel.goes(transfer)
    daniel.sees("4,000.00", "Checkout before peak")
    daniel.presses("Approve for technology")
    daniel.sees("done")
    daniel.goes(budget)
    daniel.sees("34,000")


def the_year_is_forecast_anew(maya, daniel, budget, lines):
    daniel.goes(f"budgets/lines/{lines['Hosting']}/forecast/")
    daniel.fills(month_2031_03="9,000.00", note="A second region before peak")
    daniel.presses("Save the forecast")
    daniel.sees("A second region before peak")
    maya.goes(f"{budget}forecast/")
    maya.sees("Hosting", "typed month by month")
    maya.presses("Keep this forecast")
    maya.sees("Maya Lindgren")
