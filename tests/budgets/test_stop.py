"""The stop guards promises: exact, whole, safe when many ask at once, and held by Postgres."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal as D

import pytest
from django.db import DatabaseError, connection, transaction

from planning.budgets import postings, promises
from planning.budgets.availability import availability
from planning.budgets.models import Balance, Hold, Movement
from planning.people.scope import scope
from planning.shared.locking import retrying
from planning.shared.refusals import Refused

from . import make

CAUSE = "purchases.purchase:1"


def ask(cast, line, amount, claim=None):
    claim = claim or uuid.uuid4()
    promises.reserve(claim, [(line, line.budget.months[0], D(amount))], cast.marketing_planner, CAUSE)
    return claim


def test_equal_passes_and_one_cent_more_does_not(inside):
    line = make.agreed_line(inside, "1000.00")
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


def test_an_invoice_over_plan_posts_and_new_promises_stop(inside):
    line = make.agreed_line(inside, "1000.00")
    claim = ask(inside, line, "400.00")
    postings.post_actuals(inside.workspace, [(line.pk, line.budget.months[0], D("900.00"))], "spend.import:1", "1")
    assert availability(line)["available"] == D("-300.00")
    promises.commit(claim, CAUSE)
    assert availability(line)["committed"] == D(400)
    with pytest.raises(promises.Shortfall):
        ask(inside, line, "0.01")
    postings.undo_actuals(inside.workspace, "spend.import:1", "1")
    assert make.standing(line) == {"plan": D(1000), "committed": D(400), "available": D(600)}


def test_undo_posts_even_on_a_line_that_is_over(inside):
    line = make.agreed_line(inside, "1000.00", side="joint")
    claim, month = ask(inside, line, "600.00"), line.budget.months[0]
    promises.commit(claim, CAUSE)
    for number, amount in (("1", "350.01"), ("2", "2000.00")):
        promises.consume(claim, [(line.pk, month, D(amount))], f"spend.import:{number}", number)
        postings.post_actuals(inside.workspace, [(line.pk, month, D(amount))], f"spend.import:{number}", number)
    assert availability(line)["committed"] == 0
    postings.undo_actuals(inside.workspace, "spend.import:2", "2")
    postings.undo_actuals(inside.workspace, "spend.import:1", "1")
    assert make.standing(line) == {"plan": D(1000), "committed": D(600), "available": D(400)}


def test_what_is_booked_twice_is_refused(inside):
    line = make.agreed_line(inside, "1000.00")
    rows = [(line.pk, line.budget.months[0], D(10))]
    postings.post_actuals(inside.workspace, rows, "spend.import:1", "1")
    with pytest.raises(Refused, match="booked already"):
        postings.post_actuals(inside.workspace, rows, "spend.import:1", "1")
    assert availability(line)["actual"] == D(10)


def test_money_is_in_one_state_at_a_time(inside):
    line = make.agreed_line(inside, "1000.00", side="joint")
    claim, month = ask(inside, line, "300.01"), line.budget.months[0]
    assert make.standing(line) == {"plan": D(1000), "reserved": D("300.01"), "available": D("699.99")}
    assert promises.commit(claim, CAUSE) == D("300.01")
    assert make.standing(line) == {"plan": D(1000), "committed": D("300.01"), "available": D("699.99")}
    assert promises.consume(claim, [(line.pk, month, D(100))], "spend.import:1", "1") == D(100)
    postings.post_actuals(inside.workspace, [(line.pk, month, D(100))], "spend.import:1", "1")
    assert make.standing(line) == {
        "plan": D(1000),
        "committed": D("200.01"),
        "actual": D(100),
        "available": D("699.99"),
    }
    assert promises.release(claim, CAUSE) == D("200.01")
    assert promises.release(claim, CAUSE) == 0
    assert make.standing(line) == {"plan": D(1000), "actual": D(100), "available": D(900)}


def test_a_draft_takes_no_promises(inside):
    line = make.line(inside, make.budget(inside))
    with pytest.raises(Refused, match="not an agreed, open line"):
        ask(inside, line, "1.00")


def test_months_after_the_year_are_forward_promises_and_touch_no_balance(inside):
    line = make.agreed_line(inside, "1000.00")
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
def test_the_web_role_writes_neither_balances_nor_the_past(inside, sql):
    make.agreed_line(inside)
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def in_its_own_scope(cast, work):
    """`work` in a transaction of its own, on a connection of its own."""

    def run(number):
        def attempt():
            with scope(cast.workspace):
                return work(number)

        try:
            return retrying(attempt)
        except promises.Shortfall as refusal:
            return str(refusal)
        finally:
            connection.close()

    return run


@pytest.mark.django_db(transaction=True)
def test_fifty_approvals_of_a_hundred_on_a_thousand_are_exactly_ten(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "1000.00")

    def approve(number):
        claim = ask(cast, line, "100.00")
        return promises.commit(claim, CAUSE)

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(in_its_own_scope(cast, approve), range(50)))
    assert answers.count(D(100)) == 10
    assert {answer for answer in answers if answer != D(100)} == {"“Web shop” is short by 100.00 GBP for Marketing."}
    with scope(cast.workspace):
        assert make.standing(line) == {"plan": D(1000), "committed": D(1000)}
        assert Movement.objects.filter(kind="commit").count() == 10
        assert Hold.objects.count() == 10


@pytest.mark.django_db(transaction=True)
def test_mixed_amounts_and_imports_at_once_leave_the_books_adding_up(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        plan = make.budget(cast)
        lines = [make.line(cast, plan, f"Line {number}", "500.00", side="joint") for number in range(3)]
        make.agree(cast, plan)

    def work(number):
        if number % 5 == 0:
            rows = [(line.pk, plan.months[number % 12], D(number + 1)) for line in reversed(lines)]
            postings.post_actuals(cast.workspace, rows, "spend.import:1", str(number))
            return "posted"
        first, second = lines[number % 3], lines[(number + 1) % 3]
        shares = [(first, plan.months[0], D(number) + D("0.01")), (second, plan.months[1], D(7))]
        promises.reserve(uuid.uuid4(), shares, cast.marketing_planner, CAUSE)
        return "held"

    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(in_its_own_scope(cast, work), range(1, 81)))
    assert answers.count("posted") == 16
    with scope(cast.workspace):
        for balance in Balance.objects.all():
            rows = Movement.objects.filter(line=balance.line_id, side=balance.side)
            assert balance.reserved == sum(row.reserved for row in rows)
            assert balance.actual == sum(row.actual for row in rows)
            holds = Hold.objects.filter(line=balance.line_id, side=balance.side)
            assert balance.reserved == sum(hold.left for hold in holds)
            assert balance.reserved <= max(balance.ceiling - 0, 0)
