"""Finance keeps a rate and a limit, marketing plans a line in euros for three months and lays its offer beside it."""

import pytest
from playwright.sync_api import expect

from .people import program, sign_in, workspace

pytestmark = pytest.mark.browser

SLUG = "driftwood"
PEOPLE = {"maya": ("Maya Lindgren", "marketing", "lead"), "priya": ("Priya Raman", "finance", "lead")}
OFFER = {"name": "offer.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 three months of fairs"}


def test_a_line_in_another_currency_with_its_offer(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    ask = program(stack, SLUG, "maya")
    budget = ask("POST", "budgets", year=2032, name="The fairs")["id"]
    maya, priya = (sign_in(visit(), SLUG, key, name) for key, (name, _side, _role) in PEOPLE.items())

    priya.goes("calendar/rates")
    priya.fills(currency="EUR", rate="0.80", source="Plan rate")
    priya.presses("Add rate")
    priya.goes("budgets/limits/")
    priya.fills(evidence_from="50,000")
    priya.presses("Set the limits")
    priya.sees("set the limits")

    form = maya.goes(f"budgets/{budget}/lines/new/")
    for unasked in ("rate_day", "first_month", "month_0", "kpi_effect", "cost_centre"):
        expect(form.locator(f"[name={unasked}]")).to_be_hidden()
    maya.fills(name="Trade fairs", category="Trade fairs", side="marketing", currency="EUR", total="30,000")
    maya.fills(spread="from", first_month="2", last_month="4")
    expect(form.locator("[name=marketing_share]")).to_have_value("100")
    form.locator("details.line-more", has_text="cost centre").locator("summary").click()
    maya.fills(cost_centre="3100")
    maya.presses("Save the line")
    maya.page.wait_for_url(f"**/budgets/{budget}/")
    (line,) = ask("GET", f"budgets/{budget}/lines")["results"]
    maya.goes(f"budgets/lines/{line['id']}/")
    maya.sees("24,000.00", "30,000.00", "1 EUR = 0.8 GBP", "3100")

    maya.follows("Attach a file")
    maya.page.locator("[name=file]").set_input_files(OFFER)
    maya.presses("Attach")
    with maya.page.expect_download() as download:
        maya.follows("offer.pdf")
    assert download.value.suggested_filename == "offer.pdf"
