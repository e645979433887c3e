"""Many at once, in two processes: the stop holds to the cent, and a transfer is decided once."""

import multiprocessing
import uuid
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from decimal import Decimal as D

import pytest
from django.db import connection, connections

from planning.budgets import actions, postings, promises
from planning.budgets.drift import drifts
from planning.budgets.models import Balance, Hold, Line, Movement, Transfer
from planning.people.models import Member
from planning.people.scope import scope
from planning.shared.locking import retrying
from planning.shared.refusals import Refused

from . import make

CAUSE = "purchases.purchase:1"


def at_once(work, arguments, threads=6):
    """`work(argument)` for each, in a transaction and on a connection of its own; refusals come back as None."""

    def run(argument):
        try:
            return retrying(lambda: work(argument))
        except Refused:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, arguments))


def ask_for(workspace, line_ids, amounts):
    """One process: each amount asked of both lines at once; what was held, in the order asked."""

    def ask(amount):
        with scope(workspace):
            member = Member.objects.filter(side="marketing", role="lead").get()
            lines = list(Line.objects.select_related("budget", "workspace").filter(pk__in=line_ids).order_by("-pk"))
            month = lines[0].budget.months[0]
            promises.reserve(uuid.uuid4(), [(line, month, amount) for line in lines], member, CAUSE)
        return amount

    return at_once(ask, amounts)


@pytest.mark.django_db(transaction=True)
def test_two_processes_asking_mixed_amounts_never_promise_a_cent_too_much(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        plan = make.budget(cast)
        pairs = [
            [make.line(cast, plan, f"{name} {row}", "500.00", side="joint").pk for name in ("Wide", "Narrow")]
            for row in range(2)
        ]
        make.agree(cast, plan)
    amounts = [[D(number * 11 % 61 + 1) + D("0.37") for number in range(start, 30, 2)] for start in (0, 1)]
    connections.close_all()
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as processes:
        for line_ids in pairs:
            running = [processes.submit(ask_for, cast.workspace.pk, line_ids, asked) for asked in amounts]
            held = [amount for one in running for amount in one.result() if amount]
            refused = min(amount for asked in amounts for amount in asked if amount not in held)
            with scope(cast.workspace):
                for line_id in line_ids:
                    standing = make.standing(Line.objects.get(pk=line_id))
                    assert standing["reserved"] == sum(held) <= D(500)
                    assert sum(held) + refused > D("499.99") - 2
    with scope(cast.workspace):
        assert drifts(cast.workspace) == []


@pytest.mark.django_db(transaction=True)
def test_fifty_approvals_of_a_hundred_on_a_thousand_are_exactly_ten(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "1000.00")

    def approve(_number):
        claim = uuid.uuid4()
        try:
            with scope(cast.workspace):
                promises.reserve(claim, [(line, line.budget.months[0], D(100))], cast.marketing_planner, CAUSE)
                return promises.commit(claim, CAUSE)
        except promises.Shortfall as refusal:
            return str(refusal)

    answers = at_once(approve, range(50), threads=50)
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
        lines = [make.line(cast, plan, f"Line {number}", "250.00", side="joint") for number in range(3)]
        make.agree(cast, plan)

    def work(number):
        with scope(cast.workspace):
            if number % 5 == 0:
                rows = [(line.pk, plan.months[number % 12], D(number + 1)) for line in reversed(lines)]
                postings.post_actuals(cast.workspace, rows, "spend.import:1", str(number))
                return "posted"
            first, second = lines[number % 3], lines[(number + 1) % 3]
            shares = [(first, plan.months[0], D(number) + D("0.01")), (second, plan.months[1], D(7))]
            promises.reserve(uuid.uuid4(), shares, cast.marketing_planner, CAUSE)
            return "held"

    answers = at_once(work, range(1, 41), threads=16)
    assert answers.count("posted") == 8
    assert {"held", None} <= set(answers)
    with scope(cast.workspace):
        for balance in Balance.objects.all():
            rows = Movement.objects.filter(line=balance.line_id, side=balance.side)
            assert balance.reserved == sum(row.reserved for row in rows)
            assert balance.actual == sum(row.actual for row in rows)
            holds = Hold.objects.filter(line=balance.line_id, side=balance.side)
            assert balance.reserved == sum(hold.left for hold in holds)
            assert balance.reserved <= max(balance.ceiling - 0, 0)


@pytest.fixture
def proposed(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        plan = make.budget(cast)
        giver, taker = make.line(cast, plan, "Events", "900.00"), make.line(cast, plan, "Shop", side="technology")
        make.agree(cast, plan)
        transfer = actions.move(plan, cast.cmo, giver, taker, "400.00", "It moved")
    return cast, transfer, giver, taker


@pytest.mark.django_db(transaction=True)
def test_two_people_turn_the_last_keys_at_once_and_it_is_booked_once(proposed):
    cast, transfer, giver, taker = proposed

    def decide(member):
        with scope(cast.workspace):
            return actions.decide_transfer(transfer, member, "approve").state

    answers = at_once(decide, [cast.cmo, cast.cio])
    assert sorted(answers) == ["done", "proposed"]
    with scope(cast.workspace):
        assert make.standing(giver) == {"plan": D(900), "transferred": D(-400), "available": D(500)}
        assert make.standing(taker)["transferred"] == D(400)
        assert Movement.objects.filter(kind="transfer", line=taker).values("cause").distinct().count() == 1


@pytest.mark.django_db(transaction=True)
def test_taking_back_and_agreeing_at_once_end_one_way(proposed):
    cast, transfer, giver, taker = proposed
    with scope(cast.workspace):
        actions.decide_transfer(transfer, cast.cmo, "approve")

    def end(act):
        with scope(cast.workspace):
            return act()

    ways = [
        lambda: actions.decide_transfer(transfer, cast.cio, "approve").state,
        lambda: actions.recall_transfer(transfer, cast.cmo).state,
    ]
    answers = [answer for answer in at_once(end, ways) if answer]
    with scope(cast.workspace):
        assert answers == [Transfer.objects.get().state]
        moved = D(400) if answers == ["done"] else D(0)
        assert make.standing(giver) | {"transferred": -moved} == {
            "plan": D(900), "transferred": -moved, "available": D(900) - moved,
        }  # fmt: skip
        assert not Hold.objects.standing().exists()
