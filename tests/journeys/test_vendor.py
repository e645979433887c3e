"""The vendor manager's morning: duplicates merged, one parted again, and the contract that renews itself stopped by
both sides before its opt-out date."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from planning.people.models import Member, Workspace
from planning.people.scope import scope, workspace_id
from planning.vendors import actions, contracts
from planning.vendors.merging.finding import look_for_twins
from planning.vendors.notice_dates import months_after

from .people import sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "anchorage"
PEOPLE = {"maya": ("Maya Lindgren", "marketing", "lead"), "daniel": ("Daniel Osei", "technology", "lead")}
NAMES = ("Northstack Hosting", "Northstack Hosting Services", "Palisade Security", "Palisade Securty")


@pytest.fixture
def house(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    with stack.database_here(), scope(workspace_id(SLUG)):
        place = Workspace.objects.get(slug=SLUG)
        daniel = Member.objects.of(place).get(user__email=f"daniel@{SLUG}.example")
        vendors = [actions.register(daniel, name) for name in NAMES]
        ends_on = months_after(place.today(), 2)
        opt_out = place.today() + timedelta(days=12)
        contract = contracts.add_contract(
            vendors[0], daniel, title="Data platform", starts_on=months_after(ends_on, -12), term_months=12,
            renewal="tacit", renewal_months=12, notice_count=(ends_on - opt_out).days, notice_unit="days",
            value="312000", currency="GBP", seats_bought=200, seats_used=82,
        )  # fmt: skip
        look_for_twins(place)
    return *(sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in PEOPLE), contract, contract.notice_by


def test_the_vendor_managers_morning(house):
    maya, daniel, contract, opt_out = house
    duplicates_become_one(daniel)
    both_stop_the_contract(maya, daniel, contract, opt_out)


def duplicates_become_one(daniel):
    daniel.goes("vendors/duplicates/")
    daniel.sees("Palisade Securty")
    daniel.presses("Keep Palisade Security, merge Palisade Securty into it")
    daniel.sees("Merged into it", "Palisade Securty")
    daniel.goes("vendors/duplicates/")
    daniel.presses("Keep Northstack Hosting Services, merge Northstack Hosting into it")
    daniel.sees("Data platform", "1 contract")
    daniel.presses("Take back: Northstack Hosting")
    expect(daniel.page.locator("h1")).to_have_text("Northstack Hosting")
    daniel.sees("Data platform")


def both_stop_the_contract(maya, daniel, contract, opt_out):
    page = f"vendors/contracts/{contract.pk}/"
    daniel.goes(page)
    daniel.sees(f"Until {opt_out.day} {opt_out:%b %Y} it can be stopped", "41%")
    daniel.fills(use="Eighty-two of two hundred seats.")
    daniel.presses("Say it")
    daniel.sees("has not said yet")
    maya.goes(page)
    maya.fills(value="Less than it costs.")
    maya.presses("Say it")
    daniel.goes(page)
    daniel.sees("Less than it costs.")
    daniel.fills(note="Nobody needs the rest.")
    daniel.presses("Propose to stop it")
    daniel.presses("Approve for technology")
    maya.goes(page)
    maya.sees("Eighty-two of two hundred seats.", "Stop it")
    maya.presses("Approve for marketing")
    expect(maya.page.locator("#main")).not_to_contain_text("it can be stopped")
    maya.sees("Both sides stop it. Next:", "needs the notice by")
    maya.goes("vendors/contracts/")
    maya.sees("Nothing to draw yet", "Data platform", "Ends")  # no longer money that renews by itself
