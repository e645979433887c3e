"""The forecast line and its interval against a worked example and against statistics' own module."""

import statistics
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.kpis.forecast import fit
from planning.kpis.rollup import ratio_of_sums, rolled_up

START = date(2026, 1, 1)


def series(*values, every=30):
    return [(START + timedelta(days=every * number), Decimal(value)) for number, value in enumerate(values)]


def test_a_straight_line_is_continued_without_doubt():
    forecast = fit(series("10", "12", "14", "16")).at(START + timedelta(days=180))
    assert (forecast.value, forecast.low, forecast.high) == (22, 22, 22)


def test_the_interval_of_a_worked_example():
    """x = 0, 30, 60, 90 and y = 1, 3, 2, 5: slope 11/300, level 1.1, s² = 1.35, Sxx = 4500, x̄ = 45; at x = 120:
    ŷ = 5.5, s·√(1 + 1/4 + 75²/4500) = √3.375 = 1.8371, t(2) = 4.3027, so ± 7.9045."""
    forecast = fit(series("1", "3", "2", "5")).at(START + timedelta(days=120))
    assert forecast.value == Decimal("5.5")
    assert round(forecast.high, 2) == Decimal("13.40")
    assert round(forecast.low, 2) == Decimal("-2.40")


@pytest.mark.parametrize(
    "readings", [[], series("1", "2"), series("1", "2", "3", every=13), series("1", "2", "3", "4", every=9)]
)
def test_too_little_to_forecast_from(readings):
    assert fit(readings) is None


def test_three_dates_and_28_days_are_enough():
    assert fit(series("1", "2", "3", every=14)).slope == Fraction(1, 14)


def test_only_the_last_twelve_speak():
    old = series("1000", "1000", "1000", *range(12))
    assert fit(old).slope == fit(old[3:]).slope == Fraction(1, 30)


@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=3, max_size=12))
def test_the_line_is_the_one_of_the_statistics_module(values):
    readings = series(*values)
    line = fit(readings)
    slope, level = statistics.linear_regression(
        [(day - START).days for day, _ in readings], [float(v) for _, v in readings]
    )
    assert float(line.slope) == pytest.approx(slope, abs=1e-9)
    assert float(line.level) == pytest.approx(level, abs=1e-6)
    near, far = line.at(readings[-1][0]), line.at(readings[-1][0] + timedelta(days=365))
    assert near.low <= near.value <= near.high
    assert far.high - far.low >= near.high - near.low  # the further ahead, the less is known


def test_a_roll_up_is_the_weighted_mean_of_what_is_measured():
    """Weights 3, 2, 5 with progress 50 %, 120 % (counted as 100 %) and none: (3·0.5 + 2·1) / 5 = 70 %, half covered."""
    total = rolled_up([(Fraction(1, 2), 3), (Fraction(6, 5), 2), (None, 5)])
    assert (total.share, total.coverage, total.measured, total.children) == (Fraction(7, 10), Fraction(1, 2), 2, 3)
    assert total.is_known
    assert not rolled_up([(Fraction(1, 2), 49), (None, 51)]).is_known
    assert rolled_up([(None, 1)]).share is None
    assert rolled_up([(Fraction(-1), 1), (Fraction(1), 1)]).share == Fraction(1, 2)  # below baseline counts as nothing


SHARES = st.one_of(st.none(), st.fractions(min_value=-2, max_value=3))


@given(st.lists(st.tuples(SHARES, st.integers(0, 10))))
def test_a_roll_up_stays_within_its_children(children):
    total = rolled_up(children)
    assert 0 <= total.coverage <= 1
    assert total.share is None or 0 <= total.share <= 1
    assert (total.share is None) == (sum(weight for share, weight in children if share is not None) == 0)


def test_ratios_roll_up_as_a_ratio_of_sums():
    assert ratio_of_sums([(10, 100), (90, 300)]) == Fraction(1, 4)  # the mean of the ratios would be 0.2
    assert ratio_of_sums([(1, 0)]) is None
