"""What months that are over did not spend goes back in one move, and the books still add up."""

import uuid
from datetime import UTC, datetime
from decimal import Decimal as D

import pytest

from planning.budgets import actions, postings, promises
from planning.budgets.models import Revision, Transfer
from planning.budgets.true_up import unspent
from planning.shared import clock
from planning.shared.refusals import Refused

from . import make


def made_for_all(cast):
    """Agreed, four months old: the shop left 60.00 behind, hosting one month over, events all of it."""
    plan = make.budget(cast)
    plan.shop = make.line(cast, plan, "Shop", "1200.00", side="joint", shares={"marketing": "60", "technology": "40"})
    plan.hosting = make.line(cast, plan, "Hosting", "600.00", side="technology")
    plan.events = make.line(cast, plan, "Events", "240.00")
    plan.reserve = make.line(cast, plan, "Reserve", "12.00", side="joint")
    make.agree(cast, plan)
    spent = [(plan.shop.pk, month, D(85)) for month in plan.months[:4]]
    spent += [(plan.hosting.pk, plan.months[0], D(250))]
    postings.post_actuals(cast.workspace, spent, "spend.import:1", "1")
    return plan


@pytest.fixture
def plan(made):
    """Today is in its fifth month."""
    fifth = made.months[4]
    with clock.at(datetime(fifth.year, fifth.month, 10, 12, tzinfo=UTC)):
        yield made


def left(plan):
    return {row.revision.name: (row.marketing, row.technology) for row in unspent(plan)}


def test_a_month_over_plan_eats_what_another_left(plan):
    assert left(plan) == {"Shop": (D(36), D(24)), "Events": (D(80), D(0)), "Reserve": (D(2), D(2))}


def test_what_is_promised_is_not_given_back(inside, plan):
    share = (plan.events, plan.months[6], D(200))
    promises.reserve(uuid.uuid4(), [share], inside.cmo, "purchases.purchase:1")
    assert left(plan)["Events"] == (D(40), D(0))


def test_several_lines_give_back_in_one_transfer(inside, plan):
    lines = [plan.shop.pk, plan.events.pk]
    transfer = actions.give_back_unspent(plan, inside.marketing_planner, lines, plan.reserve.pk, "The half year")
    assert (transfer.amount, transfer.state) == (D(140), "proposed")
    assert left(plan) == {"Reserve": (D(2), D(2))}
    for member in (inside.cmo, inside.cio):
        actions.decide_transfer(transfer, member, "approve")
    assert sum(part.amount for part in transfer.parts.all()) == 0
    standing = {name: make.standing(getattr(plan, name))["available"] for name in ("shop", "events", "reserve")}
    assert standing == {"shop": D(800), "events": D(160), "reserve": D(152)}
    over = plan.reserve.cells.filter(month__lt=plan.months[4])
    assert not any(cell.transferred for cell in over)
    sides = {one.side: one.transferred for one in plan.reserve.balances.all()}
    assert sides == {"marketing": D(116), "technology": D(24)}


def test_the_same_line_spends_later_by_a_version_of_its_own(inside, plan):
    version = actions.spend_later(plan, inside.cmo, [plan.shop.pk])
    revision = version.revisions.get()
    assert revision.months == [D(85)] * 4 + [D("107.50")] * 8
    assert revision.total == D(1200)
    assert Revision.objects.in_force().get(line=plan.shop).months == [D(100)] * 12
    make.agree(inside, plan)
    assert "Shop" not in left(plan)
    with pytest.raises(Refused, match="months that are over"):
        actions.spend_later(plan, inside.cmo, [plan.shop.pk])


@pytest.mark.parametrize(("lines", "taker", "reason", "sentence"), [
    (["shop"], "events", "Because", "not paid by technology"),
    (["shop"], "shop", "Because", "another line"),
    (["hosting"], "reserve", "Because", "months that are over"),
    ([], "reserve", "Because", "months that are over"),
    (["shop"], "reserve", " ", "Say why"),
])  # fmt: skip
def test_it_says_what_is_wrong_and_nothing_moves(inside, plan, lines, taker, reason, sentence):
    ids = [getattr(plan, name).pk for name in lines]
    with pytest.raises(Refused, match=sentence):
        actions.give_back_unspent(plan, inside.cmo, ids, getattr(plan, taker).pk, reason)
    assert not Transfer.objects.exists()
