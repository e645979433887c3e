"""A source is told once how its files are read; its next file, and the rows it rejected, come back to it."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.shared import clock
from planning.shared.refusals import Refused
from planning.spend import actions, opening, source_periods, sources, staging, tasks
from planning.spend.models import Entry, Import, Outcome, Source
from planning.spend.views import imports

from . import make

HEADER = ["Date", "Supplier", "Document no", "Amount", "Cost centre"]
SAID = {
    "encoding": "utf-8",
    "delimiter": ",",
    "header_row": 1,
    "date_format": "mm/dd/yyyy",
    "sign": "reversed",
    "departments": {"column": "cost_centre", "begins": {"4": "Other", "41": "Marketing"}},
    "columns": {"date": "Date", "vendor": "Supplier", "document": "Document no", "amount": "Amount",
                "cost_centre": "Cost centre"},
    "source": "Group ledger",
}  # fmt: skip
MANY = [["04/06/2026", "C", f"C{number}", "-1.00", "41"] for number in range(60)]
MENDED = "\ufeff" + ",".join(HEADER) + ",row,column,reason\n04/05/2026,A,3,-3.00,41,2,Amount,why\n"


def file(*rows, name="2026-06 ledger.csv"):
    return make.ledger(*rows, header=HEADER, name=name)


def confirmed(cast):
    rows = ["03/04/2026", "A", "1", "-10.00", "4100"], ["03/05/2026", "B", "2", "5.00", "4200"]
    batch = actions.upload(cast.finance, file(*rows))
    assert batch.state == "needs mapping"
    batch = actions.confirm(batch, cast.finance, SAID)
    tasks.run_import(batch.workspace_id, batch.pk)
    return batch


def test_the_first_credit_of_a_source_may_stand_in_parentheses(inside):
    for amount in ("10.00", "(4.00)"):
        rows = [make.row("2.00", document=f"{amount} {number}") for number in range(60)]
        batch = make.brought(inside.finance, make.ledger(*rows, make.row(amount, document=amount)))
        assert batch.counts["rejected"] == 0
    assert batch.totals["accepted"] == {"GBP": "116.00"}
    assert batch.source.mapping["negative"] == "parentheses"


def test_the_next_file_is_read_as_the_last_one_was(inside):
    batch = confirmed(inside)
    assert list(batch.entries.order_by("row").values_list("posting_date", "amount", "kind", "department")) == [
        (date(2026, 3, 4), 10, "invoice", "Marketing"), (date(2026, 3, 5), -5, "credit", "Other"),
    ]  # fmt: skip
    again = actions.upload(inside.finance, file(["04/05/2026", "A", "3", "-7.00", "4199"]), confirmed=False)
    assert (again.state, again.source.name, again.mapping["sign"]) == ("running", "Group ledger", "reversed")
    tasks.run_import(again.workspace_id, again.pk)
    read = again.entries.values_list("posting_date", "amount", "department")
    assert list(read) == [(date(2026, 4, 5), 7, "Marketing")]


def test_a_file_that_reads_otherwise_is_asked_itself(inside):
    confirmed(inside)
    odd = file(["05/06/2026", "A", "3", "7.00", "1"], ["25/06/2026", "B", "4", "1.00", "1"])
    assert actions.upload(inside.finance, odd).mapping["date_format"] == "dd/mm/yyyy"


def test_two_sources_that_look_alike_are_told_apart_by_a_person(inside):
    confirmed(inside)
    rows = ["03/04/2026", "A", "1", "-10.00", "4100"]
    assert actions.upload(inside.finance, file(rows), SAID | {"source": "Japan"}).source.name == "Japan"
    unsaid = actions.upload(inside.finance, file(rows))
    assert (unsaid.state, unsaid.doubts) == ("needs mapping", ["source"])
    said = actions.confirm(unsaid, inside.finance, SAID | {"source": "Japan"})
    assert (said.source.name, Source.objects.count()) == ("Japan", 2)


def test_rejected_rows_are_mended_and_brought_to_the_same_source(inside):
    batch = confirmed(inside)
    bad = make.brought(inside.finance, file(["04/05/2026", "A", "3", "soon", "41"], *MANY))
    assert (bad.counts["rejected"], bad.counts["accepted"]) == (1, 60)
    half = MENDED + "14/40/2026,B,4,-2.00,41,3,Date,why\n"  # the second was not mended, and changes no style
    back = make.brought(inside.finance, SimpleUploadedFile("2026-06 ledger-rejected.csv", half.encode()))
    assert (back.source_id, back.counts["accepted"], back.counts["rejected"]) == (batch.source_id, 1, 1)
    assert back.entries.get().amount == 3
    (found,) = imports.explained(bad, bad.staged.filter(outcome="rejected"))
    assert found[3] == back.entries.get()
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    ("calendar", "start", "name", "first", "after"),
    [
        ("4-weeks", date(2019, 3, 31), "2020 P04", date(2020, 6, 21), date(2020, 7, 19)),
        ("4-4-5", date(2026, 2, 1), "2026 P03", date(2026, 3, 29), date(2026, 5, 3)),
        ("months", date(2026, 4, 1), "2026 P03", date(2026, 6, 1), date(2026, 7, 1)),
    ],
)
def test_rows_fall_into_the_sources_own_periods(inside, calendar, start, name, first, after):
    source = sources.describe(confirmed(inside).source, inside.finance, "Group", calendar, start)
    found = {period.name: period for period in source_periods.of_year(source, int(name[:4]))}
    assert (found[name].starts_on, found[name].ends_on) == (first, after)
    for year in range(2015, 2035):  # no day in two periods, none outside
        ends = [period.ends_on for period in source_periods.of_year(source, year)]
        assert ends[-1] == source_periods.of_year(source, year + 1)[0].starts_on
        assert ends == sorted(set(ends))
    assert sum(row["amount"] for row in source_periods.sums(source)) == 5


def test_weeks_need_a_first_day(inside):
    with pytest.raises(Refused, match="day on which a year begins"):
        sources.describe(confirmed(inside).source, inside.finance, "Group", "4-weeks")


def test_of_a_short_file_only_what_was_not_accepted_is_staged(inside):
    confirmed(inside)
    batch = make.brought(inside.finance, file(*MANY, ["04/06/2026", "C", "X", "soon", "41"]))
    assert (batch.staged.get().outcome, batch.entries.count()) == (Outcome.REJECTED, 60)


def test_staged_rows_go_after_a_while_and_nothing_else(inside, monkeypatch):
    confirmed(inside)
    monkeypatch.setattr(staging, "CHUNK", 30)
    batch = make.brought(inside.finance, file(*MANY, ["04/06/2026", "C", "X", "soon", "41"]))
    assert staging.clear(batch.workspace_id) == 0
    with clock.at(clock.now() + 2 * staging.KEPT):
        assert staging.clear(batch.workspace_id) == 60
    assert (batch.staged.get().outcome, Entry.objects.count()) == (Outcome.REJECTED, 62)
    assert Import.objects.get(pk=batch.pk).counts["rows"] == 61


@pytest.mark.parametrize(
    ("heading", "said", "key"),
    [
        ("Kind of cost", ["Media", "Print"], ("category", "sure")),
        ("Kind of cost", ["invoice", "credit"], ("kind", "sure")),
        ("Kind", ["payroll", "Print"], ("kind", "likely")),
        ("Kind", ["Media", "Print"], None),
    ],
)
def test_a_column_of_kinds_is_what_its_cells_say(inside, heading, said, key):
    rows = [["2026-05-14", f"{place}.50", word] for place, word in enumerate(said)]
    made = opening.propose(actions.upload(inside.finance, make.ledger(*rows, header=["Date", "Amount", heading])), {})
    assert [(key, made.confidence[key]) for key, name in made.mapping["columns"].items() if name == heading] == (
        [key] if key else []
    )


@pytest.mark.parametrize(
    ("heading", "cell", "said"),
    [
        ("Amount USD", "12.50", ("USD", "likely")),
        ("amount (gbp)", "12.50", ("GBP", "sure")),
        ("Amount €", "€12.50", ("EUR", "sure")),
        ("Value", "12.50", ("GBP", "sure")),
        ("Amount CAD", "$12.50", ("CAD", "likely")),
        ("ALL TOP VALUE", "12.50", ("GBP", "sure")),
    ],
)
def test_a_currency_that_the_heading_names_is_proposed(inside, heading, cell, said):
    file = make.ledger(["2026-05-14", cell], header=["Date", heading])
    made = opening.propose(actions.upload(inside.finance, file, confirmed=False), {})
    assert (made.mapping["currency"], made.confidence["currency"]) == said
