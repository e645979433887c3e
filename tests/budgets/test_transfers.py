"""Agreed money moves with exactly the agreement the rules name, in one booking whose parts sum to zero."""

import uuid
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from planning.budgets import actions, promises
from planning.budgets.lines.history import history_of
from planning.budgets.models import Transfer
from planning.shared.money import ZERO
from planning.shared.refusals import NotYours, Refused

from . import make


def made_for_all(cast):
    plan = make.budget(cast)
    shapes = {
        "events": {"total": "20000.00", "side": "marketing"},
        "ads": {"total": "20000.00", "side": "marketing"},
        "hosting": {"total": "20000.00", "side": "technology"},
        "shop": {"total": "30000.01", "side": "joint", "shares": {"marketing": "33.3", "technology": "66.7"}},
    }
    plan.made = {name: make.line(cast, plan, name, **shape) for name, shape in shapes.items()}
    make.agree(cast, plan)
    return plan


@pytest.fixture
def plan(made):
    return made


def seats(transfer):
    return {seat.name: seat.holder for seat in transfer.paper.seats.all()}


def test_below_the_small_limit_a_planner_moves_alone_inside_their_side(inside, plan):
    transfer = actions.move(
        plan, inside.marketing_planner, plan.made["events"], plan.made["ads"], "4999.99", "More reach"
    )
    assert (transfer.state, transfer.paper) == ("done", None)
    assert make.standing(plan.made["events"]) == {
        "plan": D(20000),
        "transferred": D("-4999.99"),
        "available": D("15000.01"),
    }
    assert make.standing(plan.made["ads"])["available"] == D("24999.99")


def test_inside_one_side_somebody_else_agrees_from_the_limit_on(inside, plan):
    transfer = actions.move(
        plan, inside.marketing_planner, plan.made["events"], plan.made["ads"], "5000.00", "More reach"
    )
    assert seats(transfer) == {"marketing": None}
    assert make.standing(plan.made["events"]) == {"plan": D(20000), "reserved": D(5000), "available": D(15000)}
    actions.decide_transfer(transfer, inside.cmo, "approve")
    assert make.standing(plan.made["events"]) == {"plan": D(20000), "transferred": D(-5000), "available": D(15000)}


def test_a_lead_never_agrees_to_their_own_move(inside, plan):
    transfer = actions.move(plan, inside.cmo, plan.made["events"], plan.made["ads"], "6000.00", "More reach")
    assert seats(transfer) == {"marketing": inside.marketing_planner}
    with pytest.raises(NotYours):
        actions.decide_transfer(transfer, inside.cmo, "approve")
    assert actions.decide_transfer(transfer, inside.marketing_planner, "approve").state == "done"


@pytest.mark.parametrize(("taker", "amount", "asked"), [
    ("hosting", "100.00", {"marketing", "technology"}),
    ("shop", "100.00", {"marketing", "technology"}),
    ("hosting", "9999.99", {"marketing", "technology"}),
    ("hosting", "10000.00", {"marketing", "technology", "finance"}),
])  # fmt: skip
def test_across_sides_or_on_a_joint_line_both_keys_and_finance_at_its_limit(inside, plan, taker, amount, asked):
    transfer = actions.move(plan, inside.marketing_planner, plan.made["events"], plan.made[taker], amount, "It moved")
    assert set(seats(transfer)) == asked


def test_parts_sum_to_zero_in_every_month(inside, plan):
    transfer = actions.move(plan, inside.cmo, plan.made["shop"], plan.made["hosting"], "7777.77", "It moved")
    months = {}
    for part in transfer.parts.all():
        months[part.month] = months.get(part.month, ZERO) + part.amount
    assert set(months.values()) == {ZERO}
    assert sum(part.amount for part in transfer.parts.all() if part.amount > 0) == D("7777.77")


def test_the_money_is_held_from_the_proposal_and_free_again_when_returned(inside, plan):
    transfer = actions.move(plan, inside.cmo, plan.made["events"], plan.made["hosting"], "20000.00", "It moved")
    with pytest.raises(promises.Shortfall):
        promises.reserve(
            uuid.uuid4(), [(plan.made["events"], plan.months[0], D("0.01"))], inside.cmo, "purchases.purchase:1"
        )
    actions.decide_transfer(transfer, inside.cio, "reject", "Not now")
    assert Transfer.objects.get().state == "returned"
    assert make.standing(plan.made["events"]) == {"plan": D(20000), "available": D(20000)}


