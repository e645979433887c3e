"""Due times run in business hours, in the workspace's own time zone, around its holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.calendar.business_time import BusinessHours, after_pause, due_after
from planning.calendar.models import Holiday, Hours

LONDON = ZoneInfo("Europe/London")
LONDON_HOURS = BusinessHours(LONDON, holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6)}))  # Easter


def local(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-20 10:00", 1, "2026-11-23 10:00"),  # Friday morning → Monday morning
        ("2026-11-20 18:00", 1, "2026-11-23 17:30"),  # Friday evening counts from Monday's opening
        ("2026-11-21 12:00", 2, "2026-11-24 17:30"),  # Saturday
        ("2026-11-16 09:00", 5, "2026-11-20 17:30"),  # a whole week
        ("2026-11-16 07:00", 1, "2026-11-16 17:30"),  # before opening
        ("2026-11-16 17:30", 0, "2026-11-16 17:30"),
        ("2026-04-02 16:00", 1, "2026-04-07 16:00"),  # Good Friday and Easter Monday are no business days
        ("2026-03-27 12:00", 1, "2026-03-30 12:00"),  # the clocks go forward in between
    ],
)
def test_business_days(start, days, due):
    assert LONDON_HOURS.add_days(local(start), days) == local(due)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-16 09:30", 2, "2026-11-16 11:30"),
        ("2026-11-16 16:30", 2, "2026-11-17 10:00"),
        ("2026-11-20 17:00", 1, "2026-11-23 09:30"),
    ],
)
def test_business_hours(start, hours, due):
    assert LONDON_HOURS.add(local(start), timedelta(hours=hours)) == local(due)


def test_a_start_elsewhere_is_the_same_instant_here():
    assert LONDON_HOURS.add_days(datetime(2026, 7, 6, 8, 30, tzinfo=UTC), 1) == local("2026-07-07 09:30")


def test_a_wall_clock_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        LONDON_HOURS.add_days(datetime(2026, 7, 6, 8, 30), 1)


INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))


@given(INSTANTS, st.integers(0, 60 * 24 * 30))
def test_what_was_added_lies_between(start, minutes):
    """The business time between a start and what is due after it is exactly what was added."""
    due = LONDON_HOURS.add(start, timedelta(minutes=minutes))
    assert due >= start
    assert LONDON_HOURS.between(start, due) == timedelta(minutes=minutes)


@given(INSTANTS, st.integers(0, 5000), st.integers(0, 5000))
def test_waiting_twice_is_waiting_the_sum(start, one, other):
    step = LONDON_HOURS.add(LONDON_HOURS.add(start, timedelta(minutes=one)), timedelta(minutes=other))
    assert step == LONDON_HOURS.add(start, timedelta(minutes=one + other)) or one == 0


def test_a_workspace_has_its_own_hours_and_holidays(inside):
    workspace, start = inside.workspace, local("2026-11-20 10:00")
    assert due_after(workspace, days=1, start=start) == local("2026-11-23 10:00")
    Holiday.objects.create(workspace=workspace, day=date(2026, 11, 23), name="Founders' day")
    assert due_after(workspace, days=1, start=start) == local("2026-11-24 10:00")
    Hours.objects.create(workspace=workspace, opens=time(8), closes=time(16), weekdays=[0, 1, 2, 3, 4, 5])
    assert due_after(workspace, days=1, start=start) == local("2026-11-21 10:00")
    assert due_after(workspace, hours=8, start=start) == local("2026-11-21 10:00")


def test_the_clock_stops_while_more_information_is_asked(inside):
    due = due_after(inside.workspace, days=2, start=local("2026-11-16 10:00"))
    moved = after_pause(inside.workspace, due, local("2026-11-16 15:00"), local("2026-11-17 10:00"))
    assert moved == local("2026-11-18 13:30")  # two and a half hours on Monday, one on Tuesday
