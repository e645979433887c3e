"""Freshness by cadence, and the periods it counts in."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.kpis.cadence import following, period_of, periods_between, preceding
from planning.kpis.freshness import Freshness, due_on, freshness

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
CADENCES = st.sampled_from(["week", "month", "quarter"])


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("cadence", "on", "fiscal_start", "start", "end"),
    [
        ("week", "2026-11-22", 1, "2026-11-16", "2026-11-23"),
        ("month", "2026-02-28", 1, "2026-02-01", "2026-03-01"),
        ("quarter", "2026-02-28", 1, "2026-01-01", "2026-04-01"),
        ("quarter", "2026-02-28", 2, "2026-02-01", "2026-05-01"),
        ("quarter", "2026-01-15", 2, "2025-11-01", "2026-02-01"),
    ],
)
def test_periods(cadence, on, fiscal_start, start, end):
    assert period_of(cadence, day(on), fiscal_start) == (day(start), day(end))


@given(CADENCES, DAYS, st.integers(1, 12))
def test_periods_follow_without_gap(cadence, on, fiscal_start):
    period = period_of(cadence, on, fiscal_start)
    assert period[0] <= on < period[1]
    after = following(cadence, period, fiscal_start)
    assert after[0] == period[1]
    assert preceding(cadence, after, fiscal_start) == period


def test_only_whole_periods_are_due():
    months = periods_between("month", day("2026-01-15"), day("2026-04-01"))
    assert [start for start, _end in months] == [day("2026-02-01"), day("2026-03-01")]


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2026-03-31", "fresh"),
        ("2026-05-05", "fresh"),  # April is over, its five days of grace are not
        ("2026-05-06", "due"),
        ("2026-05-14", "due"),
        ("2026-05-15", "overdue"),
        ("2026-05-23", "overdue"),
        ("2026-05-24", "stale"),
        ("2026-05-31", "stale"),
        ("2026-06-01", "unknown"),  # April and May passed without one
    ],
)
def test_a_monthly_reading_of_march_ages(on, state):
    assert freshness("month", day("2026-03-31"), day(on), grace=5) == state


def test_a_weekly_reading_ages():
    ages = [freshness("week", day("2026-11-01"), day("2026-11-09") + timedelta(days=n), grace=1) for n in range(8)]
    assert ages == ["fresh", "due", "due", "overdue", "overdue", "stale", "stale", "unknown"]


def test_without_a_reading_nothing_is_known():
    assert freshness("month", None, day("2026-05-05")) == Freshness.UNKNOWN


@given(CADENCES, DAYS, st.integers(0, 40), st.integers(0, 200), st.integers(1, 12))
def test_a_value_only_grows_older(cadence, last, grace, age, fiscal_start):
    order = ["fresh", "due", "overdue", "stale", "unknown"]
    now, later = (
        order.index(freshness(cadence, last, last + timedelta(days=age + n), grace, fiscal_start)) for n in (0, 1)
    )
    assert now <= later
    assert (now > 0) == (last + timedelta(days=age) >= due_on(cadence, last, grace, fiscal_start))
