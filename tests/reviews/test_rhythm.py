"""Dates of a rhythm."""

from datetime import date

import pytest

from planning.reviews.rhythm import next_date


@pytest.mark.parametrize(
    ("rhythm", "starts", "after", "expected"),
    [
        ("weekly", date(2026, 1, 1), date(2025, 12, 1), date(2026, 1, 1)),
        ("weekly", date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 8)),
        ("weekly", date(2026, 1, 1), date(2026, 1, 7), date(2026, 1, 8)),
        ("fortnightly", date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 15)),
        ("monthly", date(2026, 1, 8), date(2026, 1, 8), date(2026, 2, 12)),  # the second Thursday
        ("monthly", date(2026, 1, 29), date(2026, 1, 29), date(2026, 2, 26)),  # the fifth means the last
        ("monthly", date(2026, 1, 29), date(2026, 3, 1), date(2026, 3, 26)),
        ("monthly", date(2026, 1, 22), date(2026, 4, 1), date(2026, 4, 23)),  # the fourth of five stays the fourth
        ("quarterly", date(2026, 1, 8), date(2026, 1, 9), date(2026, 4, 9)),
        ("quarterly", date(2026, 11, 10), date(2026, 12, 1), date(2027, 2, 9)),
    ],
)
def test_next_date(rhythm, starts, after, expected):
    assert next_date(rhythm, starts, after) == expected
