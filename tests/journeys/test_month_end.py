"""A month is closed by those who do it: owners are asked, finance ties out, a variance is explained and answered."""

from datetime import UTC, datetime, timedelta

import pytest

from .people import program, sign_in, workspace

SLUG = "moorings"
PEOPLE = {
    "maya": ("Maya Lindgren", "marketing", "lead"),
    "daniel": ("Daniel Osei", "technology", "lead"),
    "priya": ("Priya Raman", "finance", "lead"),
}
LAST = datetime.now(UTC).date().replace(day=1) - timedelta(days=1)  # the month that ended last; years begin in April
YEAR = LAST.year + (LAST.month >= 4)
NUMBER = (LAST.month - 4) % 12 + 1

pytestmark = pytest.mark.browser


@pytest.fixture
def house(stack, visit):
    workspace(stack, SLUG, **PEOPLE)
    an_agreed_budget({key: program(stack, SLUG, key) for key in PEOPLE})
    return {key: sign_in(visit(), SLUG, key, PEOPLE[key][0]) for key in PEOPLE}


def an_agreed_budget(ask):
    budget = ask["maya"]("POST", "budgets", year=YEAR, name="Joint budget")["id"]
    for name, side, marketing in (("Web shop", "joint", "60"), ("Advertising", "marketing", "100")):
        shares = {"marketing": marketing, "technology": str(100 - int(marketing))}
        ask["maya"](
            "POST", f"budgets/{budget}/lines", name=name, side=side, category="Web", total="120000.00", spread="even",
            shares=shares,
        )  # fmt: skip
    version = ask["maya"]("POST", f"budgets/{budget}/proposal", note="The year")["version"]
    for one in ask.values():
        one("POST", f"budgets/{budget}/signatures", version=version, verdict="approve", note="")


def test_a_month_is_asked_about_tied_out_closed_and_explained(house):
    maya, daniel, priya = house.values()
    priya.goes("budgets/")
    priya.follows("Joint budget")
    priya.follows("Variance")
    priya.follows("Month-end")
    priya.page.goto(f"{priya.page.url}?month={NUMBER}")
    here = priya.page.url
    priya.sees("Ask the owners what was delivered and not billed")
    priya.presses("Ask the owners")
    what_was_delivered(maya)
    shut_and_tied_out(priya, here)
    why(maya, daniel, priya, here)


def what_was_delivered(maya):
    maya.goes()
    maya.follows("What was delivered in")
    maya.page.get_by_label("Delivered on Web shop", exact=True).fill("1,250.00")
    maya.page.get_by_label("What was delivered on Web shop").fill("The checkout, tested")
    maya.page.get_by_label("Delivered on Advertising", exact=True).fill("0")
    maya.presses("Answer")
    maya.sees("ACC-", "The checkout, tested", "1,250.00")


def shut_and_tied_out(priya, here):
    priya.page.goto(here)
    priya.sees("2 of 2 lines answered", "Every row of this month is posted.")
    priya.presses("Soft-close")
    for total, difference in (("1200.00", "-50.00"), ("1250.00", "0.00")):
        priya.page.get_by_label("The ledger's total for the month").fill(total)
        priya.presses("Compare")
        priya.sees("Difference", difference)
    priya.presses("Close the month")
    priya.sees("closed", "Ask why lines are away from plan")


def why(maya, daniel, priya, here):
    priya.presses("Ask why")
    priya.sees("explanations are missing")
    maya.goes()
    maya.follows("Why is “Advertising” away from plan?")
    maya.fills(cause="timing", text="The campaign starts with the new catalogue.")
    maya.presses("Explain it")
    daniel.page.goto(maya.page.url)
    daniel.sees("The campaign starts with the new catalogue.")
    daniel.fills(comment="The shop is ready for it in week three.")
    daniel.presses("Comment for the other side")
    maya.page.reload()
    maya.sees("timing", "The shop is ready for it in week three.")
    priya.page.goto(here)
    priya.sees("1 of 2 explained")
