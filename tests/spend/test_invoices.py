"""An invoice of a purchase turns its commitment into actual: money stands once, and undoing brings all of it back."""

from decimal import Decimal

import pytest

from planning.calendar.models import Period, Rate
from planning.purchases import actions as purchasing
from planning.purchases.frameworks import left_of
from planning.purchases.models import Purchase
from planning.spend import actions, assigning, billing
from planning.spend.models import Entry
from tests.budgets.make import standing
from tests.purchases import make as purchases

from . import make

HEADER = [*make.HEADER, "PO number"]


def made_for_all(cast):
    office = purchases.office(cast)
    office.line = purchases.agreed_line(office, "1000.00")
    return office


@pytest.fixture
def office(made):
    return made


@pytest.fixture
def line(office):
    return office.line


def bought(office, line, amount="400.00", number="PO-77", **facts):
    purchase = purchases.approve(purchases.asked(office.marketing_planner, line, amount, **facts), office)
    return purchasing.order(purchase, office.marketing_planner, number) if number else purchase


def bill(office, amount, number="PO-77", **more):
    """A file with one row of today, whose document nobody brought before."""
    day, document = office.workspace.today().isoformat(), f"D{Entry.objects.count()}"
    row = [*make.row(amount, document=document, day=day, **more), number]
    return make.brought(office.finance, make.ledger(row, header=HEADER))


def test_an_order_number_finds_purchase_and_line_and_money_stands_once(office, line):
    purchase = bought(office, line)
    before = standing(line)
    batch = bill(office, "150.00", vendor="Whoever writes the invoice")
    assert standing(line) == {"plan": 1000, "committed": 250, "actual": 150, "available": 600}
    purchase.refresh_from_db()
    assert (purchase.state, batch.entries.get().purchase_id) == ("ordered", purchase.pk)

    last = bill(office, "250.00", number="p-0001")
    assert standing(line) == {"plan": 1000, "actual": 400, "available": 600}
    purchase.refresh_from_db()
    assert purchase.state == "invoiced"

    actions.undo(last, office.finance)
    purchase.refresh_from_db()
    assert (purchase.state, standing(line)["committed"]) == ("ordered", 250)
    actions.undo(batch, office.finance)
    assert standing(line) == before


def test_an_invoice_above_the_promise_shrinks_it_to_nothing_and_comes_back_on_a_full_line(office, line):
    bought(office, line)
    bill(office, "900.00", number="", vendor="Other")
    assigning.assign(office.finance, line, [Entry.objects.get().pk])
    before = standing(line)
    assert before["available"] == -300
    batch = bill(office, "450.00")
    assert standing(line) == {"plan": 1000, "actual": 1350, "available": -350}
    actions.undo(batch, office.finance)
    assert standing(line) == before


def test_vendor_and_amount_find_it_on_its_line_and_only_when_one_fits(office, line):
    purchase = bought(office, line, number="")
    bill(office, "400.00", number="", vendor="NORTHWIND LTD")
    assigning.assign(office.finance, line, [Entry.objects.get().pk], always=True)
    assert standing(line) == {"plan": 1000, "actual": 400, "available": 600}
    bill(office, "400.00", number="", vendor="Northwind")
    second = Entry.objects.latest("pk")
    assert (second.purchase, standing(line)["actual"]) == (None, 800)
    purchase.refresh_from_db()
    assert purchase.state == "invoiced"


def test_two_that_fit_wait_for_a_person(office, line):
    _first, second = bought(office, line, number=""), bought(office, line, number="")
    bill(office, "400.00", number="", vendor="Northwind")
    entry = Entry.objects.get()
    assigning.assign(office.finance, line, [entry.pk])
    assert standing(line)["committed"] == 800
    billing.attribute(entry, office.finance, second)
    assert standing(line) == {"plan": 1000, "committed": 400, "actual": 400, "available": 200}
    billing.attribute(entry, office.finance, None)
    assert standing(line)["committed"] == 800
    second.refresh_from_db()
    assert second.state == "approved"


def test_similar_names_accruals_and_credits_use_nothing_up(office, line):
    bought(office, line)
    header = [*HEADER, "Type"]
    today = office.workspace.today().isoformat()
    rows = [
        [*make.row("50.00", document="A", day=today), "PO-77", "accrual"],
        [*make.row("-20.00", document="C", day=today), "PO-77", "credit"],
        [*make.row("400.00", vendor="Northwood", document="N", day=today), "", "invoice"],
    ]
    make.brought(office.finance, make.ledger(*rows, header=header), {"columns": {"kind": "Type", "order": "PO number"}})
    assigning.assign(office.finance, line, list(Entry.objects.values_list("pk", flat=True)))
    assert (standing(line)["committed"], standing(line)["actual"]) == (400, 430)


def credit(office, amount, number="PO-77"):
    day, document = office.workspace.today().isoformat(), f"C{Entry.objects.count()}"
    return make.brought(
        office.finance, make.ledger([*make.row(amount, document=document, day=day), number], header=HEADER)
    )


