"""One vendor in every spelling, and two vendors kept apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planning.vendors.normal import normal


@pytest.mark.parametrize(
    "spelling",
    [
        "Northwind",
        "NORTHWIND LTD",
        "Northwind Limited",
        "northwind ltd. (UK)",
        "The Northwind Company",
        "Nörthwind, Inc.",
    ],
)
def test_one_key_for_every_spelling(spelling):
    assert normal(spelling) == "northwind"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH", "Muller and Sohne"),
        ("ENEL S.p.A.", "Enel SPA"),
        ("Łódź Sp. z o.o.", "Lodz"),
        ("O'Neil's", "ONEILS Ltd"),
        ("A.B. Dick Co., Inc.", "A B Dick"),
    ],
)
def test_spellings_meet(one, other):
    assert normal(one) == normal(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Apple", "Apple Leisure"), ("Co", "Inc"), ("3M", "3D"), ("UK Ltd", "US Ltd")]
)
def test_different_companies_stay_apart(one, other):
    assert normal(one) != normal(other)


@example("𝐀")
@given(st.text(min_size=1).filter(str.strip))
def test_every_name_has_a_key_that_stays(name):
    key = normal(name)
    assert key
    assert normal(key) == key
