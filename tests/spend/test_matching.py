"""From rows to actuals: vendors by name, lines by taught rules, and every balance back when an import is undone."""

from datetime import date
from decimal import Decimal

import pytest

from planning.calendar.models import Period, Rate
from planning.shared.refusals import Refused
from planning.spend import actions, assigning
from planning.spend.models import Entry, Rule
from planning.vendors.actions import register
from tests.budgets.make import agreed_line, standing

from . import make


def made_for_all(cast):
    return agreed_line(cast, total="1200.00", shares={"marketing": "60", "technology": "40"})


@pytest.fixture
def line(made):
    return made


def today(inside):
    return inside.workspace.today().isoformat()


def waiting():
    return list(Entry.objects.waiting().values_list("vendor_name", "waits"))


def test_what_is_taught_once_is_placed_from_then_on(inside, line):
    batch = make.brought(
        inside.finance,
        make.ledger(
            make.row("100.00", day=today(inside)),
            make.row("50.00", vendor="NORTHWIND LIMITED", document="B", day=today(inside)),
            make.row("900.00", vendor="Somebody else", document="C", day=today(inside)),
        ),
    )
    assert waiting() == [
        ("Somebody else", "unmatched"),
        ("Northwind Ltd", "unmatched"),
        ("NORTHWIND LIMITED", "unmatched"),
    ]

    one = batch.entries.get(amount=100)
    assert assigning.assign(inside.marketing_planner, line, [one.pk], always=True) == 2
    assert str(Rule.objects.get()) == one.vendor_name, "as the ledger writes it"
    assert standing(line)["actual"] == Decimal("150.00")
    assert waiting() == [("Somebody else", "unmatched")]

    make.brought(inside.finance, make.ledger(make.row("-30.00", document="D", day=today(inside)), name="next.csv"))
    assert standing(line)["actual"] == Decimal("120.00")
    assert Rule.objects.count() == 1


def test_undo_restores_every_balance_whatever_was_placed_since(inside, line):
    before = standing(line)
    batch = make.brought(
        inside.finance,
        make.ledger(make.row("100.00", day=today(inside)), make.row("7.77", "Other", "X", today(inside))),
    )
    assigning.assign(inside.marketing_planner, line, [batch.entries.get(amount=100).pk], always=True)
    assigning.assign(inside.marketing_planner, line, [batch.entries.get(vendor_name="Other").pk])
    assert standing(line) != before
    actions.undo(batch, inside.finance)
    assert standing(line) == before
    assert not Entry.objects.live().exists()
    again = make.brought(inside.finance, make.ledger(make.row("100.00", day=today(inside))))
    assert (again.counts["accepted"], standing(line)["actual"]) == (1, Decimal("100.00"))


def test_an_invoice_over_plan_posts(inside, line):
    make.brought(inside.finance, make.ledger(make.row("5000.00", day=today(inside))))
    assigning.assign(inside.finance, line, [Entry.objects.get().pk])
    assert standing(line)["available"] == Decimal("-3800.00")


def test_a_vendor_is_known_by_every_spelling(inside):
    vendor = register(inside.technology_planner, "Northwind Ltd", ["NWD cards"])
    make.brought(
        inside.finance,
        make.ledger(
            make.row("1.00", "NORTHWIND (UK) LIMITED"),
            make.row("2.00", "nwd cards.", "B"),
            make.row("3.00", "Northwood", "C"),
        ),
    )
    assert list(Entry.objects.order_by("amount").values_list("vendor", flat=True)) == [vendor.pk, vendor.pk, None]


def test_foreign_money_waits_for_a_rate_and_then_posts(inside, line):
    header = [*make.HEADER, "Currency"]
    make.brought(inside.finance, make.ledger([*make.row("100.00", day=today(inside)), "EUR"], header=header))
    entry = Entry.objects.get()
    assigning.assign(inside.finance, line, [entry.pk])
    assert waiting() == [("Northwind Ltd", "rate")]
    Rate.objects.create(
        workspace=inside.workspace, currency="EUR", day=date(2020, 1, 1), rate=Decimal("0.86125"), source="ECB"
    )
    assert assigning.ask_again(inside.finance) == 1
    entry.refresh_from_db()
    assert (entry.converted, entry.rate, standing(line)["actual"]) == (
        Decimal("86.13"),
        Decimal("0.86125"),
        Decimal("86.13"),
    )


def test_rows_of_a_closed_month_wait(inside, line):
    day = inside.workspace.today()
    month = day.replace(day=1)
    after = month.replace(year=month.year + 1, month=1) if month.month == 12 else month.replace(month=month.month + 1)
    period, _new = Period.objects.update_or_create(
        workspace=inside.workspace,
        starts_on=month,
        defaults={"year": line.budget.year, "number": (month.month - 4) % 12 + 1, "ends_on": after, "state": "soft"},
    )
    make.brought(inside.marketing_planner, make.ledger(make.row("10.00", day=today(inside))))
    assigning.assign(inside.marketing_planner, line, [Entry.objects.get().pk])
    assert waiting() == [("Northwind Ltd", "closed")]
    assert assigning.ask_again(inside.marketing_planner) == 0
    assert assigning.ask_again(inside.finance) == 1
    assert standing(line)["actual"] == 10


def test_a_line_of_another_year_is_refused(inside, line):
    make.brought(inside.finance, make.ledger(make.row("10.00", day="2019-05-01")))
    assert waiting() == [("Northwind Ltd", "no budget")]
    with pytest.raises(Refused, match="that line is of the year"):
        assigning.assign(inside.finance, line, [Entry.objects.get().pk])


def test_a_moved_entry_leaves_its_first_line(inside, line):
    from tests.budgets import make as budgets

    batch = make.brought(inside.finance, make.ledger(make.row("10.00", day=today(inside))))
    other = None
    assigning.assign(inside.finance, line, [batch.entries.get().pk])
    assert standing(line)["actual"] == 10
    other = budgets.line(inside, line.budget, name="Second", total="100.00")
    budgets.agree(inside, line.budget)
    assigning.assign(inside.finance, other, [batch.entries.get().pk])
    assert ("actual" not in standing(line), standing(other)["actual"]) == (True, 10)
