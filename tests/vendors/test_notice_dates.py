"""When a contract ends and until when it can be stopped: by table, and for every contract there can be."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.vendors.notice_dates import Terms, end_of_term, months_after, notice_by, standing


def terms(starts_on, term=12, tacit=True, renewal=12, count=3, unit="months", stopped_on=None):
    return Terms(date.fromisoformat(starts_on), term, tacit, renewal, count, unit, stopped_on)


@pytest.mark.parametrize(
    ("anchor", "months", "expected"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2025-01-31", 2, "2025-03-31"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2025-12-15", 1, "2026-01-15"),
    ],
)
def test_months_count_by_calendar_from_a_remembered_day(anchor, months, expected):
    assert months_after(date.fromisoformat(anchor), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("contract", "day", "ends_on", "last_day", "state"),
    [
        (terms("2025-01-01"), "2024-12-31", "2026-01-01", "2025-10-01", "upcoming"),
        (terms("2025-01-01"), "2025-01-01", "2026-01-01", "2025-10-01", "active"),
        (terms("2025-01-01"), "2025-10-01", "2026-01-01", "2025-10-01", "active"),
        (terms("2025-01-01"), "2025-10-02", "2026-01-01", "2025-10-01", "renewing"),
        (terms("2025-01-01"), "2025-12-31", "2026-01-01", "2025-10-01", "renewing"),
        (terms("2025-01-01"), "2026-01-01", "2027-01-01", "2026-10-01", "active"),
        (terms("2025-01-31", 1, renewal=1, count=1), "2025-02-28", "2025-03-31", "2025-02-28", "active"),
        (
            terms("2025-01-31", 36, renewal=24, count=90, unit="days"),
            "2030-01-01",
            "2030-01-31",
            "2029-11-02",
            "renewing",
        ),
        (terms("2025-01-01", tacit=False), "2025-10-01", "2026-01-01", "2025-10-01", "active"),
        (terms("2025-01-01", tacit=False), "2025-10-02", "2026-01-01", "2025-10-01", "ending"),
        (terms("2025-01-01", tacit=False), "2026-01-01", "2026-01-01", "2025-10-01", "ended"),
        (terms("2025-01-01", stopped_on=date(2025, 9, 30)), "2025-11-01", "2026-01-01", "2025-10-01", "ending"),
        (terms("2025-01-01", stopped_on=date(2025, 9, 30)), "2026-01-01", "2026-01-01", "2025-10-01", "ended"),
        (terms("2025-01-01", stopped_on=date(2025, 9, 30)), "2025-09-01", "2026-01-01", "2025-10-01", "active"),
        (terms("2025-01-01", stopped_on=date(2025, 11, 1)), "2025-12-01", "2026-01-01", "2025-10-01", "renewing"),
        (terms("2025-01-01", stopped_on=date(2025, 11, 1)), "2026-06-01", "2027-01-01", "2026-10-01", "ending"),
        (terms("2025-01-01", stopped_on=date(2025, 11, 1)), "2027-01-01", "2027-01-01", "2026-10-01", "ended"),
    ],
)
def test_how_a_contract_stands_on_a_day(contract, day, ends_on, last_day, state):
    found = standing(contract, date.fromisoformat(day))
    assert (found.ends_on, found.notice_by, found.state) == (
        date.fromisoformat(ends_on), date.fromisoformat(last_day), state,
    )  # fmt: skip


days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
contracts = st.builds(
    Terms,
    starts_on=days,
    term_months=st.integers(1, 60),
    tacit=st.booleans(),
    renewal_months=st.integers(1, 36),
    notice_count=st.integers(0, 120),
    notice_unit=st.sampled_from(["months", "days"]),
    stopped_on=st.none() | days,
)


@given(contracts, days)
def test_the_term_that_runs_is_the_one_of_that_day(contract, day):
    found = standing(contract, day)
    assert found.ends_on == end_of_term(contract, found.renewals)
    assert found.notice_by == notice_by(contract, found.renewals)
    if found.state != "ended":
        assert day < found.ends_on
        assert found.renewals == 0 or day >= end_of_term(contract, found.renewals - 1)
    else:
        assert not contract.tacit or contract.stopped_on is not None


@given(contracts, days, st.integers(1, 400))
def test_time_only_moves_ends_forward(contract, day, later):
    assert standing(contract, day).ends_on <= standing(contract, day + timedelta(days=later)).ends_on


@given(contracts.filter(lambda terms: terms.tacit), days)
def test_notice_in_time_stops_that_term(contract, day):
    open_term = standing(Terms(**{**vars(contract), "stopped_on": None}), day)
    stopped = Terms(**{**vars(contract), "stopped_on": min(day, open_term.notice_by)})
    if open_term.notice_by >= day:
        assert standing(stopped, open_term.ends_on).state == "ended"
