"""A request from draft to closed: where the money is at each step, and who may take it."""

from decimal import Decimal

import pytest

from planning.budgets import promises
from planning.purchases import actions
from planning.purchases.term_words import in_words
from planning.shared.refusals import NotYours, Refused, Stale
from tests.purchases import make


def made_for_all(cast):
    """Agreed: a line of marketing, one that both pay for, and one of 100.00 a month."""
    office, plan = make.office(cast), make.budget(cast)
    office.line = make.line(cast, plan, total="1000.00")
    office.joint = make.line(
        cast, plan, "Both", "1000.00", side="joint", shares={"marketing": "60", "technology": "40"}
    )
    office.year = make.line(cast, plan, "All year", "1200.00")
    make.agree(cast, plan)
    return office


@pytest.fixture
def office(made):
    return made


@pytest.fixture
def line(office):
    return office.line


def test_a_draft_counts_nothing(office, line):
    make.draft(office.marketing_planner, line)
    assert make.standing(line) == {"plan": 1000, "available": 1000}


def test_sent_reserves_approved_commits_closed_releases(office, line):
    purchase = make.asked(office.marketing_planner, line, "400.00")
    assert purchase.state == "submitted"
    assert make.standing(line) == {"plan": 1000, "reserved": 400, "available": 600}
    purchase = actions.decide(purchase, office.cmo, "marketing", "approve", purchase.version)
    assert purchase.state == "approved"
    assert make.standing(line) == {"plan": 1000, "committed": 400, "available": 600}
    purchase = actions.order(purchase, office.technology_planner)
    assert (purchase.state, purchase.order_number) == ("ordered", purchase.code)
    purchase = actions.invoice(actions.receive(purchase, office.marketing_planner), office.finance)
    with pytest.raises(Refused, match="400.00"):
        actions.close(purchase, office.finance)
    purchase = actions.close(purchase, office.finance, "The rest was not needed.")
    assert purchase.state == "closed"
    assert make.standing(line) == {"plan": 1000, "available": 1000}
    with pytest.raises(Refused):
        actions.close(purchase, office.finance)


def test_rejected_and_withdrawn_give_the_money_back(office, line):
    rejected = make.asked(office.marketing_planner, line, "400.00")
    actions.decide(rejected, office.cmo, "marketing", "reject", 1, "Not this year")
    withdrawn = actions.withdraw(make.asked(office.marketing_planner, line, "300.00"), office.marketing_planner)
    assert withdrawn.state == "withdrawn"
    assert make.standing(line) == {"plan": 1000, "available": 1000}


def test_a_withdrawn_request_can_be_sent_again(office, line):
    purchase = actions.withdraw(make.asked(office.marketing_planner, line, "300.00"), office.marketing_planner)
    again = actions.submit(purchase, office.marketing_planner)
    assert (again.state, again.version) == ("submitted", 2)
    assert make.standing(line)["reserved"] == 300


def test_an_overspend_is_refused_to_the_penny(office, line):
    over = make.draft(office.marketing_planner, line, "1000.01")
    with pytest.raises(Refused, match="0.01"):
        actions.submit(over, office.marketing_planner)
    over.refresh_from_db()
    assert over.state == "draft"
    assert make.standing(line) == {"plan": 1000, "available": 1000}
    assert make.asked(office.marketing_planner, line, "1000.00").state == "submitted"


def test_a_joint_line_needs_both_keys(office):
    line = office.joint
    purchase = make.asked(office.marketing_planner, line, "100.00")
    assert [seat.name for seat in purchase.paper.seats.all()] == ["marketing", "technology"]
    purchase = actions.decide(purchase, office.cio, "technology", "approve", 1)
    assert (purchase.state, make.standing(line)["reserved"]) == ("submitted", 100)
    purchase = actions.decide(purchase, office.cmo, "marketing", "approve", 1)
    assert (purchase.state, make.standing(line)["committed"]) == ("approved", 100)


