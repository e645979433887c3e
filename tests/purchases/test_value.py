"""What a purchase costs in all, and when it is charged."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from planning.calendar.models import Rate
from planning.purchases.value import item_amounts, worth
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

GBP = SimpleNamespace(currency="GBP")
JULY = date(2026, 7, 1)


def of(paid, price="once", term=None, renews="no", currency="GBP", rate=None, workspace=GBP):
    return worth(
        workspace, currency=currency, price=price, term_months=term, renews=renews, first_month=JULY,
        items=[(1, Decimal(paid))], rate=rate,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("made", "value", "months"),
    [
        (of("100.00"), "100.00", 1),
        (of("100.00", term=36, renews="tacit"), "100.00", 1),
        (of("100.00", "month", 12), "1200.00", 12),
        (of("100.00", "month", 12, "tacit"), "2400.00", 12),
        (of("100.00", "month", 12, "express"), "1200.00", 12),
        (of("1200.00", "year", 18), "1800.00", 18),
        (of("100.00", "year", 12), "100.00", 12),
    ],
)
def test_value_and_months(made, value, months):
    assert (made.value, len(made.charges)) == (Decimal(value), months)
    assert made.charges[0].month == JULY


def test_a_year_is_split_over_its_months_to_the_penny():
    made = of("100.00", "year", 12)
    assert [charge.amount for charge in made.charges][:5] == [Decimal("8.34")] * 4 + [Decimal("8.33")]
    assert made.charged == 100


def test_foreign_money_is_rounded_line_by_line_and_the_total_is_their_sum():
    made = of("33.33", "month", 3, currency="USD", rate=Rate(rate=Decimal("0.5"), day=JULY))
    assert [charge.amount for charge in made.charges] == [Decimal("16.67")] * 3
    assert made.value == Decimal("50.01")


def test_a_periodic_price_needs_a_term():
    with pytest.raises(Refused, match="months"):
        of("100.00", "month")


def test_what_is_not_said_shares_the_rest_and_too_much_is_refused():
    total = Decimal("100.01")
    assert item_amounts(total, [Decimal(50), None, None], "GBP") == [50, Decimal("25.01"), Decimal("25.00")]
    for wrong in ([Decimal(50), Decimal(50)], [total, None], [Decimal(101)]):
        with pytest.raises(Refused):
            item_amounts(total, wrong, "GBP")


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("4,800.00", "GBP", "4800.00"), ("4\u202f800.5", "GBP", "4800.50"), ("1,234", "GBP", "1234"),
        ("-12,345,678", "JPY", "-12345678"), ("1,234.567", "KWD", "1234.567"), ("1,234", "KWD", None),
        ("1,5", "GBP", None), ("4.800,00", "GBP", None), ("1,23.00", "GBP", None), ("4,800.001", "GBP", None),
    ],
)  # fmt: skip
def test_thousands_may_stand_apart_and_nothing_is_guessed(typed, currency, amount):
    if amount is not None:
        assert clean_money(typed, currency) == Decimal(amount)
        return
    with pytest.raises(Refused):
        clean_money(typed, currency)
