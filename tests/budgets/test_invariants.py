"""Whatever people do in whatever order, money is in one state at a time and the books add up."""

import uuid
from decimal import Decimal as D

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.budgets import actions, postings, promises
from planning.budgets.drift import drifts
from planning.budgets.models import Balance, FundingSide, Hold, Part, Revision
from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from . import make

LINES = 3
cents = st.integers(1, 15000).map(lambda number: D(number) / 100)
line = st.integers(0, LINES - 1)
claim = st.integers(0, 5)
steps = st.one_of(
    st.tuples(st.just("reserve"), line, cents),
    st.tuples(st.just("commit"), claim, cents),
    st.tuples(st.just("release"), claim, cents),
    st.tuples(st.just("shrink"), claim, cents),
    st.tuples(st.just("invoice"), line, cents),
    st.tuples(st.just("move"), line, cents),
    st.tuples(st.just("settle"), claim, cents),
    st.tuples(st.just("change"), line, cents),
)


@pytest.fixture
def plan(inside):
    plan = make.budget(inside)
    plan.made = [
        make.line(inside, plan, "Events", "100.00"),
        make.line(inside, plan, "Hosting", "120.00", side="technology"),
        make.line(inside, plan, "Shop", "100.01", side="joint", shares={"marketing": "33.3", "technology": "66.7"}),
    ]
    make.agree(inside, plan)
    return plan


class People:
    """Everybody who touches the plan, one clumsy step at a time."""

    def __init__(self, cast, plan):
        self.cast, self.plan, self.claims, self.moves = cast, plan, [], []

    def reserve(self, number, amount):
        made = uuid.uuid4()
        shares = [(self.plan.made[number], self.plan.months[number], amount)]
        promises.reserve(made, shares, self.cast.cmo, f"purchases.purchase:{len(self.claims)}")
        self.claims.append((made, shares))

    def commit(self, number, _amount):
        promises.commit(self.claims[number][0], "purchases.purchase:1")

    def release(self, number, _amount):
        promises.release(self.claims[number][0], "purchases.purchase:1")

    def shrink(self, number, amount):
        made, [(line, month, _was)] = self.claims[number]
        promises.shrink(made, [(line, month, amount)], "purchases.purchase:1")

    def invoice(self, number, amount):
        line, month, cause_id = self.plan.made[number], self.plan.months[number], uuid.uuid4().hex
        for made, _shares in self.claims:
            promises.consume(made, [(line.pk, month, amount)], "spend.import:1", cause_id + made.hex)
        postings.post_actuals(self.cast.workspace, [(line.pk, month, amount)], "spend.import:1", cause_id)

    def move(self, number, amount):
        taker = self.plan.made[(number + 1) % LINES]
        more = [(self.plan.made[(number + 2) % LINES], amount / 2)] if amount * 50 % 1 == 0 else []
        made = self.plan.made[number]
        self.moves.append(actions.move(self.plan, self.cast.cmo, made, taker, amount, "It moved", more))

    def settle(self, number, amount):
        transfer = self.moves[number]
        verdict = "reject" if amount < 50 else "approve"
        for member in (self.cast.cmo, self.cast.cio, self.cast.marketing_planner):
            try:
                actions.decide_transfer(transfer, member, verdict, "Because")
            except Refused:
                continue

    def change(self, number, amount):
        actions.edit_line(self.plan.made[number], self.cast.cmo, total=str(amount))
        make.agree(self.cast, self.plan)


def check(plan):
    """What an auditor adds up."""
    assert drifts(plan.workspace) == []
    for balance in Balance.objects.all():
        holds = Hold.objects.standing().filter(line=balance.line_id, side=balance.side)
        for state in ("reserved", "committed"):
            assert getattr(balance, state) == sum((hold.left for hold in holds if hold.state == state), ZERO)
        assert balance.reserved + balance.committed <= balance.ceiling
    assert sum((balance.transferred for balance in Balance.objects.all()), ZERO) == ZERO
    assert sum((part.amount for part in Part.objects.all()), ZERO) == ZERO
    for revision in Revision.objects.in_force():
        for side in FundingSide:
            found = Balance.objects.filter(line=revision.line_id, side=side).first()
            assert (found.plan if found else ZERO) == revision.shares[side]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(steps, min_size=3, max_size=7))
def test_any_order_of_steps_leaves_the_books_adding_up(inside, plan, steps):
    with transaction.atomic():
        people = People(inside, plan)
        for name, number, amount in steps:
            try:
                with transaction.atomic():
                    getattr(people, name)(number, amount)
            except (Refused, IndexError):
                pass
        check(plan)
        transaction.set_rollback(True)
    plan.refresh_from_db()
