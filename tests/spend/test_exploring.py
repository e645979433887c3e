"""Spend from any side: a pivot that adds up, what may be paid twice, what comes back by itself."""

from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.people.scope import scope
from planning.shared.folding import folded
from planning.shared.refusals import Refused
from planning.spend.models import Entry
from planning.spend.pivot import DIMENSIONS, OTHERS, columns_of, laid_out, pivot
from planning.spend.recurring import recurring
from planning.spend.repeats import dismiss, dismissed, look_again, repeats
from planning.spend.views.exploring import registering
from planning.trail.queries import history
from planning.vendors.actions import register

from . import make


def made_for_all(cast):
    register(cast.finance, "Hosty", ["Hosty Cloud"])
    rows = [
        make.row("100.00", "Hosty Cloud", f"H{month}", f"2026-0{month}-03", category="Hosting") for month in range(1, 6)
    ]
    rows += [
        make.row("500.00", "Printer", "INV-0071", "2026-05-04"),
        make.row("500.00", "Printer", "INV 71", "2026-06-20"),  # the same document, typed again
        make.row("80.00", "Twice", "A1", "2026-05-04"),
        make.row("80.00", "Twice", "A2", "2026-05-09"),
        make.row("90.00", "Given back", "B1", "2026-05-04"),
        make.row("90.00", "Given back", "B2", "2026-05-05"),
        make.row("-90.00", "Given back", "B3", "2026-05-08"),
        make.row("60.00", "Lines", "C1", "2026-05-04"),
        make.row("60.00", "Lines", "C1", "2026-05-04"),  # lines of one invoice
    ]
    make.brought(cast.finance, make.ledger(*rows))
    return cast.workspace


@pytest.fixture
def ledger(made):
    return made


def test_a_long_list_shows_the_largest_and_says_what_the_rest_is():
    few, many = folded(range(12), D), folded(range(30, 0, -1), D)
    assert (len(few.first), few.rest) == (12, [])
    assert (many.first[-1], len(many.rest), many.amount) == (21, 20, 210)


def test_every_pivot_adds_up_to_the_ledger(ledger):
    whole = sum(Entry.objects.live().values_list("converted", flat=True))
    for row in DIMENSIONS:
        for column in ("", "month", "kind"):
            if column != row:
                table = pivot(ledger, row, column)
                assert (table.total, sum(one.rows for one in table.rows)) == (whole, 14)
                assert not column or sum(table.totals) == whole
    by_vendor = pivot(ledger, "vendor", "month", date(2026, 5, 1), date(2026, 5, 31))
    assert {one.name: one.total for one in by_vendor.rows}["Hosty"] == 100


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.booleans(), st.integers(1, 40), st.integers(-99, 99)), max_size=60)
)
def test_no_column_is_lost_when_there_are_many(cells):
    found = [("" if other else row, other, f"2026-{number % 12 + 1:02}-01:{number}", D(amount), 1, 0)
             for row, other, number, amount in cells]  # fmt: skip
    table = laid_out(None, "department", "", found)
    assert table.total == sum(amount for *_rest, amount in cells)
    assert len(columns_of("category", {f"{number}": number for number in range(40)})) == 15
    assert columns_of("month", {f"{number:02}": number for number in range(40)})[0] == OTHERS


def test_what_may_be_paid_twice_is_shown_likeliest_first(ledger):
    found = [(one.entry.document, one.again.document, one.days, one.same_document) for one in repeats(ledger)]
    assert found == [("INV-0071", "INV 71", 47, True), ("A1", "A2", 5, False)]


def test_a_pair_that_a_person_found_right_is_remembered_and_may_be_looked_at_again(cast, as_, ledger):
    one = repeats(ledger)[0]
    with pytest.raises(Refused, match="Say why"):
        dismiss(one.entry, one.again, cast.finance, " ")
    said = {"entry": one.entry.pk, "again": one.again.pk, "reason": "Two deliveries", "from": "2026-01-01"}
    answer = as_(cast.finance).post("/acme/spend/dismissals/", said)
    assert answer["Location"] == "/acme/spend/explore/?view=repeats&from=2026-01-01"
    with pytest.raises(Refused, match="said so already"):
        dismiss(one.entry, one.again, cast.cmo, "Again")
    assert [found.entry.document for found in repeats(ledger)] == ["A1"]
    assert "Two deliveries" in as_(cast.viewer).get("/acme/spend/explore/?view=repeats").content.decode()
    look_again(dismissed(ledger)[0], cast.cmo)
    assert (len(repeats(ledger)), dismissed(ledger)) == (2, [])
    assert [entry.verb for entry in history(one.again, 5)] == ["spend.look_again", "spend.dismiss"]


def test_a_subscription_nobody_registered_is_found_with_its_next_day(ledger):
    (one,) = recurring(ledger)
    assert (one.name, one.rhythm, one.times, one.amount, one.a_year) == ("Hosty", "month", 5, 100, 1200)
    assert (one.last_on, one.next_on, one.registered, one.ended) == (date(2026, 5, 3), date(2026, 6, 3), False, True)
    asked = SimpleNamespace(member=None, workspace=ledger, place=lambda name, *_args: f"/{name}")
    assert registering(asked, one) == "", "what has ended needs no contract"
    running = replace(one, ended=False)
    asked.member = SimpleNamespace(can_edit=True)
    assert registering(asked, running) == (
        "/vendors:new_contract?title=Hosty&value=1200.00&starts_on=2026-01-03&term_months=12"
    )
    assert registering(asked, replace(running, vendor_id=None)) == "/vendors:new?name=Hosty"


def test_the_pages_and_their_files(cast, as_, ledger):
    viewer = as_(cast.viewer)
    asked = "/acme/spend/explore/?from=2026-01-01&to=2026-12-31"
    for view, word in [
        ("pivot&rows=category&columns=month", "Hosting"),
        ("repeats", "INV-0071"),
        ("recurring", "Hosty"),
    ]:
        assert word in viewer.get(f"{asked}&view={view}").content.decode()
        file = b"".join(viewer.get(f"{asked}&view={view}&export=csv").streaming_content).decode("utf-8-sig")
        assert word in file
        assert ".000" not in file
    with scope(cast.workspace):
        key = Entry.objects.filter(document="A1").get().vendor_key
    assert "160.00" in viewer.get(f"/acme/spend/entries/?name={key}").content.decode()
