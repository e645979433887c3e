"""What a department paid of joint invoices beyond its share; and the flow of money adds up to what was posted."""

from datetime import date
from decimal import Decimal as D

import pytest

from planning.budgets import actions as budget_actions
from planning.budgets.models import Accrual, Cell
from planning.spend import assigning
from planning.spend.models import Entry, Kind
from planning.spend.money_flow import money_flow
from planning.spend.recharge import joint_entries, recharge, to_recharge
from tests.budgets import make as budgets

from . import make

DAY = "2026-05-14"


def made_for_all(cast):
    """A joint line of 60/40 and one line of each side alone, with a ledger of both departments on them."""
    plan = budgets.budget(cast, year=2027)
    joint = {"marketing": 60, "technology": 40}
    plan.named = {
        "shop": budgets.line(cast, plan, "shop", "120000.00", side="joint", shares=joint),
        "ads": budgets.line(cast, plan, "ads", "60000.00", side="marketing"),
        "hosting": budgets.line(cast, plan, "hosting", "60000.00", side="technology"),
    }
    budgets.agree(cast, plan)
    plan.workspace = cast.workspace
    bring(plan, cast, [
        ("ads", "1000.00", "Brand", "A-1"), ("hosting", "2000.00", "Platform", "H-1"),
        ("shop", "100.05", "Brand", "S-1"), ("shop", "50.00", "Platform", "S-2"), ("shop", "7.00", "Legal", "S-3"),
    ])  # fmt: skip
    return plan


@pytest.fixture
def plan(made):
    return made


def bring(plan, cast, rows, kind="invoice"):
    """Each row (line, amount, department, document) posted on its line."""
    file = make.ledger(
        *(make.row(amount, line, document, DAY, department) for line, amount, department, document in rows)
    )
    batch = make.brought(cast.finance, file)
    if kind != "invoice":
        Entry.objects.filter(batch=batch).update(kind=kind)
    for line, amount, _department, document in rows:
        entry = Entry.objects.get(batch=batch, document=document, amount=D(amount))
        assigning.assign(cast.finance, plan.named[line], [entry.pk])


def test_the_payer_of_a_joint_invoice_gets_back_what_was_beyond_its_share(plan):
    entries = joint_entries(plan.workspace, 2027)
    rows = {one.document: (one.payer, one.share, one.beyond) for one in to_recharge(entries)}
    assert rows == {
        "S-1": ("marketing", D("60.03"), D("40.02")),
        "S-2": ("technology", D("20.00"), D("30.00")),
    }, "lines of one side alone are nobody else's, and whose money “Legal” is nobody knows"
    sums = recharge(entries)
    assert (sums.beyond, sums.unknown) == ({"marketing": D("40.02"), "technology": D("30.00")}, D("7.00"))
    assert (sums.debtor, sums.owed) == ("technology", D("10.02"))


def test_internal_rows_settle_it_and_net_to_zero(plan, inside):
    bring(plan, inside, [("shop", "-10.02", "Brand", "R-1"), ("shop", "10.02", "Platform", "R-1b")], Kind.INTERNAL)
    sums = recharge(joint_entries(plan.workspace, 2027))
    assert (sums.internal_sum, sums.owed, sums.debtor) == (D(0), D(0), "")


def test_the_flow_adds_up_to_what_is_posted_on_both_sides(plan):
    streams = money_flow(plan.workspace, 2027).streams
    for side in ("marketing", "technology"):
        posted = sum(Cell.objects.filter(side=side).values_list("actual", flat=True), D(0))
        assert sum(one.amount for one in streams if one.tone == side) == posted


def test_the_ledger_saying_an_accrual_again_counts_it_once(plan, inside):
    month, shop = date(2026, 5, 1), plan.named["shop"]
    Accrual.objects.create(workspace=plan.workspace, line=shop, month=month, asked_at=plan.workspace.now())
    budget_actions.answer_accruals(plan, month, inside.finance, {shop.pk: ("500.00", "Design")})
    number = Accrual.objects.get().number
    again = make.ledger(make.row("500.00", "shop", number), make.row("20.00", "shop", "INV-9"))
    batch = make.brought(inside.finance, again)
    assert (batch.counts["duplicates"], batch.counts["accepted"]) == (1, 1)


def test_the_pages(cast, as_, plan):
    viewer = as_(cast.viewer)
    page = viewer.get("/acme/spend/recharge/2027/").content.decode()
    assert "Technology owes marketing" in page
    assert "40.02" in page
    assert "Brand" not in viewer.get("/acme/spend/months/2027/2/").content.decode()
    assert viewer.get("/acme/spend/flow/2027/").status_code == 200
    line = plan.named["shop"].pk
    shown = viewer.get(f"/acme/spend/entries/?line={line}&from=2026-05-01&through=2026-05-01&waits=posted")
    assert "157.05" in shown.content.decode(), "three invoices and their sum"
    none = viewer.get(f"/acme/spend/entries/?line={line}&from=2026-06-01&through=2026-07-01").content.decode()
    assert "S-1" not in none
