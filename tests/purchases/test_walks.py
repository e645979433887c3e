"""Whatever people do, in whatever order, and whatever is billed: money is in one state, and keys are turned by two
people who did not ask."""

from decimal import Decimal

import pytest
from django.db import transaction
from django.db.models import Sum
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.budgets import promises
from planning.purchases import actions
from planning.purchases.models import STANDING, WAITING, Purchase
from planning.shared.refusals import Refused
from planning.signoffs.models import Seat
from planning.spend.actions import undo
from planning.spend.models import SETTLED, Entry, Import
from tests.purchases import make
from tests.spend import make as ledgers

PEOPLE = ("cmo", "cio", "marketing_planner", "technology_planner", "finance", "security", "legal", "viewer")
# What is done by whoever may do it, so that a walk comes as far as invoices; the others by anybody, mostly refused.
RIGHTLY = ("submit", "agree", "order", "receive", "bill", "credit", "close", "change", "undo")
ANYHOW = (
    "submit",
    "withdraw",
    "approve",
    "reject",
    "ask",
    "answer",
    "edit",
    "change",
    "order",
    "receive",
    "rush",
    "close",
    "discard",
)
AMOUNTS = st.sampled_from(["100.00", "450.01", "700.00", "1000.00"])
walks = st.lists(
    st.tuples(
        st.sampled_from([*((step, None) for step in RIGHTLY * 3), *((step, who) for step in ANYHOW for who in PEOPLE)]),
        st.integers(0, 1),
        st.sampled_from(["marketing", "technology", "finance", "security", "legal"]),
        AMOUNTS,
    ),
    max_size=15,
)


def take(cast, purchase, step, who, seat, amount):
    if who is None:
        return take_rightly(cast, purchase, step, amount)
    member = getattr(cast, who)
    if step in ("approve", "reject", "ask"):
        return actions.decide(purchase, member, seat, step, purchase.version, "because")
    if step in ("edit", "change"):
        return getattr(actions, step)(purchase, member, amount=amount)
    if step == "rush":
        return actions.rush(purchase, member, "outage", "It is down.")
    if step == "close":
        return actions.close(purchase, member, "Nothing more comes.")
    if step == "answer":
        return actions.answer(purchase, member, "This is why.")
    return getattr(actions, step)(purchase, member)


def take_rightly(cast, purchase, step, amount):
    asks = purchase.requester
    if step == "agree":
        return make.approve(purchase, cast) if purchase.is_waiting else None
    if step in ("bill", "credit"):
        return billed(cast, purchase, amount if step == "bill" else f"-{amount}")
    if step == "undo":
        last = Import.objects.exclude(state="undone").order_by("-pk").first()
        return last and undo(last, cast.finance)
    if step == "close":
        return actions.close(purchase, asks, "Nothing more comes.")
    if step == "receive":
        return actions.receive(purchase, asks, min(Decimal(amount), purchase.amount))
    if step == "change":
        return actions.change(purchase, asks, amount=amount)
    return getattr(actions, step)(purchase, asks)


def billed(cast, purchase, amount):
    """A row of the ledger with the purchase's number, on a document of its own."""
    facts = {"document": f"D{Entry.objects.count()}", "day": cast.workspace.today().isoformat()}
    row = [*ledgers.row(amount, **facts), purchase.code]
    return ledgers.brought(cast.finance, ledgers.ledger(row, header=[*ledgers.HEADER, "PO number"]))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(walks)
def test_any_walk_keeps_the_books_and_the_keys(office, line, walk):
    with transaction.atomic():
        asked = [make.draft(member, line, "450.01") for member in (office.marketing_planner, office.cio)]
        for (step, who), which, seat, amount in walk:
            purchase = Purchase.objects.filter(pk=asked[which].pk).select_related("paper", "requester").first()
            if purchase is None:
                continue
            try:
                take(office, purchase, step, who, seat, amount)
            except (Refused, Http404):
                continue
            holds(line, office)
            if step in ("submit", "rush"):
                assert make.standing(line).get("available", 0) >= 0, "what is promised is there"
        holds(line, office)
        transaction.set_rollback(True)


@pytest.fixture
def line(office):
    return make.agreed_line(office, "1000.00", side="joint", shares={"marketing": "60", "technology": "40"})


def holds(line, cast):
    """The invariants, after every step that was taken and after all that were refused."""
    standing = make.standing(line)
    reserved = committed = Decimal(0)
    for purchase in Purchase.objects.of(cast.workspace).select_related("paper"):
        kept = [promises.held(claim) for claim in purchase.claims]
        reserved += sum(row["reserved"] for row in kept)
        committed += sum(row["committed"] for row in kept)
        used = sum(row["consumed"] for row in kept)
        mine = (sum(row["reserved"] for row in kept), sum(row["committed"] for row in kept))
        if purchase.state in WAITING and purchase.approved is None:
            assert mine == (purchase.value, 0)
        elif purchase.state in STANDING:
            assert mine == (0, purchase.value - used)
            assert used == min(max(paid(purchase), 0), purchase.value)
            assert (purchase.state == "invoiced") == (used == purchase.value)
            keys = Seat.objects.filter(paper=purchase.paper, state="approved")
            deciders = {seat.name: seat.decided_by_id for seat in keys}
            assert deciders or purchase.emergency
            assert not purchase.emergency or purchase.emergency_by.is_lead
            assert purchase.requester_id not in deciders.values()
            assert deciders.get("marketing") != deciders.get("technology") or len(deciders) < 2
        elif purchase.state not in WAITING:
            assert mine == (0, 0)
        assert 0 <= purchase.received <= (purchase.amount or 0)
    assert (reserved, committed) == (standing.get("reserved", 0), standing.get("committed", 0))
    actual = Entry.objects.posted().filter(line=line).aggregate(sum=Sum("converted"))["sum"] or 0
    assert standing.get("actual", 0) == actual
    assert standing.get("available", 0) == standing["plan"] - reserved - committed - actual


def paid(purchase):
    rows = Entry.objects.posted().filter(purchase=purchase, kind__in=SETTLED)
    return rows.aggregate(sum=Sum("converted"))["sum"] or Decimal(0)
