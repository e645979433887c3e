"""Progress, expectation and status against values worked out by hand, and what must hold for all values."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planning.kpis.expected import STEP, Point, expected, trajectory
from planning.kpis.progress import clamped, in_band, in_words, percent, periods_met, progress
from planning.kpis.status import Status, band_status, status_of
from planning.shared.refusals import Refused

D = Decimal
VALUES = st.decimals(min_value=-(10**6), max_value=10**6, places=2)


@pytest.mark.parametrize(
    ("value", "baseline", "target", "percentage"),
    [
        ("150", "100", "200", "50.00"),
        ("100", "100", "200", "0.00"),
        ("230", "100", "200", "130.00"),  # over-achieved: stored as it is
        ("90", "100", "200", "-10.00"),  # below the baseline: stored as it is
        ("42.00", "48.00", "38.00", "60.00"),  # to be decreased
        ("50.00", "48.00", "38.00", "-20.00"),
        ("1.10", "1.00", "1.30", "33.33"),
        ("1.20", "1.00", "1.30", "66.67"),
        ("0", "-10", "10", "50.00"),
    ],
)
def test_progress(value, baseline, target, percentage):
    assert percent(progress(D(value), D(baseline), D(target))) == D(percentage)


def test_a_target_that_equals_the_baseline_is_refused():
    with pytest.raises(Refused) as refused:
        progress(D(5), D("3.0"), D(3))
    assert refused.value.field == "targets"


@given(VALUES, VALUES, VALUES)
def test_progress_of_the_ends(value, baseline, target):
    assume(baseline != target)
    assert progress(baseline, baseline, target) == 0
    assert progress(target, baseline, target) == 1
    assert 0 <= clamped(progress(value, baseline, target)) <= 1
    assert progress(value, baseline, target) == progress(-value, -baseline, -target)  # decrease mirrors increase


@pytest.mark.parametrize(
    ("share", "words"), [("-0.1", "below baseline"), ("0", ""), ("1", ""), ("1.01", "over-achieved")]
)
def test_what_the_bar_cannot_show_is_said(share, words):
    assert in_words(Fraction(share)) == words


@pytest.mark.parametrize(("met", "percentage"), [([True, True, True, False], "75.00"), ([False], "0.00"), ([], None)])
def test_periods_met_over_periods_due(met, percentage):
    assert percent(periods_met(met)) == (percentage and D(percentage))


BASELINE = Point(date(2026, 1, 1), D(100))
QUARTERS = [Point(date(2026, 4, 1), D(130)), Point(date(2026, 12, 31), D(200))]


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2025-12-01", "100"),
        ("2026-01-01", "100"),  # first day 0 %
        ("2026-01-31", "110"),  # 30 of 90 days of the way from 100 to 130
        ("2026-04-01", "130"),
        ("2026-08-16", "165"),  # 137 of 274 days of the way from 130 to 200
        ("2026-12-31", "200"),  # last day 100 %
        ("2027-06-01", "200"),
    ],
)
def test_expected_along_straight_lines(day, value):
    assert expected(BASELINE, QUARTERS, date.fromisoformat(day)) == D(value)


@pytest.mark.parametrize(
    ("day", "value"), [("2026-03-31", "100"), ("2026-04-01", "130"), ("2026-12-30", "130"), ("2026-12-31", "200")]
)
def test_expected_in_steps(day, value):
    steps = [point._replace(interpolation=STEP) for point in QUARTERS]
    assert expected(BASELINE, steps, date.fromisoformat(day)) == D(value)


def test_a_step_is_drawn_as_two_corners_on_one_day():
    corners = trajectory(BASELINE, [QUARTERS[0], QUARTERS[1]._replace(interpolation=STEP)])
    assert [(f"{day:%m-%d}", value) for day, value in corners] == [
        ("01-01", 100),
        ("04-01", 130),
        ("12-31", 130),
        ("12-31", 200),
    ]


@given(st.integers(0, 400), st.lists(st.tuples(st.integers(1, 400), VALUES), min_size=1, unique_by=lambda p: p[0]))
def test_expected_never_leaves_the_values_agreed(offset, points):
    start = Point(date(2026, 1, 1), D(0))
    targets = [Point(start.on + timedelta(days=days), value) for days, value in sorted(points)]
    value = expected(start, targets, start.on + timedelta(days=offset))
    assert min(0, *(p.value for p in targets)) <= value <= max(0, *(p.value for p in targets))


@pytest.mark.parametrize(
    ("progress_", "expected_", "status"),
    [
        ("0.50", "0.50", Status.GREEN),
        ("0.60", "0.50", Status.GREEN),  # ahead
        ("0.45", "0.50", Status.GREEN),  # a gap of exactly five
        ("0.4499", "0.50", Status.AMBER),
        ("0.35", "0.50", Status.AMBER),  # exactly fifteen
        ("0.3499", "0.50", Status.RED),
        ("-0.2", "0", Status.RED),
        ("1", "0.30", Status.ACHIEVED),
        ("1.4", "1", Status.ACHIEVED),
        (None, "0.50", Status.UNKNOWN),
    ],
)
def test_status_by_the_gap(progress_, expected_, status):
    assert status_of(progress_ and Fraction(progress_), Fraction(expected_)) == status


def test_limits_are_settings():
    assert status_of(Fraction("0.42"), Fraction("0.5"), limits=(10, 20)) == Status.GREEN
    assert status_of(Fraction("0.29"), Fraction("0.5"), limits=(10, 20)) == Status.RED


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("20", "green"),
        ("25", "green"),
        ("30", "green"),
        ("31", "amber"),
        ("32", "amber"),
        ("32.01", "red"),
        ("17", "red"),
        (None, "unknown"),
    ],
)
def test_a_band_has_a_margin(value, status):
    assert band_status(value and D(value), D(20), D(30), D(2)) == status


@given(VALUES, VALUES, st.decimals(min_value=0, max_value=1000, places=2))
def test_a_band_needs_no_division(value, low, width):
    assert in_band(value, low, low + width) == (low <= value <= low + width)
    assert band_status(low, low, low) == Status.GREEN  # a band of no width is a band