def test_a_credit_opens_the_commitment_again_and_its_undoing_uses_it_up(office, line):
    purchase = bought(office, line)
    billed = bill(office, "400.00")
    back = credit(office, "-100.00")
    assert standing(line) == {"plan": 1000, "committed": 100, "actual": 300, "available": 600}
    purchase.refresh_from_db()
    assert purchase.state == "ordered"
    actions.undo(back, office.finance)
    assert standing(line) == {"plan": 1000, "actual": 400, "available": 600}
    credit(office, "-100.00")
    bill(office, "100.00")
    purchase.refresh_from_db()
    assert (purchase.state, standing(line)) == ("invoiced", {"plan": 1000, "actual": 400, "available": 600})
    actions.undo(billed, office.finance)
    assert standing(line) == {"plan": 1000, "committed": 400, "available": 600}


def test_a_credit_of_what_was_billed_too_much_opens_nothing_and_a_closed_order_stays_closed(office, line):
    purchase = bought(office, line)
    bill(office, "450.00")
    credit(office, "-50.00")
    assert standing(line) == {"plan": 1000, "actual": 400, "available": 600}
    purchasing.close(purchase, office.finance)
    credit(office, "-50.00")
    assert standing(line) == {"plan": 1000, "actual": 350, "available": 650}


def test_a_credit_on_a_line_that_facts_pushed_over_still_posts(office, line):
    bought(office, line)
    bill(office, "400.00")
    bill(office, "900.00", number="", vendor="Other")
    assigning.assign(office.finance, line, [Entry.objects.latest("pk").pk])
    credit(office, "-100.00")
    assert standing(line) == {"plan": 1000, "committed": 100, "actual": 1200, "available": -300}


def test_an_invoice_of_a_framework_uses_its_call_offs_up(office, line):
    framework = bought(office, line, "900.00", number="FW-1", framework=True)
    first, second = (
        bought(office, line, amount, number=None, call_off_of=framework) for amount in ("300.00", "200.00")
    )
    batch = bill(office, "350.00", number="FW-1")
    assert (standing(line)["committed"], standing(line)["actual"]) == (150, 350)
    first.refresh_from_db()
    assert first.state == "invoiced"
    bill(office, "300.00", number=first.code)
    framework.refresh_from_db()
    assert (standing(line).get("committed"), framework.billed_outside) == (None, 150)
    assert left_of(framework) == 900 - 500 - 150
    actions.undo(batch, office.finance)
    framework.refresh_from_db()
    assert (standing(line)["committed"], framework.billed_outside) == (200, 0)
    purchasing.close(Purchase.objects.get(pk=second.pk), office.finance, "Not needed.")
    bill(office, "50.00", number="FW-1")
    framework.refresh_from_db()
    assert (standing(line).get("committed"), framework.billed_outside) == (None, 50)


def test_foreign_commitments_shrink_in_their_own_currency_and_leave_no_ghost(office, line):
    rate = Rate.objects.create(
        workspace=office.workspace, currency="USD", day=office.workspace.today(), rate=Decimal("0.7912"), source="x"
    )
    bought(office, line, "100.00", currency="USD")
    rate.rate = Decimal("0.8")
    rate.save()
    today = office.workspace.today().isoformat()
    header = [*HEADER, "Currency"]
    left = []
    for number, amount in enumerate(("33.33", "33.33", "33.34")):
        row = [*make.row(amount, document=f"U{number}", day=today), "PO-77", "USD"]
        make.brought(office.finance, make.ledger(row, header=header))
        left.append(standing(line).get("committed", Decimal(0)))
    assert (left, standing(line)["actual"]) == ([Decimal("52.75"), Decimal("26.38"), 0], Decimal("79.99"))


def test_the_month_keeps_what_is_posted_into_it(office, line):
    bought(office, line)
    batch = bill(office, "150.00")
    bill(office, "25.00", number="", vendor="Other")
    assigning.assign(office.finance, line, [Entry.objects.latest("pk").pk])
    period = Period.objects.get(starts_on=office.workspace.today().replace(day=1))
    assert period.booked == 175
    actions.undo(batch, office.finance)
    period.refresh_from_db()
    assert period.booked == 25


def test_the_pages_say_so(office, line, as_):
    purchase = bought(office, line)
    batch = bill(office, "150.00")
    client = as_(office.cio)
    part = client.get(f"/acme/spend/of-purchase/{purchase.pk}/").content.decode()
    assert "150.00" in part
    assert "Invoiced so far" in part
    assert "1 row is an invoice" in client.get(f"/acme/spend/imports/{batch.pk}/").content.decode()
    entry = batch.entries.get()
    answer = as_(office.finance).post(f"/acme/spend/entries/{entry.pk}/purchase", {"purchase": ""})
    assert (answer.status_code, standing(line)["committed"]) == (302, 400)
