"""Two entries of the register are one vendor: everything follows, and everything goes back when that was wrong."""

import pytest
from django.db import connection

from planning.budgets.models import Revision
from planning.people.scope import scope
from planning.purchases.models import Purchase
from planning.shared.refusals import Refused
from planning.trail.models import Entry
from planning.trail.queries import history
from planning.vendors import actions, contracts
from planning.vendors.finding import called
from planning.vendors.merging.acting import merge, tell_apart, unmerge
from planning.vendors.merging.finding import look_for_twins, open_twins, taken_in
from planning.vendors.merging.hanging import REMEMBERS, in_words
from planning.vendors.models import Contract, Twin, Vendor
from tests.purchases import make


def made_for_all(cast):
    """(the one that is kept, the one that is gone), with a contract, a request and a signed line at the latter."""
    elena = cast.technology_planner
    kept = actions.register(elena, "Northwind", data_class="internal", technology_owner=elena)
    gone = actions.register(
        elena, "North Wind Trading", aliases=["NWT*CARD"], standing="blocked", marketing_owner=cast.marketing_planner
    )
    contracts.add_contract(
        gone, elena, title="Tags", starts_on=cast.workspace.today(), term_months=12, renewal="express",
        renewal_months=0, value="1200", currency="GBP",
    )  # fmt: skip
    line = make.agreed_line(cast, "5000.00", vendor=gone)
    make.draft(cast.marketing_planner, line, vendor=gone.pk)
    return kept, gone


@pytest.fixture
def two(made):
    return made


def at(vendor):
    return [
        Contract.objects.filter(vendor=vendor).count(),
        Purchase.objects.filter(vendor=vendor).count(),
        Revision.objects.filter(vendor=vendor).count(),
        vendor.aliases.count(),
    ]


def test_everything_follows_and_goes_back(inside, two):
    kept, gone = two
    signed = Revision.objects.get().fingerprint
    made = merge(gone, kept, inside.cio, note="One company.")
    assert (at(gone), at(kept)) == ([0, 0, 0, 0], [1, 1, 1, 2])
    assert in_words(made.counts | {"vendors_alias": 2})[0] == (2, "spellings")
    assert list(Vendor.objects.of(inside.workspace)) == [kept]
    assert called(inside.workspace, "North Wind Trading Ltd") == called(inside.workspace, "nwt card") == kept
    kept.refresh_from_db()
    assert (kept.standing, kept.data_class, kept.marketing_owner) == ("blocked", "unknown", inside.marketing_planner)
    assert Revision.objects.get().fingerprint == signed

    later = make.draft(inside.marketing_planner, None, vendor="north wind trading")
    unmerge(made, inside.cmo)
    assert (at(gone), at(kept)) == ([1, 1, 1, 1], [0, 1, 0, 0])
    later.refresh_from_db()
    assert later.vendor == kept
    kept.refresh_from_db()
    assert (kept.standing, kept.data_class, kept.marketing_owner) == ("allowed", "internal", None)
    assert called(inside.workspace, "North Wind Trading") == gone
    with pytest.raises(Refused, match="taken back already"):
        unmerge(made, inside.cmo)
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True))[-1] == "vendors.unmerge"


def test_a_chain_is_undone_from_its_end(inside, two):
    kept, gone = two
    third = actions.register(inside.cio, "Nordwind Holding")
    first = merge(gone, kept, inside.cio)
    second = merge(kept, third, inside.cio)
    gone.refresh_from_db()
    assert (gone.merged_into, at(third)[:3]) == (third, [1, 1, 1])
    told = [entry.sentence for entry in history(third, also=taken_in(third))]
    assert any("North Wind Trading" in sentence for sentence in told)
    with pytest.raises(Refused, match="take that back first"):
        unmerge(first, inside.cio)
    unmerge(second, inside.cio)
    gone.refresh_from_db()
    assert (gone.merged_into, at(kept)[:3]) == (kept, [1, 1, 1])
    unmerge(first, inside.cio)
    assert at(gone) == [1, 1, 1, 1]


def test_what_cannot_be_merged_is_refused_and_changes_nothing(inside, two):
    kept, gone = two
    with pytest.raises(Refused, match="another vendor"):
        merge(gone, gone, inside.cio)
    made = merge(gone, kept, inside.cio)
    with pytest.raises(Refused, match="merged already"):
        merge(kept, gone, inside.cio)
    kept.aliases.filter(name="North Wind Trading").delete()
    actions.register(inside.cio, "North Wind Trading")
    with pytest.raises(Refused, match="by now"):
        unmerge(made, inside.cio)
    assert at(kept)[:3] == [1, 1, 1]


def test_likely_twins_are_suggested_once_and_the_answer_is_remembered(inside, two):
    kept, gone = two
    for name in ("Palisade Security", "Palisade Securty Systems", "Harbour Print", "Harbour Lights"):
        actions.register(inside.cio, name)
    while look_for_twins(inside.workspace, most=3):
        pass
    found = {str(twin): twin for twin in open_twins(inside.workspace)}
    assert set(found) == {"Northwind / North Wind Trading", "Palisade Security / Palisade Securty Systems"}
    tell_apart(found["Palisade Security / Palisade Securty Systems"], inside.cmo)
    made = merge(gone, kept, inside.cmo)
    Vendor.objects.update(compared_at=None)
    look_for_twins(inside.workspace)
    assert not open_twins(inside.workspace)
    unmerge(made, inside.cmo)
    assert set(Twin.objects.values_list("state", flat=True)) == {"apart"}


def test_a_merge_that_was_taken_back_is_not_suggested_again(inside, two):
    kept, gone = two
    unmerge(merge(gone, kept, inside.cio), inside.cmo)
    while look_for_twins(inside.workspace):
        pass
    assert not open_twins(inside.workspace)


def test_the_page_says_which_vendor_went_and_which_came_back(cast, two, as_):
    kept, gone = two
    with scope(cast.workspace):
        unmerge(merge(gone, kept, cast.cio), cast.cio)
    told = as_(cast.cio).get(f"/acme/vendors/{kept.pk}/").context["history"]
    assert [entry.said for entry in told[:2]] == ["North Wind Trading", "North Wind Trading"]


@pytest.mark.django_db
def test_every_reference_to_a_vendor_is_called_so_and_follows_a_merge():
    kinds = [
        (relation.related_model._meta.db_table, relation.field.name)
        for relation in Vendor._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
    ]
    expected = {table for table, name in kinds if name == "vendor"}
    assert {name for _table, name in kinds} <= {"vendor", "merged_into", *REMEMBERS}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname LIKE 'follow_vendor%' GROUP BY 1"
        )
        assert dict(cursor.fetchall()) == dict.fromkeys(expected, 2)


def test_nothing_of_another_workspace_is_merged(cast):
    with scope(cast.other):
        stranger = actions.register(cast.stranger, "Northwind")
    with scope(cast.workspace):
        ours = actions.register(cast.cio, "North Wind")
        with pytest.raises(Refused, match="no such vendor"):
            merge(stranger, ours, cast.cio)
