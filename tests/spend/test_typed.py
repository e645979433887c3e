"""What a person types of an invoice is spend at once, stands once, and gives way to the ledger's own row."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from planning.calendar import actions as calendar
from planning.calendar.models import Period, Rate
from planning.purchases import actions as purchasing
from planning.shared.refusals import Refused
from planning.spend import actions, assigning, known_names, late, one_vendor, repeats
from planning.spend.models import Entry, Import, Wait
from planning.spend.typed import documents
from planning.spend.typed.entering import take_back, type_invoice
from planning.trail.queries import history
from planning.vendors import actions as vendors
from planning.vendors.models import Alias
from tests.budgets import make as budgets
from tests.budgets.make import standing
from tests.purchases import make as purchases

from . import make


def made_for_all(cast):
    office = purchases.office(cast)
    plan = budgets.budget(office)
    office.line, office.other = (budgets.line(office, plan, name, "1200.00") for name in ("ads", "tools"))
    budgets.agree(office, plan)
    office.purchase = bought(office, "400.00", items=[{"line": office.line.pk, "amount": None}])
    office.today = office.workspace.today()
    return office


@pytest.fixture
def office(made):
    return made


def bought(office, amount, **facts):
    asked = purchases.asked(office.marketing_planner, None, amount, vendor="Northwind Ltd", **facts)
    return purchasing.order(purchases.approve(asked, office), office.marketing_planner)


def typed(office, amount="150.00", document="INV-7", **facts):
    facts = {"purchase": office.purchase, "member": office.marketing_planner, "date": office.today} | facts
    return type_invoice(document=document, amount=amount, **facts)


def came(office, *amounts, document="inv-7", vendor="NORTHWIND LIMITED", by="finance", day=None):
    day = (day or office.today).isoformat()
    rows = [make.row(amount, vendor, document, day, category=f"C{place}") for place, amount in enumerate(amounts)]
    return make.brought(getattr(office, by), make.ledger(*rows, name=f"{document}{len(amounts)}.csv"))


def money(line) -> tuple:
    """(committed, actual) of a line."""
    found = standing(line)
    return found.get("committed", 0), found.get("actual", 0)


def state(office) -> str:
    office.purchase.refresh_from_db()
    return office.purchase.state


def told(office) -> list[tuple]:
    return [(entry.verb, (entry.after or entry.before).get("document")) for entry in history(office.purchase, 3)]


def test_it_is_an_actual_at_once_and_can_be_taken_back(office):
    entry = typed(office, "400.00", note="By post")
    assert (money(office.line), state(office), entry.over) == ((0, 400), "invoiced", 0)
    period = Period.objects.get(starts_on=office.today.replace(day=1))
    assert (period.booked, entry.vendor, entry.description) == (400, office.purchase.vendor, "By post")
    assert Entry.objects.live().filter(vendor=office.purchase.vendor).get() == entry
    take_back(entry, office.finance)
    assert (money(office.line), state(office)) == ((400, 0), "ordered")
    assert Entry.objects.get().undone_at
    assert told(office)[:2] == [("spend.take_back", "INV-7"), ("spend.type_invoice", "INV-7")]
    with pytest.raises(Refused, match="taken back already"):
        take_back(entry, office.finance)
    assert typed(office).document == "INV-7", "taken back, it may be typed again"


def test_above_the_commitment_it_books_and_says_so_and_a_credit_gives_back(office):
    assert typed(office, "450.00").over == 50
    assert money(office.line) == (0, 450)
    typed(office, "150.00", "C-1", kind="credit")
    assert money(office.line) == (100, 300)
    with pytest.raises(Refused, match=r"300\.00 GBP of it has been invoiced"):
        typed(office, "300.01", "C-2", kind="credit")


def test_what_is_refused_changes_nothing(office):
    typed(office, "10.00", "INV-1")
    came(office, "5.00", document="L-1")
    draft = purchases.draft(office.marketing_planner, office.line)
    before = money(office.line), Entry.objects.count(), Import.objects.count()
    for facts, says in [
        ({"document": "inv-1 "}, "INV-1 of Northwind Ltd is there already: typed, of"),
        ({"document": "L-1"}, "L-1 of Northwind Ltd is there already: of .* from “"),
        ({"document": " "}, "Which number"),
        ({"amount": "0"}, "above zero"),
        ({"amount": "-5.00"}, "above zero"),
        ({"amount": "5.001"}, "decimals"),
        ({"currency": "SEK"}, "no rate from SEK"),
        ({"date": office.today - timedelta(days=400)}, "None of the lines"),
        ({"line": office.other}, "does not pay for it"),
        ({"kind": "accrual"}, "an invoice or a credit"),
        ({"purchase": draft}, "was not approved"),
    ]:
        with pytest.raises(Refused, match=says), transaction.atomic():
            typed(office, **facts)
    calendar.soft_close(Period.objects.get(starts_on=office.today.replace(day=1)), office.finance)
    with pytest.raises(Refused, match="only finance can post"), transaction.atomic():
        typed(office)
    assert (money(office.line), Entry.objects.count(), Import.objects.count()) == before


def test_finance_types_into_a_month_that_is_soft_closed(office):
    entry = typed(office, "10.00", "INV-1")
    calendar.soft_close(Period.objects.get(starts_on=office.today.replace(day=1)), office.finance)
    assert typed(office, member=office.finance).waits == ""
    with pytest.raises(Refused, match="only finance can post"):
        take_back(entry, office.marketing_planner)


def test_nobody_waits_long_while_a_ledger_is_booked(office, owner, monkeypatch):
    monkeypatch.setattr(documents, "PATIENCE", "1ms")
    owner.execute(
        "SELECT pg_advisory_lock_shared(hashtextextended('spend.documents:' || %s, 0))", [office.workspace.pk]
    )
    with pytest.raises(Refused, match="is being booked this minute"), transaction.atomic():
        typed(office)
    owner.execute("SELECT pg_advisory_unlock_all()")
    assert typed(office).waits == ""


def test_postgres_keeps_a_typed_document_single(office):
    entry = typed(office)
    entry.pk = None
    with pytest.raises(IntegrityError, match="spend_entry_once"), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.parametrize("amounts", [("150.00",), ("100.00", "62.00")])
def test_the_ledgers_rows_take_its_place_and_undoing_them_brings_it_back(office, amounts):
    entry = typed(office)
    batch = came(office, *amounts)
    whole = sum(map(D, amounts))
    assert money(office.line) == (400 - whole, whole)
    rows = list(batch.entries.values_list("purchase", "line", "waits").distinct())
    assert rows == [(office.purchase.pk, office.line.pk, "")]
    entry.refresh_from_db()
    assert (entry.batch.replaced_by, entry.batch.state) == (batch, "undone")
    assert told(office)[0] == ("spend.exchange", "INV-7")
    with pytest.raises(Refused, match="is there already"):
        typed(office)
    with pytest.raises(Refused, match="the ledger’s own row"):
        take_back(entry, office.finance)

    actions.undo(batch, office.finance)
    assert (money(office.line), Entry.objects.live().get()) == ((250, 150), entry)
    take_back(entry, office.finance)
    assert money(office.line) == (400, 0)


def test_another_document_vendor_or_kind_takes_no_place(office):
    typed(office)
    batches = [came(office, "150.00", document="INV-70"), came(office, "150.00", vendor="Southwind")]
    batches.append(came(office, "-20.00"))  # a credit of that number is no invoice of it
    assert money(office.line) == (250, 150)
    assert not Import.objects.exclude(replaced_by=None).exists()
    assert {batch.entries.get().waits for batch in batches} == {"unmatched"}


def test_over_several_lines_the_row_is_split_as_the_typed_one_was(office, as_):
    shares = [{"line": office.line.pk, "amount": "300.00"}, {"line": office.other.pk, "amount": "100.00"}]
    office.purchase = bought(office, "400.00", items=shares)
    entry = typed(office, "200.00")
    assert (entry.waits, money(office.line), money(office.other)) == ("split", (550, 150), (50, 50))
    batch = came(office, "100.00")
    assert (money(office.line), money(office.other)) == ((625, 75), (75, 25))
    page = as_(office.finance).get(f"/acme/spend/imports/{batch.pk}/").content.decode()
    assert "1 of 1 accepted row" in page
    assert "1 row is an invoice of a purchase" in page
    actions.undo(batch, office.finance)
    assert (money(office.line), money(office.other)) == ((550, 150), (50, 50))
    take_back(entry, office.finance)
    assert (money(office.line), money(office.other)) == ((700, 0), (100, 0))
    assert typed(office, "60.00", line=office.other).line == office.other


def test_a_typed_one_of_a_shut_month_stays_until_finance_posts(office):
    typed(office)
    calendar.soft_close(Period.objects.get(starts_on=office.today.replace(day=1)), office.finance)
    batch = came(office, "160.00", by="marketing_planner")
    assert (batch.entries.get().waits, money(office.line)) == (Wait.CLOSED, (250, 150))
    assigning.ask_again(office.finance)
    assert (batch.entries.get().waits, money(office.line)) == ("", (240, 160))
    assert not late.waiting_for_finance(office.workspace)
    actions.undo(batch, office.finance)
    assert money(office.line) == (250, 150)


def test_a_name_that_is_learned_later_replaces_it_too(office):
    typed(office)
    batch = came(office, "150.00", vendor="NRTHWND 0815")
    row = batch.entries.get()
    assigning.assign(office.finance, office.line, [row.pk])
    assert money(office.line) == (250, 300)
    Alias.objects.create(workspace=office.workspace, vendor=office.purchase.vendor, name="x", key=row.vendor_key)
    known_names.recognise(office.finance)
    row.refresh_from_db()
    assert (money(office.line), row.purchase) == ((250, 150), office.purchase)
    actions.undo(batch, office.finance)
    assert money(office.line) == (250, 150), "and the typed one counts again"


def test_of_two_vendors_that_are_one_it_gives_way_and_comes_back_when_they_are_taken_apart(office):
    entry = typed(office)
    batch = came(office, "160.00", vendor="NRTHWND 0815")
    row = batch.entries.get()
    assigning.assign(office.finance, office.line, [row.pk])
    other = vendors.register(office.cio, "NRTHWND 0815")
    known_names.recognise(office.finance)
    assert money(office.line) == (250, 310), "of two vendors, both count"
    made = one_vendor.merged(other, office.purchase.vendor, office.finance)
    row.refresh_from_db()
    assert (money(office.line), row.purchase) == ((240, 160), office.purchase)
    entry.refresh_from_db()
    assert (entry.batch.replaced_by, told(office)[0]) == (batch, ("spend.exchange", "INV-7"))
    one_vendor.taken_apart(made, office.finance)
    row.refresh_from_db()
    assert (money(office.line), row.purchase, row.vendor) == ((250, 310), None, other)
    assert Import.objects.get(file=None).is_done
    period = Period.objects.get(starts_on=office.today.replace(day=1))
    assert period.booked == 310
    calendar.soft_close(period, office.finance)
    with pytest.raises(Refused, match="only finance can post"), transaction.atomic():
        one_vendor.merged(other, office.purchase.vendor, office.marketing_planner)
    made = one_vendor.merged(office.purchase.vendor, other, office.finance)
    assert money(office.line) == (240, 160)
    actions.undo(batch, office.finance)
    assert money(office.line) == (250, 150), "undoing the ledger's import brings it back"
    one_vendor.taken_apart(made, office.finance)
    assert money(office.line) == (250, 150)


def test_what_a_person_places_replaces_it_and_stays_on_that_line(office):
    typed(office)
    first = came(office, "150.00", day=office.today - timedelta(days=400))  # no budget for that year
    assert (first.entries.get().waits, money(office.line)) == ("no budget", (250, 150))
    Entry.objects.update(month=office.today.replace(day=1))  # as if its period had been corrected
    assigning.assign(office.finance, office.other, [first.entries.get().pk])
    assert (money(office.line), money(office.other)) == ((400, 0), (0, 150))


def test_of_two_ledgers_that_bring_it_one_stays_when_the_other_is_undone(office):
    typed(office)
    first, header = came(office, "150.00"), [*make.HEADER, "Company"]
    row = [*make.row("150.00", "Northwind", "INV-7", office.today.isoformat()), "A"]
    second = make.brought(office.finance, make.ledger(row, header=header, name="cards.csv"))
    assigning.assign(office.finance, office.line, [second.entries.get().pk])
    actions.undo(first, office.finance)
    assert money(office.line)[1] == 150
    assert Import.objects.get(file=None).replaced_by == second
    actions.undo(second, office.finance)
    assert (money(office.line), Import.objects.get(file=None).state) == ((250, 150), "done")


def test_a_foreign_one_shrinks_in_its_own_currency_and_the_last_takes_the_rest(office):
    Rate.objects.create(workspace=office.workspace, currency="USD", day=office.today, rate=D("0.7912"), source="x")
    office.purchase = bought(office, "100.00", currency="USD", items=[{"line": office.other.pk, "amount": None}])
    Rate.objects.update(rate=D("0.8"))
    for number, amount in enumerate(("33.33", "66.67")):
        entry = typed(office, amount, f"U{number}")
    assert (money(office.other), entry.currency, entry.rate) == ((0, D("80.00")), "USD", D("0.8"))


def test_nearly_the_same_number_is_shown_as_paid_twice(office):
    entry = typed(office, document="INV 7")
    batch = came(office, "150.00")
    (pair,) = repeats.repeats(office.workspace)
    assert ({pair.entry, pair.again}, pair.same_document) == ({entry, batch.entries.get()}, True)


def test_the_pages_say_what_is_left_what_was_typed_and_what_replaced_it(office, as_):
    client, here = as_(office.marketing_planner), f"/acme/spend/of-purchase/{office.purchase.pk}/"
    form = {"kind": "invoice", "document": "INV-7", "date": office.today.isoformat(), "currency": "GBP"}
    assert f"{here}invoices" in client.get(here).content.decode()
    refused = client.post(f"{here}invoices", form | {"amount": "0"})
    assert refused.status_code == 422
    assert "above zero" in refused.content.decode()
    assert "400.00" in refused.content.decode()
    done = client.post(f"{here}invoices", form | {"amount": "410.00"}, follow=True).content.decode()
    assert "10.00 GBP above what was left" in done
    entry = Entry.objects.get()
    assert "Take it back" in client.get(f"/acme/spend/entries/{entry.pk}/").content.decode()
    batch = came(office, "410.00")
    page = client.get(f"/acme/spend/imports/{batch.pk}/").content.decode()
    assert "It replaced 1 typed invoice" in page
    assert "The ledger’s own row" in client.get(f"/acme/spend/entries/{entry.pk}/").content.decode()
    assert client.get(f"/acme/spend/imports/{entry.batch_id}/").status_code == 404
    assert as_(office.viewer).get(f"{here}invoices").status_code == 403


def test_a_restricted_purchase_keeps_its_typed_invoices_to_its_readers(office, as_):
    purchasing.restrict(office.purchase, office.marketing_planner, True)
    entry = typed(office)
    batch = came(office, "150.00")
    outsider, reader = as_(office.technology_planner), as_(office.marketing_planner)
    for pk in (entry.pk, batch.entries.get().pk):
        page = f"/acme/spend/entries/{pk}/"
        assert (outsider.get(page).status_code, reader.get(page).status_code) == (404, 200)
    assert "INV-7" not in outsider.get(f"/acme/spend/imports/{batch.pk}/").content.decode()
