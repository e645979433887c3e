"""Merging while somebody else merges, or sends a request: nothing hangs on the vendor that is gone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.people.scope import scope
from planning.purchases import actions as purchases
from planning.purchases.models import Purchase
from planning.shared.refusals import Refused
from planning.trail.models import Entry
from planning.vendors import actions, scoring
from planning.vendors.importing.acting import bring_register, take_register
from planning.vendors.merging.acting import merge
from planning.vendors.models import Contract, Merge, Scorecard, Vendor
from tests.faults.test_two_at_once import at_once
from tests.purchases import make


@pytest.fixture
def lasting(committed_cast):
    cast = committed_cast
    with scope(cast.workspace):
        cast.one, cast.other = (actions.register(cast.cio, name) for name in ("Northwind", "North Wind Trading"))
        cast.line = make.agreed_line(cast, "5000.00", side="marketing", vendor=cast.other)
    return cast


def test_two_merge_the_same_pair_from_both_ends_and_one_is_kept(lasting):
    done = at_once(
        lasting.workspace,
        lambda: merge(lasting.one, lasting.other, lasting.cmo),
        lambda: merge(lasting.other, lasting.one, lasting.cio),
    )
    with scope(lasting.workspace):
        assert (done, Merge.objects.count(), Vendor.objects.of(lasting.workspace).count()) == (
            ["done", "refused"],
            1,
            1,
        )


def test_a_request_sent_during_a_merge_is_with_the_vendor_that_is_kept(lasting):
    with scope(lasting.workspace):
        waiting = make.draft(lasting.marketing_planner, lasting.line, vendor=lasting.other.pk)
    said = []

    def telling(act, *args, **kwargs):
        try:
            act(*args, **kwargs)
        except Refused as refused:
            said.append(f"{act.__name__}: {refused}")
            raise

    planner = lasting.marketing_planner
    done = at_once(
        lasting.workspace,
        lambda: telling(merge, lasting.other, lasting.one, lasting.cio),
        lambda: telling(purchases.submit, waiting, planner),
        lambda: telling(make.draft, planner, lasting.line, vendor="North Wind Trading"),
    )
    with scope(lasting.workspace):
        assert (done, said) == (["done"] * 3, [])
        assert set(Purchase.objects.values_list("vendor", flat=True)) == {lasting.one.pk}
        assert Purchase.objects.get(pk=waiting.pk).state == "submitted"


def test_a_register_taken_in_by_two_is_taken_once(lasting):
    with scope(lasting.workspace):
        text = "Supplier,Title,Start date,End date,Value\nGullwing,Photos,2026-01-01,2026-12-31,14200.00\n"
        brought = bring_register(lasting.cio, SimpleUploadedFile("list.csv", text.encode()))
    done = at_once(
        lasting.workspace,
        lambda: take_register(brought, lasting.cio),
        lambda: take_register(brought, lasting.cmo),
    )
    with scope(lasting.workspace):
        assert (done, Contract.objects.count()) == (["done", "refused"], 1)
        assert Vendor.objects.of(lasting.workspace).filter(key="gullwing").count() == 1


def test_both_sides_marks_at_once_close_the_round_once(lasting):
    with scope(lasting.workspace):
        card = scoring.ask_marks(lasting.one, lasting.cio)
    marks = dict.fromkeys(scoring.QUESTIONS, 4)
    done = at_once(
        lasting.workspace,
        lambda: scoring.give_marks(card, lasting.cmo, marks),
        lambda: scoring.give_marks(card, lasting.cio, marks),
    )
    with scope(lasting.workspace):
        told = [entry.after for entry in Entry.objects.filter(verb="vendors.give_marks")]
        assert (done, Scorecard.objects.get().scores.count()) == (["done", "done"], 2)
        assert [set(after.get("marks", ())) for after in sorted(told, key=len)] == [set(), {"marketing", "technology"}]
        assert Scorecard.objects.get().closed_at
