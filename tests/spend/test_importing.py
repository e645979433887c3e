"""What becomes of a row: accepted, rejected, duplicate or in conflict, and the four are the file."""

from decimal import Decimal

import pytest

from planning.budgets.models import Movement
from planning.people.scope import scope
from planning.shared.refusals import Refused
from planning.spend import actions, conflicts
from planning.spend.models import Entry, Outcome, Staged
from planning.trail.models import Entry as History

from . import make


def outcome(batch):
    return {part: batch.counts[part] for part in ("accepted", "rejected", "duplicates", "conflicts")}


def test_bad_rows_say_why_and_do_not_stop_the_file(inside):
    batch = make.brought(
        inside.finance,
        make.ledger(
            make.row("1,234.50"),
            make.row("(99.00)"),
            make.row("12.345"),
            make.row("€ 5.00"),
            make.row("soon"),
            make.row("#N/A"),
            make.row("10.00", day="2026-02-31"),
            make.row("10.00", day=""),
            make.row("-0.50"),
            ["", "", "", "", "", ""],
            *[make.row(f"{number}.00", document=f"D{number}") for number in range(1, 90)],
        ),
        {"negative": "parentheses"},
    )
    from planning.spend.reasons import reason

    said = {
        row.row: (row.problem_column, reason(row, batch.mapping))
        for row in batch.staged.filter(outcome=Outcome.REJECTED)
    }
    assert said == {
        4: ("amount", "“12.345” has more decimals than GBP has."),
        5: ("amount", "“€ 5.00” carries a sign that is not GBP."),
        6: ("amount", "“soon” is not an amount in the style of this file."),
        7: ("amount", "There is no amount."),
        8: ("date", "“2026-02-31” is not a date in the style yyyy-mm-dd."),
        9: ("date", "There is no date."),
    }
    assert outcome(batch) == {"accepted": 92, "rejected": 6, "duplicates": 0, "conflicts": 0}
    assert (batch.counts["rows"], batch.counts["unreadable"]) == (98, 2)
    assert Decimal(batch.totals["accepted"]["GBP"]) == Decimal("1234.50") - 99 - Decimal("0.50") + 4005
    assert Decimal(batch.totals["file"]["GBP"]) == Decimal(batch.totals["accepted"]["GBP"]) + Decimal("37.345")


def test_the_same_file_twice_brings_nothing_new(inside):
    rows = [make.row("10.00"), make.row("10.00"), make.row("20.00", document="INV-2")]
    first = make.brought(inside.finance, make.ledger(*rows))
    again = make.brought(inside.finance, make.ledger(*rows, name="again.csv"))
    assert outcome(first) == {"accepted": 3, "rejected": 0, "duplicates": 0, "conflicts": 0}
    assert outcome(again) == {"accepted": 0, "rejected": 0, "duplicates": 3, "conflicts": 0}
    assert Entry.objects.count() == 3


