"""What a workspace settles: limits that both sides see, a tolerance the stop knows, dimensions of its own."""

import uuid
from decimal import Decimal as D

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.budgets import actions, promises
from planning.budgets.availability import availability
from planning.budgets.models import Dimension, Limits, Transfer
from planning.notices.models import Notice
from planning.people.scope import scope
from planning.shared.refusals import NotYours, Refused
from planning.trail.queries import history

from . import make


def made_for_all(cast):
    return make.agreed_line(cast, "777.77", side="marketing")


def ask(line, amount, member):
    return promises.reserve(uuid.uuid4(), [(line, line.budget.months[0], D(amount))], member, "tests.ask:1")


def test_a_limit_is_set_by_a_lead_seen_by_both_sides_and_written_down(inside):
    limits = actions.set_limits(inside.finance, small_move="250.00", evidence_from="50000")
    assert (limits.small_move, limits.evidence_from, limits.finance_move) == (D(250), D(50000), D(10000))
    entry = history(limits)[0]
    assert (entry.before, entry.after["small_move"]) == (
        {"small_move": "5000.000", "evidence_from": None},
        "250.00",
    )
    assert {notice.member_id for notice in Notice.objects.all()} == {inside.cmo.pk, inside.cio.pk}
    assert actions.set_limits(inside.cmo, evidence_from="").evidence_from is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("small_move", "-1"), ("finance_move", "1.005"), ("variance_percent", "1000"), ("tolerance_percent", "100.01"),
        ("tolerance_percent", "NaN"), ("variance_percent", "ten"),
    ],
)  # fmt: skip
def test_a_limit_that_is_none_is_refused_by_name_and_nothing_changes(inside, name, value):
    with pytest.raises(Refused) as refused:
        actions.set_limits(inside.cmo, **{name: value})
    assert refused.value.field == name
    assert getattr(Limits.of(inside.workspace), name) == getattr(Limits(), name)


def test_planners_do_not_set_limits(inside):
    with pytest.raises(NotYours):
        actions.set_limits(inside.marketing_planner, small_move="1000000")


def test_below_the_workspaces_own_limit_a_planner_moves_alone(inside):
    plan = make.budget(inside)
    giver, taker = make.line(inside, plan, "One"), make.line(inside, plan, "Two")
    make.agree(inside, plan)
    actions.set_limits(inside.cmo, small_move="100")
    small = actions.move(plan, inside.marketing_planner, giver, taker, "99.99", "Prints")
    equal = actions.move(plan, inside.marketing_planner, giver, taker, "100.00", "Prints")
    assert (small.state, equal.state) == (Transfer.State.DONE, Transfer.State.PROPOSED)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(percent=st.decimals(0, 100, places=2), over=st.integers(0, 3))
def test_the_stop_allows_the_tolerance_and_not_a_penny_more(inside, made, percent, over):
    line = made
    with transaction.atomic():
        if percent:
            actions.set_limits(inside.cmo, tolerance_percent=str(percent))
        most = D("777.77") * (100 + percent) / 100 // D("0.01") * D("0.01")
        ask(line, most - D("1.00"), inside.cmo)
        if over:
            with pytest.raises(promises.Shortfall) as short:
                ask(line, D("1.00") + D(over) / 100, inside.cmo)
            assert abs(short.value.shortfalls[0]["shortfall"] - D(over) / 100) <= D("0.01")
        else:
            ask(line, "1.00", inside.cmo)
        assert availability(line)["reserved"] == (most if not over else most - 1)
        transaction.set_rollback(True)


def test_a_transfer_and_a_cut_never_use_the_tolerance(inside):
    plan = make.budget(inside)
    giver, taker = make.line(inside, plan, "One", "1000.00"), make.line(inside, plan, "Two")
    make.agree(inside, plan)
    actions.set_limits(inside.cmo, tolerance_percent="10")
    with pytest.raises(promises.Shortfall):
        actions.move(plan, inside.marketing_planner, giver, taker, "1000.01", "All of it and a penny")
    ask(giver, "1000.00", inside.cmo)
    actions.edit_line(giver, inside.cmo, total="999.00")
    with pytest.raises(Refused):
        make.agree(inside, plan)


def test_six_dimensions_and_no_seventh(inside):
    made = [actions.add_dimension(inside.cmo, f"Word {number}") for number in range(6)]
    with pytest.raises(Refused, match="at most six"):
        actions.add_dimension(inside.cio, "Seventh")
    with pytest.raises(Refused, match="already"):
        actions.rename_dimension(made[0], inside.cmo, "word 1")
    actions.retire_dimension(made[2], inside.cmo)
    assert actions.add_dimension(inside.cio, "Seventh").place == 3
    assert Dimension.objects.filter(place=None).get() == made[2]
    with pytest.raises(NotYours):
        actions.add_dimension(inside.marketing_planner, "Mine")


def test_leads_set_limits_by_form_and_others_read_them(cast, as_):
    shown = as_(cast.viewer).get("/acme/budgets/limits/").content.decode()
    assert "5,000.00" in shown
    assert "Set the limits" not in shown
    form = {"small_move": "2,500", "finance_move": "10000", "variance_percent": "7.5", "variance_amount": "5000",
            "tolerance_percent": "0", "evidence_from": ""}  # fmt: skip
    assert as_(cast.cio).post("/acme/budgets/limits/", form).status_code == 302
    assert "2,500.00" in as_(cast.auditor).get("/acme/budgets/limits/").content.decode()
    assert as_(cast.cio).post("/acme/budgets/limits/", form | {"small_move": "x"}).status_code == 422
    assert as_(cast.marketing_planner).post("/acme/budgets/limits/", form).status_code == 403
    with scope(cast.workspace):
        assert Limits.of(cast.workspace).variance_percent == D("7.5")
