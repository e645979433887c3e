"""A framework is decided once by everybody; its call-offs keep to it, take the money and need one key each."""

from datetime import timedelta

import pytest

from planning.purchases import actions
from planning.purchases.frameworks import left_of
from planning.purchases.models import Purchase
from planning.shared.refusals import Refused
from tests.purchases import make


def made_for_all(cast):
    office = make.office(cast)
    office.line = make.agreed_line(office, "60000.00", side="joint", shares={"marketing": "50", "technology": "50"})
    asked = make.asked(office.marketing_planner, office.line, "12000.00", framework=True, data_class="internal")
    assert [seat.name for seat in asked.paper.seats.all()] == ["marketing", "technology", "finance"]
    assert make.standing(office.line) == {"plan": 60000, "available": 60000}
    office.framework = make.approve(asked, office)
    return office


@pytest.fixture
def office(made):
    return made


@pytest.fixture
def line(office):
    return office.line


@pytest.fixture
def framework(office):
    return office.framework


def called(office, line, framework, amount="5000.00", **facts):
    return make.asked(office.marketing_planner, line, amount, call_off_of=framework, **facts)


def test_a_call_off_needs_one_key_takes_the_money_and_is_not_counted_again(office, line, framework):
    assert (framework.state, make.standing(line).get("committed")) == ("approved", None)
    first = called(office, line, framework)
    assert [seat.name for seat in first.paper.seats.all()] == ["marketing"]
    assert make.approve(first, office).state == "approved"
    assert (make.standing(line)["committed"], left_of(framework)) == (5000, 7000)
    with pytest.raises(Refused, match="7,000.00 GBP left"):
        called(office, line, framework, "7000.01")
    called(office, line, framework, "7000.00")
    with pytest.raises(Refused, match="called off already"):
        actions.change(framework, office.marketing_planner, amount="11999.99")


@pytest.mark.parametrize(
    "facts", [{"vendor": "Somebody else"}, {"data_class": "personal"}, {"currency": "USD"}, {"line": "another"}]
)
def test_outside_the_framework_is_asked_for_without_it(office, line, framework, facts):
    facts = dict(facts)
    if facts.pop("line", None):
        line = make.line(office, line.budget, name="Media")
        make.agree(office, line.budget)
    with pytest.raises(Refused):
        called(office, line, framework, **facts)


def test_a_draft_or_a_closed_framework_cannot_be_called_off(office, line, framework):
    actions.close(framework, office.finance)
    with pytest.raises(Refused):
        called(office, line, framework)


def test_the_vendors_twelve_months_count_the_ceiling_once(office, framework, line):
    make.approve(called(office, line, framework, "3000.00"), office)
    small = make.asked(office.marketing_planner, line, "10.00")
    reasons = {seat.name: seat.reason for seat in small.paper.seats.all()}
    assert "12,010.00" in reasons["finance"]
    assert Purchase.objects.of(office.workspace).counted().count() == 2
    assert small.submitted_at - framework.submitted_at < timedelta(days=1)


def test_a_call_off_begins_on_the_frameworks_page(office, framework, as_):
    jonas = as_(office.marketing_planner)
    address = f"/acme/purchases/new/?call_off_of={framework.pk}"
    assert address in jonas.get(f"/acme/purchases/{framework.pk}/").text
    assert f'<option value="{framework.pk}" selected>' in jonas.get(address).text
