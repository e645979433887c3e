from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from planning.shared.templatetags.money import money, number, percent, plain_number, short_money

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.500", "USD", "1,234.50"),
        ("1234.500", "JPY", "1,235"),
        ("1234.5675", "KWD", "1,234.568"),
        ("-48000", "GBP", "-48,000.00"),
        ("0.005", "GBP", "0.01"),
        ("-0.001", "GBP", "0.00"),
        ("999999999999999.999", "USD", "1,000,000,000,000,000.00"),
    ],
)
def test_money_has_the_digits_of_its_currency(amount, currency, text):
    assert money(Decimal(amount), currency) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "-12,345.60"), ("pl", f"-12{NBSP}345,60"), ("it", "-12.345,60"), ("ru", f"-12{NBSP}345,60")],
)
def test_money_is_written_as_the_reader_writes_it(language, text):
    with translation.override(language):
        assert money(Decimal("-12345.6"), "EUR") == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("940", "940"),
        ("1200", f"1.2{NBSP}k"),
        ("312000", f"312{NBSP}k"),
        ("999600", f"1{NBSP}m"),
        ("3498000", f"3.5{NBSP}m"),
        ("1710000", f"1.71{NBSP}m"),
        ("12340000", f"12.3{NBSP}m"),
        ("-6180000", f"-6.18{NBSP}m"),
        ("2500000000", f"2.5{NBSP}bn"),
    ],
)
def test_short_money_keeps_what_a_picture_needs(amount, text):
    assert short_money(Decimal(amount), "GBP") == text


def test_percentages_are_percentages():
    assert [percent(41), percent(Decimal("41.25")), percent(Decimal("-3"), 2)] == ["41%", "41.3%", "-3.00%"]
    with translation.override("ru"):
        assert percent(Decimal("41.2")) == f"41,2{NBSP}%"


def test_numbers_lose_the_zeros_of_the_database_and_nothing_else():
    assert [plain_number(Decimal(text)) for text in ("38.200", "1500.000", "0.000", "-0.5")] == [
        "38.2",
        "1,500",
        "0",
        "-0.5",
    ]
    assert number(Decimal("12345.678"), 1) == "12,345.7"


def test_nothing_is_an_empty_cell():
    assert [money(None, "USD"), short_money(None), percent(None), number(None), plain_number(None)] == [""] * 5


def test_an_amount_with_its_currency():
    page = Template('{% load money %}{% cash amount "GBP" %}').render(Context({"amount": Decimal("48000")}))
    assert "48,000.00" in page
    assert "GBP" in page
