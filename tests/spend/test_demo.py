"""The demonstration's ledgers bring exactly the actuals its budget says, and the unapproved money stands out."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from planning.budgets.demonstration.position import POSITION, THOUSAND
from planning.budgets.models import Revision
from planning.people.scope import scope
from planning.spend import bypass
from planning.spend.models import Entry, Import


@pytest.fixture
def told(demo, db):
    with scope(demo.workspace):
        yield demo.workspace


def test_every_line_has_the_actuals_of_the_story(told):
    named = Entry.objects.posted().filter(line__revisions__in=Revision.objects.in_force()).order_by()
    sums = named.values_list("line__revisions__name").annotate(amount=Sum("converted"))
    assert {name.lower(): amount for name, amount in sums} == {
        name.lower(): sum(facts["actual"]) * THOUSAND for name, facts in POSITION.items() if sum(facts["actual"])
    }


def test_every_file_ties_out_and_the_queue_holds_what_is_new(told):
    assert {(batch.state, batch.counts["rejected"], batch.counts["conflicts"]) for batch in Import.objects.all()} == {
        ("done", 0, 0)
    }
    assert set(Entry.objects.waiting().values_list("waits", flat=True)) == {"unmatched"}


def test_cards_and_monitoring_are_all_that_nobody_approved(told):
    unapproved = {row["name"]: row["amount"] for row in bypass.by_vendor(told, None, None)}
    unapproved.pop("Cindergate Systems", None)
    assert sum(unapproved.values()) == Decimal("31500.00")
    assert unapproved["Pulsewatch"] + unapproved["Lanternlog"] == Decimal("8100.00")
