"""What was approved changes: who is asked again, and where the money is meanwhile."""

from datetime import timedelta
from decimal import Decimal

import pytest

from planning.budgets import promises
from planning.purchases import actions
from planning.purchases.invoicing import Invoice, follow_invoices, use_up
from planning.purchases.waiting import waiting_long
from planning.shared import clock
from planning.shared.refusals import Refused
from planning.trail.queries import history
from tests.purchases import make


def made_for_all(cast):
    office = make.office(cast)
    office.line = make.agreed_line(office, "1000.00")
    office.approved = make.approve(make.asked(office.marketing_planner, office.line, "400.00"), office)
    return office


@pytest.fixture
def office(made):
    return made


@pytest.fixture
def line(office):
    return office.line


@pytest.fixture
def approved(office):
    return office.approved


def test_more_money_holds_the_difference_and_asks_the_money_approvers(office, line, approved):
    changed = actions.change(approved, office.marketing_planner, amount="550.00")
    assert changed.state == "submitted"
    assert [seat.name for seat in changed.paper.seats.all()] == ["marketing"]
    assert make.standing(line) == {"plan": 1000, "committed": 400, "reserved": 150, "available": 450}
    changed = actions.decide(changed, office.cmo, "marketing", "approve", changed.version)
    assert (changed.state, changed.amount) == ("approved", 550)
    assert make.standing(line) == {"plan": 1000, "committed": 550, "available": 450}
    actions.close(changed, office.finance)
    assert make.standing(line) == {"plan": 1000, "available": 1000}


def test_refused_it_falls_back_to_what_was_approved(office, line, approved):
    changed = actions.change(approved, office.marketing_planner, amount="550.00")
    changed = actions.decide(changed, office.cmo, "marketing", "reject", changed.version, "Too much")
    assert (changed.state, changed.amount, changed.value) == ("approved", 400, 400)
    assert make.standing(line) == {"plan": 1000, "committed": 400, "available": 600}
    said = history(changed)[0].after
    assert (said["version"], said["fingerprint"] != changed.paper.fingerprint) == (2, True)


def test_withdrawn_it_falls_back_too(office, line, approved):
    with clock.at(clock.now() + timedelta(days=9)):
        changed = actions.change(approved, office.marketing_planner, amount="550.00")
        assert changed.waits_for_days == 0, "the change waits since it was sent, not since the purchase was"
        assert not waiting_long(office.workspace, 3)
    assert actions.withdraw(changed, office.marketing_planner).state == "approved"
    assert make.standing(line) == {"plan": 1000, "committed": 400, "available": 600}


def test_less_money_asks_nobody_and_releases_the_difference(office, line, approved):
    changed = actions.change(approved, office.marketing_planner, amount="150.00")
    assert changed.state == "approved"
    assert make.standing(line) == {"plan": 1000, "committed": 150, "available": 850}


def test_notes_ask_nobody(office, approved):
    changed = actions.change(approved, office.marketing_planner, reason="For the spring campaign")
    assert (changed.state, changed.version) == ("approved", approved.version)


def test_other_data_is_routed_anew(office, line, approved):
    changed = actions.change(approved, office.marketing_planner, data_class="personal")
    assert [seat.name for seat in changed.paper.seats.all()] == ["marketing", "technology", "security"]
    assert make.standing(line) == {"plan": 1000, "committed": 400, "available": 600}
    changed = make.approve(changed, office)
    assert (changed.state, changed.data_class) == ("approved", "personal")


def test_an_increase_over_the_line_is_refused_and_changes_nothing(office, line, approved):
    with pytest.raises(Refused):
        actions.change(approved, office.marketing_planner, amount="1000.01")
    approved.refresh_from_db()
    assert (approved.state, approved.amount) == ("approved", 400)
    assert make.standing(line) == {"plan": 1000, "committed": 400, "available": 600}


def invoiced(purchase, line, amount, month=None, cast=None):
    bill = Invoice(line.pk, month or line.budget.months[0], Decimal(amount), "GBP", Decimal(amount))
    use_up(purchase, [bill], Decimal(amount), "spend.import:1", f"{amount}", cast.finance)
    follow_invoices(purchase)


def test_less_money_keeps_what_was_invoiced_and_cannot_go_below_it(office, line):
    months = line.budget.months
    facts = {"price": "month", "term_months": 4, "needed_by": months[8]}
    purchase = make.approve(make.asked(office.marketing_planner, line, "100.00", **facts), office)
    invoiced(purchase, line, "100.00", months[8], office)
    changed = actions.change(purchase, office.marketing_planner, amount="80.00")
    assert (changed.state, changed.value) == ("approved", 320)
    kept = promises.held(changed.claim)
    assert (kept["consumed"], kept["committed"], kept["released"]) == (100, 220, 80)
    with pytest.raises(Refused, match="invoiced"):
        actions.change(changed, office.marketing_planner, amount="20.00")
    changed = actions.change(changed, office.marketing_planner, amount="25.00")
    assert (changed.state, promises.held(changed.claim)["committed"]) == ("invoiced", 0)


def test_another_line_after_an_invoice_moves_only_what_is_left(office, line, approved):
    other = make.line(office, line.budget, name="Agency", total="500.00")
    make.agree(office, line.budget)
    invoiced(approved, line, "100.00", cast=office)
    items = [{"line": line.pk, "amount": "100.00"}, {"line": other.pk, "amount": "300.00"}]
    changed = actions.change(approved, office.marketing_planner, items=items)
    assert make.standing(other)["reserved"] == 300
    changed = make.approve(changed, office)
    assert (make.standing(line).get("committed", 0), make.standing(other)["committed"]) == (0, 300)
    assert changed.state == "approved"
