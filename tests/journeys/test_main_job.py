"""The product's main job, done by three people in three browsers at once, on a real ledger."""

import re
import time
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from planning.notices.models import Reminder
from planning.people.models import User
from planning.people.scope import scope, workspace_id

from .people import program, sign_in, workspace

LEDGER = Path(__file__).parent.parent / "data" / "cabinetoffice-2020-06.csv"
LEDGER_TOTAL, LEDGER_ROWS = "138,818,776.73", "633"
SLUG = "quayside"
PEOPLE = {
    "maya": ("Maya Lindgren", "marketing", "lead"),
    "daniel": ("Daniel Osei", "technology", "lead"),
    "priya": ("Priya Raman", "finance", "lead"),
    "jonas": ("Jonas Weber", "marketing", "planner"),
}
BIGGEST = "PENLON LTD"

pytestmark = pytest.mark.browser


@pytest.fixture
def house(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    return {key: sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in PEOPLE}


def test_the_main_job(house, stack):
    maya, daniel, priya, jonas = house.values()
    moves(stack, daniel, to_where_it_is=1)  # so that no digest goes to him before there is what it is to tell
    a_joint_budget_is_agreed(maya, daniel, priya)
    a_real_ledger_ties_out_to_the_penny(maya, stack)
    a_purchase_is_reserved_then_committed(jonas, maya, daniel)
    an_overspend_is_refused(jonas)
    a_kpi_is_agreed_and_measured(maya, daniel)
    a_matrix_is_agreed(maya, daniel, priya)
    a_review_ends_in_signed_minutes(maya, daniel)
    a_reminder_arrives_by_mail(stack, daniel)
    the_trail_holds(stack)


def moves(stack, person, to_where_it_is):
    """The person is where the clock shows that hour now."""
    west = (datetime.now(UTC).hour - to_where_it_is + 11) % 24 - 11
    with stack.database_here():
        User.objects.filter(email=person.email).update(timezone=f"Etc/GMT{west:+d}")


def a_joint_budget_is_agreed(maya, daniel, priya):
    maya.goes("budgets/new/")
    maya.fills(name="Joint budget")
    maya.presses("Begin")
    for name, side, marketing, total in (
        ("Web shop", "joint", "60", "120000.00"),
        ("Advertising", "marketing", "100", "40000.01"),
    ):
        maya.follows("Add a line")
        maya.fills(
            name=name,
            category="Web",
            side=side,
            total=total,
            marketing_share=marketing,
            technology_share=str(100 - int(marketing)),
        )
        maya.presses("Save the line")
        maya.page.wait_for_url(re.compile(r"/budgets/\d+/$|/budgets/lines/\d+/$"))
        maya.goes("budgets/")
        maya.follows("Joint budget")
    maya.follows("Propose")
    maya.presses("Propose to both keys")
    maya.presses("Approve for marketing")
    maya.sees("version 1")
    address = maya.page.url
    daniel.page.goto(address)
    fingerprint = daniel.page.locator(".fingerprint").first.get_attribute("title")
    assert re.fullmatch("[0-9a-f]{64}", fingerprint)
    daniel.presses("Approve for technology")
    priya.page.goto(address)
    priya.presses("Approve for finance")
    daniel.goes("budgets/")
    daniel.follows("Joint budget")
    daniel.sees("agreed", "160,000.01", "original budget", fingerprint[:12])


def a_real_ledger_ties_out_to_the_penny(maya, stack):
    """The ledger is of June 2020, so that year gets its budget too; through the API, which is the same actions."""
    ask = {key: program(stack, SLUG, key) for key in ("maya", "daniel", "priya")}
    budget = ask["maya"]("POST", "budgets", year=2021, name="The year of the ledger")["id"]
    ask["maya"](
        "POST",
        f"budgets/{budget}/lines",
        name="Medical",
        side="joint",
        category="Web",
        total="200000000.00",
        spread="even",
        shares={"marketing": "50", "technology": "50"},
    )
    version = ask["maya"]("POST", f"budgets/{budget}/proposal", note="for the ledger")["version"]
    for key in ask:
        ask[key]("POST", f"budgets/{budget}/signatures", version=version, verdict="approve", note="")
    maya.goes("spend/")
    maya.page.locator("[name=file]").set_input_files(LEDGER)
    maya.presses("Bring it")
    maya.presses("Confirm and import")
    expect(maya.page.locator("#main")).to_contain_text("to the penny", ignore_case=True, timeout=60_000)
    maya.sees(LEDGER_TOTAL, LEDGER_ROWS)
    maya.goes("spend/unmatched/")
    row = maya.page.locator(".queue > li").first
    medical = row.locator("option", has_text="Medical").get_attribute("value")
    row.locator("select").select_option(medical)
    with maya.page.expect_navigation():
        row.get_by_role("button", name="Place").click()
    line = ask["maya"]("GET", f"budgets/{budget}/lines")["results"][0]["id"]
    standing = ask["maya"]("GET", f"lines/{line}/availability")
    assert float(standing["actual"]) > 0
    for by in ("side", "category", "month"):
        maya.goes(f"budgets/{budget}/variance/?by={by}")
        expect(maya.page.locator("#main table").first).to_be_visible()
        expect(maya.page.locator(".picture").first).to_be_visible()


def ask_for(jonas, title, amount):
    jonas.goes("purchases/new/")
    jonas.fills(
        title=title,
        vendor="Tidewater Tools",
        amount=amount,
        category="Web",
        data_class="none",
        reason="For the web shop.",
    )
    jonas.page.locator("[name=line]").first.select_option(label="Web shop")
    jonas.fills(needed_by=date.today().isoformat())
    jonas.presses("Send for approval")


def a_purchase_is_reserved_then_committed(jonas, maya, daniel):
    ask_for(jonas, "Search for the web shop", "9000.00")
    jonas.sees("waiting for approval", "9,000.00")
    for person in (maya, daniel):
        person.goes()
        person.page.get_by_role("button", name="Approve “Search for the web shop").click()
        person.sees("Your key is turned")
    jonas.page.reload()
    jonas.sees("approved")
    jonas.goes("budgets/")
    jonas.follows("Joint budget")
    jonas.follows("Committed")
    jonas.sees("9,000.00")


def an_overspend_is_refused(jonas):
    ask_for(jonas, "Too much of it", "111000.01")
    expect(jonas.page.locator("#main")).to_contain_text(re.compile("short|available|left|more than"))
    jonas.goes("purchases/?state=submitted")
    expect(jonas.page.locator("#main")).not_to_contain_text("Too much of it")


def a_kpi_is_agreed_and_measured(maya, daniel):
    today = date.today()
    maya.goes("kpis/new")
    maya.fills(name="Web conversion", unit="%", baseline="2.0", baseline_on=(today - timedelta(days=60)).isoformat())
    maya.page.locator("[name=technology_owner]").select_option(label="Daniel Osei")
    maya.page.locator("[name='targets-0-on']").fill((today + timedelta(days=60)).isoformat())
    maya.page.locator("[name='targets-0-value']").fill("3.0")
    maya.page.locator("form.form-page button[type=submit], form button.btn-primary[type=submit]").last.click()
    maya.presses("Approve for marketing")
    daniel.page.goto(maya.page.url)
    daniel.presses("Approve for technology")
    maya.page.reload()
    maya.follows("Add reading")
    maya.fills(on=(today - timedelta(days=1)).isoformat(), value="2.5")
    maya.page.locator("form button.btn-primary[type=submit]").last.click()
    daniel.page.reload()
    daniel.presses("Confirm")
    daniel.sees("2.5", "on track")
    expect(daniel.page.locator(".picture").first).to_be_visible()


def a_matrix_is_agreed(maya, daniel, priya):
    maya.goes("roles/draft/starters")
    maya.presses("Take these into the draft")
    maya.sees("nobody")
    people = {"marketing": "Maya Lindgren", "technology": "Daniel Osei", "finance": "Priya Raman"}
    maya.goes("roles/holders")
    for address in maya.page.eval_on_selector_all(
        "a[href*='/roles/holders/']", "all => [...new Set(all.map(a => a.getAttribute('href')))]"
    ):
        maya.page.goto(address)
        offered = maya.page.locator("[name=holder] option").all_inner_texts()
        who = next(name for name in people.values() if name in offered)
        maya.page.locator("[name=holder]").select_option(label=who)
        maya.page.locator("[name=holder]").locator("xpath=ancestor::form").locator("button[type=submit]").click()
    maya.goes("roles/draft/proposal")
    maya.fills(comment="A start; the warnings are known to both of us.")
    maya.presses("Propose")
    maya.presses("Approve for marketing")
    daniel.page.goto(maya.page.url)
    daniel.presses("Approve for technology")
    daniel.sees("in force")


def a_review_ends_in_signed_minutes(maya, daniel):
    maya.goes("reviews/new")
    maya.fills(name="Quayside review", on=date.today().isoformat(), at="16:00")
    maya.page.locator("form button.btn-primary[type=submit]").last.click()
    maya.fills(label="Who answers for the autumn launch?")
    maya.presses("Put on")
    maya.presses("Open the review")
    address = maya.page.url
    daniel.page.goto(address)
    daniel.sees("On the table", "Who answers for the autumn launch?")
    while maya.page.locator("form.decide").count():
        maya.fills(text="We do it together.", due_on=(date.today() + timedelta(days=14)).isoformat())
        maya.page.locator("[name=owner]").select_option(label="Daniel Osei")
        maya.presses("Record it")
        maya.page.wait_for_load_state()
    daniel.sees("Everything is settled")  # his screen follows hers
    maya.presses("Close and write the minutes")
    maya.page.goto(address + "/minutes")
    maya.presses("Approve for marketing")
    daniel.page.goto(maya.page.url)
    daniel.presses("Approve for technology")
    daniel.sees("agreed")


def a_reminder_arrives_by_mail(stack, daniel):
    ask = program(stack, SLUG, "maya")
    vendor = ask("POST", "vendors", name="Lighthouse Data", aliases=[], data_class="personal")["id"]
    ask(
        "POST",
        f"vendors/{vendor}/contracts",
        title="Lighthouse platform",
        starts_on=(date.today() - timedelta(days=320)).isoformat(),
        term_months=12,
        renewal="tacit",
        renewal_months=12,
        notice={"count": 30, "unit": "days"},
        value="31200.00",
        currency="GBP",
    )
    # The digest goes out in the reader's own morning; where Daniel is, it is noon now.
    moves(stack, daniel, to_where_it_is=12)
    stack.runs("planning.vendors.tasks.watch_contracts")
    until(lambda: a_contract_waits_to_be_told(stack, daniel), "nothing was noticed")
    stack.runs("planning.desk.tasks.send_digests")
    until(lambda: any(daniel.email in letter.read_text() for letter in stack.mail), "no letter for Daniel")
    page = daniel.page
    page.goto("/mailbox/")
    page.locator("#main a", has_text="Quayside").filter(has_text=daniel.email).first.click()
    expect(page.locator("#main")).to_contain_text("Lighthouse platform")


def a_contract_waits_to_be_told(stack, person):
    with stack.database_here(), scope(workspace_id(SLUG)):
        return Reminder.objects.filter(member__user__email=person.email, subject__startswith="vendors.").exists()


def until(condition, otherwise):
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, otherwise
        time.sleep(0.2)


def the_trail_holds(stack):
    said = StringIO()
    with stack.database_here():
        call_command("verify_trail", SLUG, stdout=said)
    assert "hold" in said.getvalue()