def test_a_stale_decision_is_refused_with_the_difference(office, line):
    purchase = make.asked(office.marketing_planner, line, "100.00")
    actions.edit(purchase, office.marketing_planner, version=1, amount="150.00")
    with pytest.raises(Stale) as stale:
        actions.decide(purchase, office.cmo, "marketing", "approve", 1)
    assert {"field": "amount", "before": "100.00", "after": "150.00"} in stale.value.difference
    assert stale.value.changes == ["price, net: 100.00 GBP → 150.00 GBP"]
    rows = [{"field": "needed_by", "before": None, "after": "2030-05-31"},
            {"field": "items", "before": None, "after": [{"line": line.pk, "amount": "1500.00"}]},
            {"field": "data_class", "before": "personal", "after": "none"}]  # fmt: skip
    words = [
        "paid from: – → Web shop 1,500.00 GBP",
        "customer data: personal data → no customer data",
        "needed by: – → 31 May 2030",
    ]
    assert in_words(rows, purchase) == words
    assert make.standing(line)["reserved"] == 150
    assert actions.decide(purchase, office.cmo, "marketing", "approve", 2).state == "approved"


def test_a_question_stops_until_it_is_answered(office, line):
    purchase = make.asked(office.marketing_planner, line)
    purchase = actions.decide(purchase, office.cmo, "marketing", "ask", 1, "Why two of them?")
    assert purchase.state == "more information"
    purchase = actions.answer(purchase, office.marketing_planner, "One is for tests.")
    assert purchase.state == "submitted"
    assert actions.decide(purchase, office.cmo, "marketing", "approve", 1).state == "approved"


def test_the_requester_never_decides(office, line):
    """Not even as the only lead, who then needs a deputy or another lead."""
    with pytest.raises(Refused, match="Marketing"):
        actions.submit(make.draft(office.cmo, line), office.cmo)
    assert make.standing(line) == {"plan": 1000, "available": 1000}


def test_only_the_requester_sends_edits_and_takes_back(office, line):
    drafted = make.draft(office.marketing_planner, line)
    for step in (actions.submit, actions.withdraw, actions.edit, actions.discard):
        with pytest.raises(NotYours):
            step(drafted, office.cmo)


def test_expiry_gives_the_money_back_by_itself(office, line):
    purchase = make.asked(office.marketing_planner, line, "250.00")
    assert actions.expire(purchase).state == "submitted"
    purchase.expires_on = office.workspace.today()
    purchase.save()
    assert actions.expire(purchase).state == "expired"
    assert make.standing(line) == {"plan": 1000, "available": 1000}


def test_monthly_prices_fall_into_their_months(office):
    line = office.year
    months = line.budget.months
    purchase = make.asked(office.marketing_planner, line, "50.00", price="month", term_months=12, needed_by=months[6])
    kept = promises.held(purchase.claim)
    assert (kept["reserved"], kept["forward"]) == (Decimal(300), Decimal(300))
    assert purchase.value == 600


def test_foreign_money_needs_a_rate(office, line):
    from planning.calendar.models import Rate

    purchase = make.draft(office.marketing_planner, line, "100.00", currency="USD")
    with pytest.raises(Refused, match="rate"):
        actions.submit(purchase, office.marketing_planner)
    Rate.objects.create(
        workspace=office.workspace,
        currency="USD",
        day=office.workspace.today(),
        rate=Decimal("0.7912"),
        source="finance",
    )
    purchase = actions.submit(purchase, office.marketing_planner)
    assert (purchase.value, purchase.rate, make.standing(line)["reserved"]) == (
        Decimal("79.12"),
        Decimal("0.7912"),
        Decimal("79.12"),
    )


def test_parts_are_received_until_nothing_is_open(office, line):
    purchase = make.approve(make.asked(office.marketing_planner, line, "400.00"), office)
    purchase = actions.order(purchase, office.marketing_planner, "PO-77")
    purchase = actions.receive(purchase, office.marketing_planner, "150.00")
    assert (purchase.state, purchase.received) == ("ordered", 150)
    with pytest.raises(Refused, match="250.00"):
        actions.receive(purchase, office.marketing_planner, "250.01")
    assert actions.receive(purchase, office.marketing_planner).state == "received"


def test_an_order_number_comes_back_from_the_companys_system_and_names_one_purchase(office, line):
    first, second = (
        actions.order(make.approve(make.asked(office.marketing_planner, line, "40.00"), office), office.finance)
        for _n in range(2)
    )
    assert actions.number(first, office.finance, " 4500 01 ").order_number == "4500 01"
    with pytest.raises(Refused, match=first.code):
        actions.number(second, office.finance, "4500 01")