def test_a_repeat_is_new_when_the_earlier_file_held_it_less_often(inside):
    plain = make.row("10.00", document="")
    make.brought(inside.finance, make.ledger(plain, plain))
    batch = make.brought(inside.finance, make.ledger(plain, plain, plain))
    assert outcome(batch) == {"accepted": 1, "rejected": 0, "duplicates": 2, "conflicts": 0}
    assert list(Entry.objects.order_by("pk").values_list("nth", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(("verdict", "booked"), [("keep", 1), ("book", 2)])
def test_a_document_with_other_amounts_waits_for_a_person(inside, verdict, booked):
    make.brought(inside.finance, make.ledger(make.row("10.00")))
    batch = make.brought(inside.finance, make.ledger(make.row("12.00"), make.row("7.00", document="INV-9")))
    assert outcome(batch) == {"accepted": 1, "rejected": 0, "duplicates": 0, "conflicts": 1}
    assert make.total(batch) == {"GBP": "19.00"}

    found = conflicts.documents(batch)
    assert [(one["document"], one["rows"][0].amount, one["held"][0].amount) for one in found] == [("INV-1", 12, 10)]
    batch = conflicts.settle(batch, inside.finance, [found[0]["rows"][0].pk], verdict)
    assert Entry.objects.filter(document="INV-1").count() == booked
    with pytest.raises(Refused):
        conflicts.settle(batch, inside.finance, [found[0]["rows"][0].pk], verdict)


def test_rows_of_one_file_never_conflict_with_each_other(inside):
    batch = make.brought(inside.finance, make.ledger(make.row("10.00"), make.row("20.00"), make.row("-5.00")))
    assert outcome(batch)["accepted"] == 3
    assert sorted(Entry.objects.values_list("kind", flat=True)) == ["credit", "invoice", "invoice"]


def test_currencies_are_added_up_apart(inside):
    header = [*make.HEADER, "Currency"]
    rows = [
        [*make.row("10.00"), "GBP"],
        [*make.row("7", document="J"), "JPY"],
        [*make.row("1.005", document="K"), "KWD"],
        [*make.row("1", document="X"), "XX"],
    ]
    batch = make.brought(inside.finance, make.ledger(*rows, header=header))
    assert make.total(batch, "accepted") == {"GBP": "10.00", "JPY": "7.00", "KWD": "1.005"}
    assert make.total(batch, "rejected") == {"XX": "1.00"}
    assert set(Entry.objects.filter(currency="JPY").values_list("waits", flat=True)) == {"rate"}


def test_a_file_whose_dates_can_be_read_two_ways_waits(inside):
    rows = [make.row("10.00", day="03/04/2026"), make.row("11.00", day="05/06/2026", document="B")]
    batch = make.brought(inside.finance, make.ledger(*rows))
    assert (batch.state, batch.doubts) == ("needs mapping", ["date_format"])
    assert not Staged.objects.exists()
    with pytest.raises(Refused, match="day and month"):
        actions.confirm(batch, inside.finance, {})
    told = make.brought(inside.finance, make.ledger(*rows), {"date_format": "%m/%d/%Y"})
    assert [str(entry.posting_date) for entry in told.entries.order_by("row")] == ["2026-03-04", "2026-05-06"]


def test_payroll_loses_names_at_the_door(cast):
    header = [*make.HEADER, "Kind", "Description"]
    rows = [*make.row("9.00", vendor="A. Person"), "payroll", "Salary of A. Person"]
    with scope(cast.workspace, cast.finance.user):
        batch = make.brought(cast.finance, make.ledger(rows, header=header))
        entry = batch.entries.get()
        assert batch.private
        assert (entry.kind, entry.vendor_name, entry.description, entry.amount) == ("payroll", "", "", 9)
        assert "Person" not in str(list(batch.staged.values()))


def test_a_mapping_that_makes_no_sense_keeps_nothing(inside):
    with pytest.raises(Refused, match="no key “colour”"):
        actions.upload(inside.finance, make.ledger(make.row("1.00")), {"colour": "red"})
    batch = make.brought(inside.finance, make.ledger(make.row("1.00")), {"columns": {"amount": "Betrag"}})
    assert (batch.state, batch.failure) == ("failed", "The file has no column “Betrag”.")
    assert not Entry.objects.exists()


def test_undoing_a_running_import_stops_it(inside):
    batch = actions.upload(inside.finance, make.ledger(make.row("10.00")))
    assert batch.state == "running"
    actions.undo(batch, inside.finance)
    from planning.spend import tasks

    tasks.run_import(batch.workspace_id, batch.pk)
    batch.refresh_from_db()
    assert (batch.state, Entry.objects.count(), Movement.objects.count()) == ("undone", 0, 0)


def test_each_step_is_in_the_history(inside):
    batch = make.brought(inside.finance, make.ledger(make.row("10.00")))
    actions.undo(batch, inside.finance)
    with pytest.raises(Refused, match="undone already"):
        actions.undo(batch, inside.finance)
    assert list(History.objects.about(batch).order_by("number").values_list("verb", flat=True)) == [
        "spend.upload",
        "spend.book",
        "spend.undo",
    ]
