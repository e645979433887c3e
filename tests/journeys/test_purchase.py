"""Jonas types a request that nothing can lose, both sides decide it, and it is ordered and received in parts."""

import pytest
from playwright.sync_api import expect

from planning.people.models import Member
from planning.people.scope import scope
from planning.people.scope import workspace_id as id_of
from tests.budgets import make as budgets

from .people import sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "ropewalk"
PEOPLE = {
    "maya": ("Maya Lindgren", "marketing", "lead"),
    "daniel": ("Daniel Osei", "technology", "lead"),
    "priya": ("Priya Raman", "finance", "lead"),
    "jonas": ("Jonas Weber", "marketing", "planner"),
}


class Cast:
    """The people of the workspace, as the builders of budgets call them."""

    def __init__(self):
        by_name = {one.name.split()[0]: one for one in Member.objects.select_related("user", "workspace")}
        self.cmo, self.cio, self.finance = by_name["Maya"], by_name["Daniel"], by_name["Priya"]
        self.marketing_planner, self.workspace = by_name["Jonas"], self.cmo.workspace


def test_a_purchase_from_the_first_word_to_the_last_delivery(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    with stack.database_here(), scope(id_of(SLUG)):
        budgets.agreed_line(Cast(), "9000.00", side="joint", shares={"marketing": "60", "technology": "40"})
    jonas, maya, daniel = (sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in ("jonas", "maya", "daniel"))

    form = jonas.goes("purchases/new/")
    jonas.fills(title="Personalisation tool", vendor="Mirrorleaf", amount="4,800")
    form.locator("[name=line]").first.select_option(label="Web shop")
    expect(form.locator("#panel")).to_contain_text("2,880.00")
    expect(form.locator("[data-kept]")).to_contain_text("Saved as a draft")
    form.context.set_offline(True)
    jonas.fills(reason="Shows returning visitors what goes together")
    expect(form.locator("[data-kept]")).to_contain_text("kept on this device")
    form.context.set_offline(False)
    form.reload()
    expect(form.locator("[name=vendor]")).to_have_value("Mirrorleaf")
    expect(form.locator("[name=reason]")).to_have_value("Shows returning visitors what goes together")
    jonas.fills(data_class="none")
    jonas.presses("Send for approval")
    jonas.sees("waiting for approval", "Maya Lindgren")

    daniel.goes("purchases/waiting/")
    daniel.follows("Personalisation tool")
    daniel.page.locator("summary", has_text="on a condition").click()
    daniel.fills(condition="Sign the processing agreement", condition_due="2099-01-31")
    daniel.presses("Approve on this condition")
    daniel.sees("Sign the processing agreement")
    maya.goes("purchases/waiting/")
    maya.presses("Approve for")
    jonas.goes("purchases/")
    jonas.follows("Personalisation tool")
    jonas.presses("Ordered")
    jonas.page.locator("#order-number").fill("4500123")
    jonas.page.locator("#order-it button[type=submit]").click()
    jonas.sees("4500123")
    jonas.presses("Received")
    jonas.page.locator("#received").fill("1,800")
    jonas.page.locator("#receive-it button[type=submit]").click()
    jonas.sees("1,800.00 of 4,800.00 GBP")
