"""Which approvers: every limit on both sides of its boundary, and why."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.purchases.rules import Facts, needs


def facts(value="100.00", **more):
    return Facts(
        **{
            "buyer": "marketing", "value": Decimal(value), "currency": "GBP", "data_class": "none",
            "lines": (("marketing", False),),
        } | more
    )  # fmt: skip


def seats(given_facts):
    return [need.seat for need in needs(given_facts)]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (facts(), ["marketing"]),
        (facts(lines=(("technology", False),), buyer="technology"), ["technology"]),
        (facts("9999.99"), ["marketing"]),
        (facts("10000.00"), ["marketing", "finance"]),
        (facts("24999.99"), ["marketing", "finance"]),
        (facts("25000.00"), ["marketing", "technology", "finance"]),
        (facts(lines=(("joint", True),)), ["marketing", "technology"]),
        (facts(lines=(("marketing", True),)), ["marketing", "technology"]),
        (facts(lines=(("marketing", False), ("technology", False))), ["marketing", "technology"]),
        (facts(domain="technology"), ["marketing", "technology"]),
        (facts(domain="marketing"), ["marketing"]),
        (facts(buyer="technology"), ["marketing", "technology"]),
        (facts(buyer="finance"), ["marketing"]),
        (facts(lines=()), ["marketing", "technology"]),
        (facts(all_lines_agreed=False), ["marketing", "technology"]),
        (facts(data_class="internal"), ["marketing"]),
        (facts(data_class="personal"), ["marketing", "technology", "security"]),
        (facts(data_class="unknown"), ["marketing", "technology", "security"]),
        (facts(data_class="personal", reviewed=True), ["marketing", "technology"]),
        (facts("4000.00", vendor_before=Decimal("5999.99")), ["marketing"]),
        (facts("4000.00", vendor_before=Decimal("6000.00")), ["marketing", "finance"]),
        (facts(term_months=12), ["marketing"]),
        (facts(term_months=13), ["marketing", "legal"]),
        (facts(renews="tacit"), ["marketing", "legal"]),
        (facts(renews="express"), ["marketing"]),
    ],
)
def test_who_is_asked(case, expected):
    assert seats(case) == expected


def test_security_reads_that_the_last_review_has_ended():
    by_seat = {need.seat: need.reason for need in needs(facts(data_class="personal", review_ended=date(2027, 3, 4)))}
    assert by_seat["security"].endswith("security review ended on 4 Mar 2027.")
    assert "review" not in by_seat["technology"]


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.builds(
        Facts,
        buyer=st.sampled_from(["marketing", "technology", "finance", "sponsor"]),
        value=st.decimals(0, 10**6, places=2),
        currency=st.just("GBP"),
        data_class=st.sampled_from(["none", "internal", "personal", "unknown"]),
        lines=st.lists(st.tuples(st.sampled_from(["marketing", "technology", "joint"]), st.booleans()), max_size=3).map(
            tuple
        ),
        domain=st.sampled_from(["marketing", "technology", "other"]),
        vendor_before=st.decimals(0, 10**5, places=2),
        term_months=st.none() | st.integers(1, 60),
        renews=st.sampled_from(["no", "express", "tacit"]),
        reviewed=st.booleans(),
    )
)
def test_somebody_is_always_asked_and_more_money_never_asks_fewer(one):
    found = seats(one)
    assert {"marketing", "technology"} & set(found)
    assert len(found) == len(set(found))
    assert all(need.reason for need in needs(one))
    assert needs(one) == needs(one)
    dearer = Facts(**{**vars(one), "value": one.value * 2 + 1})
    assert set(found) <= set(seats(dearer))
