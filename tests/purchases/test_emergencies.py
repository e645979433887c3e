"""The emergency lane: one lead commits at once; the second key, and then the sponsor, decide afterwards."""

from datetime import timedelta

import pytest

from planning.purchases import actions
from planning.purchases.emergencies import counted, unconfirmed
from planning.purchases.next_step import after_emergency
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from tests.purchases import make

NOTE = "The shop is down; their people restore it tonight."


def made_for_all(cast):
    office = make.office(cast)
    office.line = make.agreed_line(office, "60000.00")
    return office


@pytest.fixture
def office(made):
    return made


@pytest.fixture
def line(office):
    return office.line


def rushed(office, line, amount="400.00", member=None, **facts):
    drafted = make.draft(member or office.cmo, line, amount, **facts)
    return actions.rush(drafted, member or office.cmo, "outage", NOTE)


def test_it_is_committed_at_once_and_the_second_key_is_due_in_two_business_days(office, line):
    purchase = rushed(office, line)
    assert (purchase.state, make.standing(line)["committed"]) == ("approved", 400)
    [seat] = purchase.paper.seats.all()
    assert (seat.name, seat.holder, seat.state) == ("technology", office.cio, "open")
    assert actions.order(purchase, office.marketing_planner).state == "ordered"
    confirmed = actions.decide(purchase, office.cio, "technology", "approve", purchase.version)
    assert (confirmed.state, confirmed.paper.state) == ("ordered", "agreed")
    assert counted(office.workspace)["marketing"] == {"count": 1, "worth": 400}
    assert counted(office.workspace)["technology"]["count"] == 0


def test_a_lead_may_take_what_waits_and_turns_their_own_key_by_it(office, line):
    waiting = make.asked(office.marketing_planner, line, "400.00", data_class="personal")
    purchase = actions.rush(waiting, office.cio, "security", NOTE)
    seats = {seat.name: (seat.state, seat.decided_by) for seat in purchase.paper.seats.all()}
    assert seats["technology"] == ("approved", office.cio)
    assert seats["marketing"][0] == seats["security"][0] == "open"
    assert make.standing(line) == {"plan": 60000, "committed": 400, "available": 59600}
    assert "Maya Lindgren (marketing)" in after_emergency(purchase)
    purchase = actions.decide(purchase, office.cmo, "marketing", "approve", purchase.version)
    assert after_emergency(purchase) == "Its second key is turned; Aiko Tanaka (security) is still asked below."
    with pytest.raises(Refused, match="Aiko Tanaka"):
        actions.change(purchase, office.marketing_planner, amount="500.00")


@pytest.mark.parametrize(
    ("who", "amount", "emergency", "error"),
    [
        ("cmo", "25000.01", "outage", Refused),
        ("cmo", "400.00", "hurry", Refused),
        ("marketing_planner", "400.00", "outage", NotYours),
        ("finance", "400.00", "outage", NotYours),
        ("cmo", "60000.01", "outage", Refused),
    ],
)
def test_the_lane_is_for_leads_with_a_reason_below_the_cap(office, line, who, amount, emergency, error):
    drafted = make.draft(getattr(office, who), line, amount)
    with pytest.raises(error):
        actions.rush(drafted, getattr(office, who), emergency, NOTE)
    assert make.standing(line) == {"plan": 60000, "available": 60000}


def test_exactly_the_cap_passes(office, line):
    assert rushed(office, line, "25000.00").state == "approved"


@pytest.mark.parametrize(("ordered", "state", "committed"), [(False, "rejected", 0), (True, "ordered", 400)])
def test_a_second_key_that_says_no_stops_what_has_not_been_ordered(office, line, ordered, state, committed):
    purchase = rushed(office, line)
    if ordered:
        purchase = actions.order(purchase, office.cmo)
    purchase = actions.decide(purchase, office.cio, "technology", "reject", purchase.version, "It could have waited.")
    assert (purchase.state, make.standing(line).get("committed", 0)) == (state, committed)


def test_the_sponsor_rules_when_the_second_key_stays_away(office, line):
    purchase = rushed(office, line)
    assert actions.take_to_sponsor(purchase).paper.seats.count() == 1
    with clock.at(office.workspace.now() + timedelta(days=7)):
        assert list(unconfirmed(office.workspace)) == [purchase]
        actions.take_to_sponsor(purchase)
        assert not unconfirmed(office.workspace)
        ruled = actions.decide(purchase, office.sponsor, "sponsor", "approve", purchase.version)
    states = {seat.name: seat.state for seat in ruled.paper.seats.all()}
    assert (ruled.paper.state, states) == ("agreed", {"technology": "skipped", "sponsor": "approved"})


def test_a_question_of_the_second_key_is_answered_and_leaves_the_money_where_it_is(office, line):
    purchase = rushed(office, line)
    purchase = actions.decide(purchase, office.cio, "technology", "ask", purchase.version, "Who restores it?")
    assert (purchase.state, make.standing(line)["committed"]) == ("approved", 400)
    with pytest.raises(Refused):
        actions.change(purchase, office.cmo, amount="500.00")
    purchase = actions.answer(purchase, office.cmo, "Their own engineers.")
    assert actions.decide(purchase, office.cio, "technology", "approve", purchase.version).paper.state == "agreed"