def test_recalled_by_its_mover(inside, plan):
    transfer = actions.move(
        plan, inside.marketing_planner, plan.made["events"], plan.made["hosting"], "20000.00", "It moved"
    )
    with pytest.raises(NotYours):
        actions.recall_transfer(transfer, inside.technology_planner)
    actions.recall_transfer(transfer, inside.marketing_planner)
    assert make.standing(plan.made["events"])["available"] == D(20000)


def test_a_reversal_is_a_new_transfer_of_the_same_parts(inside, plan):
    first = actions.move(plan, inside.cmo, plan.made["shop"], plan.made["hosting"], "3333.33", "It moved")
    for member in (inside.cmo, inside.cio):
        actions.decide_transfer(first, member, "approve")
    reversal = actions.reverse_transfer(first, inside.cio, "A mistake")
    assert reversal.reverses_id == first.pk
    with pytest.raises(Refused, match="reversed already"):
        actions.reverse_transfer(first, inside.cio, "Again")
    for member in (inside.cmo, inside.cio):
        actions.decide_transfer(reversal, member, "approve")
    for name in ("shop", "hosting"):
        assert "transferred" not in make.standing(plan.made[name])
        for cell in plan.made[name].cells.all():
            assert cell.transferred == 0


def test_one_cent_more_than_there_is_is_refused_and_nothing_stays(inside, plan):
    with pytest.raises(promises.Shortfall, match="“events” is short by 0.01 GBP for Marketing"):
        actions.move(plan, inside.cmo, plan.made["events"], plan.made["ads"], "20000.01", "All of it")
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(("change", "sentence"), [
    ({"amount": "0"}, "above zero"), ({"reason": " "}, "Say why"), ({"taker": "events"}, "two different lines"),
])  # fmt: skip
def test_a_transfer_says_what_is_wrong(inside, plan, change, sentence):
    asked = {"amount": "10.00", "reason": "It moved", "taker": "ads"} | change
    with pytest.raises(Refused, match=sentence):
        actions.move(plan, inside.cmo, plan.made["events"], plan.made[asked["taker"]], asked["amount"], asked["reason"])


def test_several_lines_give_and_take_in_one_booking_that_sums_to_zero(inside, plan):
    made = plan.made
    transfer = actions.move(
        plan, inside.cmo, made["events"], made["hosting"], "3000.00", "The season moved",
        more=[(made["shop"], "-1000.01"), (made["ads"], "500.00")],
    )  # fmt: skip
    assert set(seats(transfer)) == {"marketing", "technology"}
    assert transfer.amount == D("4000.01")
    assert make.standing(made["shop"])["reserved"] == D("1000.01")
    for member in (inside.cmo, inside.cio):
        actions.decide_transfer(transfer, member, "approve")
    moved = {name: make.standing(line).get("transferred") for name, line in made.items()}
    assert moved == {"events": D(-3000), "shop": D("-1000.01"), "ads": D(500), "hosting": D("3500.01")}
    by_month = {}
    for part in transfer.parts.all():
        by_month[part.month] = by_month.get(part.month, ZERO) + part.amount
    assert set(by_month.values()) == {ZERO}
    back = actions.reverse_transfer(transfer, inside.cio, "A mistake")
    for member in (inside.cmo, inside.cio):
        actions.decide_transfer(back, member, "approve")
    assert all("transferred" not in make.standing(line) for line in made.values())


@pytest.mark.parametrize(("more", "sentence"), [
    ([("ads", "10.00")], "leaves nothing"), ([("events", "-1.00")], "two different lines"),
    ([("ads", "0")], "above zero"),
])  # fmt: skip
def test_parts_that_make_no_transfer(inside, plan, more, sentence):
    more = [(plan.made[name], amount) for name, amount in more]
    with pytest.raises(Refused, match=sentence):
        actions.move(plan, inside.cmo, plan.made["events"], plan.made["hosting"], "10.00", "It moved", more)


def test_postgres_books_no_transfer_whose_parts_do_not_sum_to_zero(inside, plan):
    transfer = actions.move(plan, inside.cmo, plan.made["events"], plan.made["hosting"], "10.00", "It moved")
    transfer.parts.filter(amount__gt=0).delete()
    with pytest.raises(IntegrityError, match="do not sum to zero"), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(state="done", done_at=inside.workspace.now())


def test_both_lines_tell_of_the_transfer_by_name(inside, plan):
    actions.move(plan, inside.marketing_planner, plan.made["events"], plan.made["ads"], "100.00", "More reach")
    for name in ("events", "ads"):
        entry = history_of(plan.made[name])[0]
        assert entry.sentence == "moved money: 100.00 GBP from “events” to “ads”"
        assert entry.note.text == "More reach"
        assert "nobody else" in entry.after["agreed by"]
