"""The stop guards promises: exact, whole, safe when many ask at once, and held by Postgres."""

import uuid
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction

from planning.budgets import postings, promises
from planning.budgets.availability import availability
from planning.budgets.models import Hold, Movement
from planning.shared.refusals import Refused

from . import make

CAUSE = "purchases.purchase:1"


def ask(cast, line, amount, claim=None):
    claim = claim or uuid.uuid4()
    promises.reserve(claim, [(line, line.budget.months[0], D(amount))], cast.marketing_planner, CAUSE)
    return claim


def made_for_all(cast):
    """Agreed: a line of marketing and one that both pay for, of 1000.00 each."""
    plan = make.budget(cast)
    plan.alone, plan.joint = (
        make.line(cast, plan, total="1000.00"),
        make.line(cast, plan, "Both", "1000.00", side="joint"),
    )
    make.agree(cast, plan)
    return plan


@pytest.fixture
def line(made):
    return made.alone


@pytest.fixture
def joint(made):
    return made.joint


def test_equal_passes_and_one_cent_more_does_not(inside, line):
    ask(inside, line, "999.99")
    with pytest.raises(promises.Shortfall) as refusal:
        ask(inside, line, "0.02")
    assert str(refusal.value) == "“Web shop” is short by 0.01 GBP for Marketing."
    ask(inside, line, "0.01")
    assert make.standing(line) == {"plan": D(1000), "reserved": D(1000)}


def test_several_lines_are_held_all_or_none(inside):
    plan = make.budget(inside)
    wide, narrow = make.line(inside, plan, "Wide", "1000.00"), make.line(inside, plan, "Narrow", "10.00")
    make.agree(inside, plan)
    month = plan.months[3]
    with pytest.raises(promises.Shortfall, match="“Narrow” is short by 10.00 GBP for Marketing"):
        promises.reserve(uuid.uuid4(), [(wide, month, D(100)), (narrow, month, D(20))], inside.marketing_planner, CAUSE)
    assert make.standing(wide) == {"plan": D(1000), "available": D(1000)}
    assert not Hold.objects.exists()


def test_a_joint_line_holds_both_shares_or_offers_another_split(inside):
    line = make.agreed_line(inside, "1000.00", side="joint", shares={"marketing": 20, "technology": 80})
    with pytest.raises(promises.Shortfall) as refusal:
        promises.reserve(uuid.uuid4(), [(line, line.budget.months[0], D("1000.05"))], inside.marketing_planner, CAUSE)
    assert {row["side"]: row["shortfall"] for row in refusal.value.shortfalls} == {
        "marketing": D("0.01"),
        "technology": D("0.04"),
    }
    postings.post_actuals(inside.workspace, [(line.pk, line.budget.months[0], D(500))], "spend.import:1", "1")
    Movement.objects.create(
        workspace=inside.workspace,
        line=line,
        side="marketing",
        month=line.budget.months[0],
        kind="actual",
        actual=D(60),
        cause="spend.import:2",
        cause_id="2",
        at=inside.workspace.now(),
    )
    with pytest.raises(promises.Shortfall) as refusal:
        ask(inside, line, "300.00")
    assert refusal.value.offer == {"marketing": D(40), "technology": D(260)}
    assert "short by 20.00 GBP for Marketing" in str(refusal.value)


def test_an_invoice_over_plan_posts_and_new_promises_stop(inside, line):
    claim = ask(inside, line, "400.00")
    postings.post_actuals(inside.workspace, [(line.pk, line.budget.months[0], D("900.00"))], "spend.import:1", "1")
    assert availability(line)["available"] == D("-300.00")
    promises.commit(claim, CAUSE)
    assert availability(line)["committed"] == D(400)
    with pytest.raises(promises.Shortfall):
        ask(inside, line, "0.01")
    postings.undo_actuals(inside.workspace, "spend.import:1", "1")
    assert make.standing(line) == {"plan": D(1000), "committed": D(400), "available": D(600)}


def test_undo_posts_even_on_a_line_that_is_over(inside, joint):
    claim, month = ask(inside, joint, "600.00"), joint.budget.months[0]
    promises.commit(claim, CAUSE)
    for number, amount in (("1", "350.01"), ("2", "2000.00")):
        promises.consume(claim, [(joint.pk, month, D(amount))], f"spend.import:{number}", number)
        postings.post_actuals(inside.workspace, [(joint.pk, month, D(amount))], f"spend.import:{number}", number)
    assert availability(joint)["committed"] == 0
    postings.undo_actuals(inside.workspace, "spend.import:2", "2")
    postings.undo_actuals(inside.workspace, "spend.import:1", "1")
    assert make.standing(joint) == {"plan": D(1000), "committed": D(600), "available": D(400)}


def test_what_is_booked_twice_is_refused(inside, line):
    rows = [(line.pk, line.budget.months[0], D(10))]
    postings.post_actuals(inside.workspace, rows, "spend.import:1", "1")
    with pytest.raises(Refused, match="booked already"):
        postings.post_actuals(inside.workspace, rows, "spend.import:1", "1")
    assert availability(line)["actual"] == D(10)


def test_money_is_in_one_state_at_a_time(inside, joint):
    claim, month = ask(inside, joint, "300.01"), joint.budget.months[0]
    assert make.standing(joint) == {"plan": D(1000), "reserved": D("300.01"), "available": D("699.99")}
    assert promises.commit(claim, CAUSE) == D("300.01")
    assert make.standing(joint) == {"plan": D(1000), "committed": D("300.01"), "available": D("699.99")}
    assert promises.consume(claim, [(joint.pk, month, D(100))], "spend.import:1", "1") == D(100)
    postings.post_actuals(inside.workspace, [(joint.pk, month, D(100))], "spend.import:1", "1")
    assert make.standing(joint) == {
        "plan": D(1000),
        "committed": D("200.01"),
        "actual": D(100),
        "available": D("699.99"),
    }
    assert promises.release(claim, CAUSE) == D("200.01")
    assert promises.release(claim, CAUSE) == 0
    assert make.standing(joint) == {"plan": D(1000), "actual": D(100), "available": D(900)}


def test_a_draft_takes_no_promises(inside):
    line = make.line(inside, make.budget(inside))
    with pytest.raises(Refused, match="not an agreed, open line"):
        ask(inside, line, "1.00")


def test_months_after_the_year_are_forward_promises_and_touch_no_balance(inside, line):
    claim = uuid.uuid4()
    after = line.budget.months[-1].replace(year=line.budget.months[-1].year + 1)
    promises.reserve(claim, [(line, after, D(5000))], inside.marketing_planner, CAUSE)
    assert promises.held(claim)["forward"] == D(5000)
    assert make.standing(line) == {"plan": D(1000), "available": D(1000)}


@pytest.mark.parametrize("sql", [
    "UPDATE budgets_balance SET plan = plan + 1000000",
    "INSERT INTO budgets_balance (workspace_id, line_id, side, plan, transferred, reserved, committed, actual) "
    "SELECT workspace_id, line_id, 'technology', 9, 0, 0, 0, 0 FROM budgets_balance",
    "DELETE FROM budgets_cell",
    "UPDATE budgets_movement SET plan = 0",
    "DELETE FROM budgets_movement",
])  # fmt: skip
@pytest.mark.usefixtures("made")
def test_the_web_role_writes_neither_balances_nor_the_past(sql):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
