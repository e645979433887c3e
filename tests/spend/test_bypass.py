"""Technology bought before anybody approved it: by vendor, refunds net, unknown apart."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from planning.purchases.models import Purchase
from planning.spend import saying
from planning.spend.bypass import Bypass, by_vendor, bypass
from planning.spend.models import CategoryKind, Entry
from planning.spend.views.bypassed import trend
from planning.vendors.actions import register

from . import make


def told(cast):
    """40.00 of a vendor approved before it was paid, 70.00 less 10.00 back of one nobody approved, 5.00 of unknown
    kind."""
    asked, unasked = (
        register(cast.technology_planner, "Asked Ltd"),
        register(cast.technology_planner, "Unasked Ltd", ["UA cards"]),
    )
    approve(cast, asked, datetime(2026, 4, 1, tzinfo=UTC))
    make.brought(
        cast.finance,
        make.ledger(
            make.row("40.00", "Asked", "A", category="Software"),
            make.row("50.00", "UNASKED LIMITED", "B", category="Software"),
            make.row("20.00", "ua cards", "C", category="Cloud hosting"),
            make.row("-10.00", "Unasked", "D", category="Software"),
            make.row("5.00", "Unasked", "E", category="Sundries"),
            make.row("9.00", "Unasked", "F", category="Advertising"),
        ),
    )
    return unasked


def approve(cast, vendor, at, number=1):
    """A purchase as it stands once approved; how it comes to that is the business of its own room."""
    from planning.signoffs.papers import SeatSpec, open_paper

    purchase = Purchase.objects.create(
        workspace=cast.workspace,
        number=number,
        title="Tool",
        requester=cast.marketing_planner,
        vendor=vendor,
        currency="GBP",
        amount=100,
        value=100,
    )
    paper = open_paper(
        kind="purchase",
        subject=purchase,
        version=1,
        terms={},
        author=cast.marketing_planner,
        author_decides=False,
        seats=[SeatSpec("marketing", side="marketing")],
        url="/acme/",
    )
    Purchase.objects.filter(pk=purchase.pk).update(state="approved", submitted_at=at, approved_at=at, paper=paper)


def test_the_share_counts_what_was_paid_before_it_was_approved(inside):
    unasked = told(inside)
    sums = bypass(inside.workspace)
    assert (sums.technology_spend, sums.bypassed, sums.share, sums.unknown) == (100, 60, Decimal("60.00"), 5)
    assert [(row["vendor_id"], row["amount"], row["rows"]) for row in by_vendor(inside.workspace)] == [
        (unasked.pk, 60, 3)
    ]


def test_approval_after_the_first_payment_does_not_whiten(inside):
    unasked = told(inside)
    Purchase.objects.filter(number=1).update(vendor=unasked, approved_at=datetime(2026, 6, 1, tzinfo=UTC))
    assert bypass(inside.workspace).bypassed == 100


def test_an_invoice_of_an_approved_purchase_was_asked_for_under_whatever_name(inside):
    rows = Entry.objects.filter(vendor=told(inside))
    rows.update(vendor=None, purchase=Purchase.objects.get(number=1))
    assert bypass(inside.workspace).bypassed == 0
    Purchase.objects.filter(number=1).update(approved_at=datetime(2027, 6, 1, tzinfo=UTC))
    assert bypass(inside.workspace).bypassed == 100


@pytest.mark.parametrize(
    ("domain", "technology", "unknown"), [("technology", 105, 0), ("other", 100, 0), (None, 100, 5)]
)
def test_a_person_says_what_a_category_is(inside, domain, technology, unknown):
    told(inside)
    saying.say(CategoryKind.objects.get(text="Sundries"), inside.finance, domain)
    sums = bypass(inside.workspace)
    assert (sums.technology_spend, sums.unknown) == (technology, unknown)


def test_a_month_that_still_runs_is_said_and_does_not_set_the_scale():
    months = [
        (date(2026, month, 1), Bypass(Decimal(1000), Decimal(paid), Decimal(0), 0))
        for month, paid in ((4, 20), (5, 10), (6, 1000))
    ]
    chart = trend(months, None, date(2026, 6, 2), "GBP")
    assert [point[1] for point in chart.facts["tracks"][0]["points"]] == ["2.00", "1.00"]
    assert [row[1] for row in chart.rows] == ["2%", "1%", "100% (still runs)"]
    assert chart.note == "June 2026 still runs and is not in the line yet: 100.0% of 1,000.00 GBP so far."
    alone = trend(months[2:], None, date(2026, 6, 2), "GBP")
    assert (alone.facts["tracks"][0]["points"][0][1:4], alone.note) == (["100.00", "100%", True], "")
