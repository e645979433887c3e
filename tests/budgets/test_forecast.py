"""A forecast by plan, by run rate or typed; kept, and compared with what it was. Money adds up in every one."""

from datetime import UTC, datetime
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.budgets import actions, forecast, postings, snapshots, standing
from planning.budgets.actions.forecast import keep_closed_month
from planning.budgets.forecast_page import Outlook, months_of
from planning.budgets.models import ForecastSnapshot, TypedForecast
from planning.budgets.reviewing.variance import total_of, variance
from planning.calendar import actions as calendar
from planning.calendar import periods
from planning.calendar.models import Period
from planning.shared import clock
from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from . import make


def made_for_all(cast):
    """Agreed, four months old: one line both pay for, one of technology."""
    plan = make.budget(cast)
    plan.shop = make.line(cast, plan, "Shop", "1200.00", side="joint", shares={"marketing": "60", "technology": "40"})
    plan.hosting = make.line(cast, plan, "Hosting", "600.00", side="technology")
    make.agree(cast, plan)
    spent = [(plan.shop.pk, month, D(130)) for month in plan.months[:4]]
    postings.post_actuals(cast.workspace, spent, "spend.import:1", "1")
    return plan


@pytest.fixture
def plan(made):
    """Today is in its fifth month."""
    fifth = made.months[4]
    with clock.at(datetime(fifth.year, fifth.month, 10, 12, tzinfo=UTC)):
        yield made


def of_year(plan, line) -> D:
    return sum((one["forecast"] for one in standing.by_line(plan)[line.pk].values()), ZERO)


def row_of(plan, line, snapshot=None):
    return next(row for row in Outlook(plan, snapshot).rows if row.revision.line_id == line.pk)


def test_each_way_of_forecasting_is_shown_beside_the_one_in_use(plan):
    row = row_of(plan, plan.shop)
    assert (row.by_plan, row.by_rate) == (D(520) + 8 * D(100), D(520) + 8 * D(130))
    assert row.forecast == row.by_plan
    assert row.to_come == D(800)


def test_a_typed_month_counts_on_both_sides_and_an_empty_one_expects_its_plan(inside, plan):
    actions.type_forecast(
        plan.shop, inside.marketing_planner, {plan.months[5]: "250.01", plan.months[6]: "0"}, "Launch"
    )
    assert of_year(plan, plan.shop) == D(520) + D("250.01") + 6 * D(100)
    by_month = standing.by_month(plan, plan.shop)
    assert [by_month[side, plan.months[5]]["forecast"] for side in ("marketing", "technology")] == [D("150.01"), D(100)]
    typed = months_of(plan.shop)[5]
    assert (typed["said"], typed["by"]) == (D("250.01"), inside.marketing_planner)
    for by in ("side", "line", "month"):
        assert total_of(variance(plan, by)).forecast == D("1370.01") + D(400)


def test_typed_away_again_the_line_goes_back_to_its_plan(inside, plan):
    before = of_year(plan, plan.shop)
    actions.type_forecast(plan.shop, inside.cmo, {plan.months[5]: "999.00"})
    actions.type_forecast(plan.shop, inside.cio, {plan.months[5]: " "})
    plan.shop.refresh_from_db()
    assert plan.shop.forecast == "plan"
    assert not TypedForecast.objects.exists()
    assert of_year(plan, plan.shop) == before


def test_what_is_spent_is_never_forecast_away(inside, plan):
    postings.post_actuals(inside.workspace, [(plan.shop.pk, plan.months[4], D(77))], "spend.import:2", "1")
    actions.type_forecast(plan.shop, inside.cmo, dict.fromkeys(plan.months[4:], "0"))
    assert of_year(plan, plan.shop) == D(520) + D(77)


@pytest.mark.parametrize(("row", "text", "sentence"), [
    (3, "1.00", "months to come"), (5, "-1.00", "below zero"), (5, "1.001", "decimals"), (5, "much", "not an amount"),
])  # fmt: skip
def test_a_typed_forecast_says_what_is_wrong(inside, plan, row, text, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.type_forecast(plan.shop, inside.cmo, {plan.months[row]: text})
    assert not TypedForecast.objects.exists()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(amounts=st.lists(st.one_of(st.none(), st.integers(0, 10**7)), min_size=8, max_size=8))
def test_whatever_is_typed_sides_months_and_total_agree(inside, plan, amounts):
    typed = [None if cents is None else D(cents) / 100 for cents in amounts]
    said = {month: "" if amount is None else str(amount) for month, amount in zip(plan.months[4:], typed, strict=True)}
    actions.type_forecast(plan.shop, inside.cmo, said)
    expected = D(520) + sum(D(100) if amount is None else amount for amount in typed)
    assert of_year(plan, plan.shop) == expected
    by_month = standing.by_month(plan, plan.shop).values()
    assert sum(one["forecast"] for one in by_month) == expected


def test_a_kept_forecast_stays_and_says_how_far_today_is_from_it(inside, plan):
    assert snapshots.forecast_change(plan) is None
    kept = actions.keep_forecast(plan, inside.finance, "Before the launch")
    assert forecast.last_snapshot(plan) == kept
    actions.type_forecast(plan.shop, inside.cmo, {plan.months[5]: "350.00"})
    assert snapshots.forecast_change(plan) == (kept, D(250))
    assert row_of(plan, plan.shop, kept).moved == D(250)
    assert row_of(plan, plan.hosting, kept).moved == ZERO
    assert Outlook(plan, kept).total.moved == D(250)
    assert snapshots.whole(kept) == D(1320) + D(400)


def test_a_line_that_leaves_the_plan_by_more_than_the_limits_warns_either_way(inside, plan):
    actions.set_limits(inside.finance, variance_percent="5", variance_amount="100.00")
    assert [row.label for row in Outlook(plan).warnings] == ["Hosting", "Shop"]
    actions.type_forecast(plan.hosting, inside.cio, {plan.months[11]: "250.00"})
    assert [row.label for row in Outlook(plan).warnings] == ["Shop"]


def test_there_is_nothing_to_keep_before_the_first_agreement(inside):
    with pytest.raises(Refused, match="first agreement"):
        actions.keep_forecast(make.budget(inside), inside.cmo)
    assert not ForecastSnapshot.objects.exists()


def test_the_clock_keeps_the_forecast_of_a_month_that_finance_closed_once(inside, plan):
    workspace = inside.workspace
    assert keep_closed_month(workspace) is None
    first = periods.ensure_year(workspace, plan.year)[0]
    periods.book(workspace, {first.starts_on: D(130)})
    calendar.soft_close(first, inside.finance)
    calendar.close(first, inside.finance, Period.objects.get(pk=first.pk).booked)
    kept = keep_closed_month(workspace)
    assert (kept.month, kept.by, snapshots.whole(kept)) == (plan.months[0], None, of_year(plan, plan.shop) + D(400))
    assert keep_closed_month(workspace) is None
    assert ForecastSnapshot.objects.count() == 1
