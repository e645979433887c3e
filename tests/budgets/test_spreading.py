"""Splits, months and weights add up, whatever the numbers."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.budgets.lines.spreading import SIDES, cells, clean_weights, even, shares
from planning.budgets.models import FundingSide
from planning.shared.money import minor_unit
from planning.shared.refusals import Refused

CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])
UNITS = st.integers(min_value=0, max_value=10**12)


def weights(millionths):
    marketing = D(millionths) / 10**6
    return dict(zip(SIDES, (marketing, 100 - marketing), strict=True))


WEIGHTS = st.integers(min_value=0, max_value=10**8).map(weights)


@given(UNITS, CURRENCIES)
def test_an_even_year_sums_to_its_total_and_differs_by_one_unit_at_most(units, currency):
    unit = minor_unit(currency)
    months = even(units * unit, currency)
    assert len(months) == 12
    assert sum(months) == units * unit
    assert max(months) - min(months) <= unit
    assert months == sorted(months, reverse=True)


@given(st.lists(UNITS, min_size=12, max_size=12), WEIGHTS, CURRENCIES)
def test_cells_add_up_both_ways_and_are_never_below_zero(units, weights, currency):
    unit = minor_unit(currency)
    months = [amount * unit for amount in units]
    result = cells(months, weights, currency)
    for row, month in enumerate(months):
        assert sum(result[side, row] for side in SIDES) == month
    for side in SIDES:
        exact = sum(months) * weights[side] / 100
        assert abs(sum(result[side, row] for row in range(12)) - exact) < unit
    assert min(result.values()) >= 0


@given(
    st.integers(min_value=1, max_value=10**12),
    WEIGHTS,
    CURRENCIES,
    st.integers(-(10**6), 10**6),
    st.integers(-(10**6), 10**6),
)
def test_a_promise_is_split_to_the_last_unit_and_the_odd_one_goes_where_more_is_available(
    units, weights, currency, left, right
):
    unit = minor_unit(currency)
    amount = units * unit
    available = dict(zip(SIDES, (D(left), D(right)), strict=True))
    parts = shares(amount, weights, currency, available)
    assert sum(parts.values()) == amount
    assert min(parts.values()) >= 0
    for side in SIDES:
        above = parts[side] - amount * weights[side] / 100
        assert abs(above) < unit
        other = next(one for one in SIDES if one != side)
        if above > 0 and weights[other]:
            assert available[side] >= available[other]


@given(st.decimals(min_value=0, max_value=100, places=6))
def test_weights_make_exactly_a_hundred_or_are_refused(marketing):
    assert sum(clean_weights(marketing, 100 - marketing).values()) == 100
    with pytest.raises(Refused):
        clean_weights(marketing, 100 - marketing + D("0.000001"))


@pytest.mark.parametrize("share", ["abc", "NaN", "Infinity", "-1", "0.0000001"])
def test_a_share_is_a_number_of_percent(share):
    with pytest.raises(Refused):
        clean_weights(share, 100)


def test_two_departments_pay():
    assert SIDES == (FundingSide.MARKETING, FundingSide.TECHNOLOGY)
