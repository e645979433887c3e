"""Real registers of contracts, as published: every row joins the register, or says why not; the sum agrees."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.shared import clock, leases
from planning.shared.refusals import Refused
from planning.trail.models import Entry
from planning.vendors import actions, tasks
from planning.vendors.importing import acting, running
from planning.vendors.importing.contract_register import ContractRegister
from planning.vendors.models import Contract, Vendor
from tests.spend.test_real_files import BESIDE, KEPT

REAL = KEPT.parent / "philadelphia-commodities-2016.csv"
FACTS = {REAL: {"rows": 840, "total_amount": "2173502186.88", "refused": 175, "vendors": 533}}
if (BESIDE / "EXPECTED.json").exists():
    for name, fact in json.loads((BESIDE / "EXPECTED.json").read_text())["other"].items():
        if name.startswith("contracts/phl_prof") and (BESIDE / name).exists():
            FACTS[BESIDE / name] = fact | {"refused": fact["rows_shifted_or_bad"]}
SMALL = """Supplier;Contract no;Description;Start;End;Value
Northwind Ltd;A-1;Tags;31.01.2025;30.01.2026;1.200,00
NORTHWIND LIMITED;A-2;Search;1.2.2025;31.1.2026;90,5
Tidewater;B-1;Data;1.1.2025;31.12.2024;10
Tidewater;B-2;Data;1.1.2025;31.12.2025;x
"""


def brought(member, name, content):
    """As it is after a worker, where it is long, has read it."""
    register = acting.bring_register(member, SimpleUploadedFile(name, content))
    tasks.read_register(member.workspace_id, register.pk)
    register.refresh_from_db()
    return register


def taken(register, member):
    acting.take_register(register, member)
    tasks.take_long_register(member.workspace_id, register.pk)
    register.refresh_from_db()
    assert register.state == "taken"


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.name)
def test_a_real_register_agrees_to_the_penny_and_changes_nothing_the_second_time(inside, path):
    fact, content = FACTS[path], path.read_bytes()
    register = brought(inside.cio, path.name, content)
    assert register.state == "checked"
    currency = register.mapping["currency"]
    assert register.totals["file"].keys() == {currency}
    assert Decimal(register.totals["file"][currency]) == Decimal(fact["total_amount"])
    assert (register.counts["rows"], register.counts["refused"]) == (fact["rows"], fact["refused"])
    assert all(row["reason"] and row["column"] for row in register.refusals)
    taken(register, inside.cio)
    added = Contract.objects.all()
    assert added.count() == fact["rows"] - fact["refused"]
    assert sum(contract.value for contract in added) == Decimal(register.totals["new"][currency])
    assert Vendor.objects.count() <= fact["vendors"]
    again = brought(inside.cmo, path.name, content)
    assert again.counts["unchanged"] == added.count()
    with pytest.raises(Refused, match="says all of it already"):
        acting.take_register(again, inside.cmo)


def test_rows_are_read_by_one_style_and_refused_one_by_one(inside):
    known = actions.register(inside.cio, "Northwind")
    register = brought(inside.cio, "list.csv", SMALL.encode())
    assert [(row["row"], row["column"]) for row in register.refusals] == [(4, "End"), (5, "Value")]
    acting.take_register(register, inside.cio)
    tags = Contract.objects.get(reference="A-1")
    assert (tags.vendor, tags.value, tags.term_months, str(tags.ends_on)) == (known, Decimal(1200), 12, "2026-01-31")
    assert Contract.objects.get(reference="A-2").vendor == known
    dearer = brought(inside.cio, "list.csv", SMALL.replace("1.200,00", "1.300,00").encode())
    assert (dearer.counts["changed"], dearer.counts["unchanged"]) == (1, 1)
    acting.take_register(dearer, inside.cio)
    tags.refresh_from_db()
    assert (tags.value, Contract.objects.count()) == (Decimal(1300), 2)


def test_the_preview_says_of_each_row_what_it_does_and_folds_what_is_refused(inside, as_):
    dear = SMALL.replace("1.200,00", "1.234.500,00") + "Tidewater;C-1;Data;1.1.2025;31.12.2025;x\n" * 20
    register = brought(inside.cio, "list.csv", dear.encode())
    page = as_(inside.cio).get(f"/acme/vendors/registers/{register.pk}/").text
    first = page[page.index("The first rows") : page.index("Refused rows")]
    assert "1,234,500.00" in first
    assert first.count("Refused</span>") == sum(row["outcome"] == "refused" for row in register.sample) == 6
    shown, rest = page[page.index("Refused rows") :].split("12 more")
    assert (shown.count("There is no") + shown.count("is not an amount"), rest.count("is not an amount")) == (9, 12)


def test_a_file_in_doubt_waits_for_its_mapping(inside):
    register = brought(inside.cio, "list.csv", b"Wer,Ab,Bis,Betrag\nNorthwind,1/2/2025,1/3/2026,10\n")
    assert register.state == "mapping"
    said = {"columns": {"vendor": "Wer", "starts": "Ab", "ends": "Bis", "value": "Betrag"}, "end_is": "first"}
    with pytest.raises(Refused, match="Say which column"):
        acting.map_register(register, inside.cio, {"columns": {"vendor": "Wer"}})
    register = acting.map_register(register, inside.cio, said | {"date_format": "mm/dd/yyyy"})
    acting.take_register(register, inside.cio)
    assert [str(day) for day in Contract.objects.values_list("starts_on", "ends_on").get()] == [
        "2025-01-02",
        "2026-01-03",
    ]


def test_a_long_register_survives_the_worker_that_read_it(inside, monkeypatch, as_):
    monkeypatch.setattr(acting, "AT_ONCE", 2)
    monkeypatch.setattr(running, "PIECE", 1)
    workspace, judge, rows = inside.workspace.pk, ContractRegister.judge, []

    def dies(known, row):
        if len(rows) == 2:
            raise KeyboardInterrupt
        rows.append(row)
        return judge(known, row)

    register = acting.bring_register(inside.cio, SimpleUploadedFile("list.csv", SMALL.encode()))
    monkeypatch.setattr(ContractRegister, "judge", dies)
    with pytest.raises(KeyboardInterrupt):
        tasks.read_register(workspace, register.pk)
    monkeypatch.setattr(ContractRegister, "judge", judge)
    page = as_(inside.cio).get(f"/acme/vendors/registers/{register.pk}/").text
    assert "Being read" in page
    assert "2 / 4" in page
    with pytest.raises(Refused, match="A worker has this file"):
        acting.take_register(register, inside.cio)
    tasks.read_register(workspace, register.pk)
    assert running.abandoned(workspace) == []
    with clock.at(clock.now() + leases.SILENT + timedelta(seconds=1)):
        assert running.abandoned(workspace) == [(register.pk, "reading")]
        tasks.read_register(workspace, register.pk)
    register.refresh_from_db()
    assert (register.state, register.counts["rows"], register.lease) == ("checked", 4, None)
    taken(register, inside.cio)
    tasks.take_long_register(workspace, register.pk)
    assert Contract.objects.count() == 2
    assert [entry.member for entry in Entry.objects.filter(verb="vendors.finish_register")] == [inside.cio]


def written(field):
    return "" if field.value() is None else field.value()


EUROS = "Supplier;Start;End;Value {}\nNorthwind;1.1.2025;31.12.2025;{}\n"


@pytest.mark.parametrize(
    ("heading", "amount", "proposed", "doubted"),
    [
        ("", "90,50", "GBP", False),
        ("in EUR", "90,50", "EUR", True),
        ("", "$90,50", "USD", True),
        ("", "€90,50", "EUR", False),
    ],
)
def test_a_register_says_its_currency_and_one_in_doubt_is_looked_at(inside, as_, heading, amount, proposed, doubted):
    register = brought(inside.cio, "list.csv", EUROS.format(heading, amount).encode())
    assert register.totals["new"] == {proposed: "90.50"}
    page = f"/acme/vendors/registers/{register.pk}/"
    shown = as_(inside.cio).get(page)
    assert (shown.context["doubted"] == proposed, "Please look: the amounts" in shown.text) == (doubted, doubted)
    form = shown.context["form"]
    said = {name: written(form[name]) for name in form.fields}
    unknown = as_(inside.cio).post(page, said | {"currency": "XQW"})
    assert (unknown.status_code, "no currency we know" in unknown.text) == (422, True)
    as_(inside.cio).post(page, said | {"currency": "usd"})
    register.refresh_from_db()
    signed = amount[0] == "€"
    assert register.totals.get("new", {}) == ({} if signed else {"USD": "90.50"}), "a euro is never a dollar"
    assert [("carries a sign" in row["reason"], row["column"]) for row in register.refusals] == (
        [(True, "Value")] if signed else []
    )
    if not signed:
        acting.take_register(register, inside.cio)
        assert (Contract.objects.get().currency, Contract.objects.get().value) == ("USD", Decimal("90.50"))


def test_a_column_says_the_currency_of_each_row_and_sums_stay_apart(inside):
    rows = b"A,2025-01-01,2026-01-01,10,EUR\nB,2025-01-01,2026-01-01,20,usd\nC,2025-01-01,2026-01-01,30,\n"
    unknown = b"D,2025-01-01,2026-01-01,40,EURO\n"
    register = brought(inside.cio, "list.csv", b"Vendor,Start,End,Value,Currency\n" + rows + unknown)
    assert register.totals["file"] == {"EUR": "10.00", "GBP": "30.00", "USD": "20.00"}
    assert [(row["row"], row["column"], "“EURO” is no currency" in row["reason"]) for row in register.refusals] == [
        (5, "Currency", True)
    ]
    taken(register, inside.cio)
    assert dict(Contract.objects.values_list("vendor__name", "currency")) == {"A": "EUR", "B": "USD", "C": "GBP"}


def test_a_heading_further_down_brings_its_own_columns(inside, as_):
    text = "Vendor;Start;Value\nof 2025;;\nWer;Ab;Bis;Betrag\nNorthwind;1.1.2025;31.12.2025;10\n"
    register = brought(inside.cio, "list.csv", text.encode())
    page = f"/acme/vendors/registers/{register.pk}/"
    form = as_(inside.cio).get(page).context["form"]
    said = {name: written(form[name]) for name in form.fields} | {"header_row": 3, "date_format": "dd/mm/yyyy"}
    answer = as_(inside.cio).post(page, said)
    assert answer.status_code == 302
    form = as_(inside.cio).get(page).context["form"]
    assert [name for name, _label in form.fields["column_vendor"].choices] == ["", "Wer", "Ab", "Bis", "Betrag"]
