"""What was approved changes: who is asked again, and where the money is meanwhile."""

import pytest

from planning.purchases import actions
from planning.shared.refusals import Refused
from tests.purchases import make


@pytest.fixture
def line(office):
    return make.agreed_line(office, "1000.00")


@pytest.fixture
def approved(office, line):
    return make.approve(make.asked(office.marketing_planner, line, "400.00"), office)


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


def test_withdrawn_it_falls_back_too(office, line, approved):
    changed = actions.change(approved, office.marketing_planner, amount="550.00")
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
