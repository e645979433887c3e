"""What two people should talk about: lines away from plan by more than the limits, either way."""

from datetime import datetime
from decimal import Decimal as D

import pytest

from planning.budgets import postings
from planning.budgets.agenda import variances_over_limit
from planning.shared import clock

from . import make


@pytest.fixture
def year(inside):
    """Four lines of 120,000.00, 10,000.00 a month, seen in the fourth month."""
    plan = make.budget(inside)
    lines = {
        name: make.line(inside, plan, name, "120000.00") for name in ("under", "at the limit", "over", "overspent")
    }
    make.agree(inside, plan)
    month = plan.months[0]
    spent = {"under": "10000.00", "at the limit": "33000.00", "over": "36000.00", "overspent": "120000.01"}
    for name, amount in spent.items():
        postings.post_actuals(inside.workspace, [(lines[name].pk, month, D(amount))], "spend.import:1", name)
    with clock.at(datetime(plan.months[3].year, plan.months[3].month, 10, 12, tzinfo=inside.workspace.zone)):
        yield inside.workspace


def test_over_the_limit_either_way_and_the_largest_first(year):
    found = variances_over_limit(year)
    assert [(one.label, one.kind, one.amount) for one in found] == [
        ("under", "actual", D(-20000)), ("over", "actual", D(6000)), ("overspent", "overspent", D("0.01")),
    ]  # fmt: skip


def test_no_budget_no_variance(inside):
    assert variances_over_limit(inside.workspace) == []
