"""A company that starts mid-year brings what it has; it is tied out and approved once."""

from decimal import Decimal as D

import pytest

from planning.budgets import actions, postings
from planning.budgets.availability import availability
from planning.budgets.models import Opening, OpeningOrder
from planning.people.scope import scope
from planning.shared.refusals import NotYours, Refused

from . import make


def made_for_all(cast):
    """A joint line of 1,000.00, of which the ledger of month one brought 300.00."""
    plan = make.budget(cast)
    plan.line = make.line(cast, plan, total="1000.00", side="joint", shares={"marketing": 60, "technology": 40})
    make.agree(cast, plan)
    postings.post_actuals(cast.workspace, [(plan.line.pk, plan.months[0], D("300.00"))], "spend.import:1", "1")
    return plan


@pytest.fixture
def plan(made):
    return made


def opened(plan, cast, ledger="300.00", orders="250.00", contracts="0"):
    return actions.set_opening(plan, cast.finance, plan.months[1], ledger, orders, contracts)


def order(plan, cast, opening, amount="250.00", number="PO-7", month=2):
    return actions.add_opening_order(
        opening, cast.finance, plan.line, number, "The shop's rebuild", plan.months[month], amount
    )


def test_it_is_tied_out_then_approved_once_and_its_orders_are_commitments(plan, inside):
    opening = opened(plan, inside, ledger="300.01")
    with pytest.raises(Refused, match="Actuals before that month 0.01 GBP, Open orders 250.00 GBP"):
        actions.propose_opening(opening, inside.finance)
    opened(plan, inside)
    order(plan, inside, opening)
    actions.propose_opening(opening, inside.finance)
    assert availability(plan.line)["committed"] == 0, "nothing is promised before the last key"
    with pytest.raises(Refused, match="stays as it is"):
        order(plan, inside, opening, number="PO-8")
    for person in (inside.cmo, inside.cio, inside.finance):
        actions.decide_opening(opening, person, "approve", version=1)
    stands = availability(plan.line)
    assert (stands["actual"], stands["committed"], stands["available"]) == (D(300), D(250), D(450))
    opening.refresh_from_db()
    assert opening.state == "approved"
    with pytest.raises(Refused, match="stays as it is"):
        opened(plan, inside)


def test_orders_beyond_the_plan_leave_it_open(plan, inside):
    opening = opened(plan, inside, orders="900.00")
    order(plan, inside, opening, "900.00")
    actions.propose_opening(opening, inside.finance)
    actions.decide_opening(opening, inside.cmo, "approve")
    actions.decide_opening(opening, inside.cio, "approve")
    with pytest.raises(Refused, match="short"):
        actions.decide_opening(opening, inside.finance, "approve")
    assert Opening.objects.get().state == "proposed"
    actions.decide_opening(opening, inside.finance, "reject", "200 too much is on order")
    assert Opening.objects.get().state == "draft"
    assert availability(plan.line)["committed"] == 0


def test_what_cannot_be_an_open_order(plan, inside):
    opening = opened(plan, inside)
    order(plan, inside, opening)
    for wrong in ({"amount": "0"}, {"number": "PO-7"}, {"number": "PO-9", "month": 0}, {"number": " "}):
        with pytest.raises(Refused):
            order(plan, inside, opening, **wrong)
    with pytest.raises(NotYours):
        actions.set_opening(plan, inside.cmo, plan.months[1], "1", "1", "1")


def test_the_pages(cast, as_, plan):
    finance, cmo, place = as_(cast.finance), as_(cast.cmo), f"/acme/budgets/{plan.pk}/opening/"
    said = {"first": f"{plan.months[1]}", "ledger_total": "300.00", "orders_total": "250.00", "contracts_total": "0"}
    assert cmo.post(place, said).status_code == 403
    assert finance.post(place, said).status_code == 302
    form = {"number": "PO-7", "what": "Rebuild", "line": plan.line.pk, "month": f"{plan.months[2]}", "amount": "250.00"}
    assert finance.post(f"{place}orders/", form | {"amount": "soon"}).status_code == 422
    assert finance.post(f"{place}orders/", form).status_code == 302
    assert finance.post(f"{place}orders/", form | {"number": "PO-8"}).status_code == 302
    with scope(cast.workspace):
        extra = OpeningOrder.objects.get(number="PO-8").pk
    assert finance.post(f"{place}orders/removal/", {"order": extra}).status_code == 302
    assert finance.post(f"{place}proposal/").status_code == 302
    assert "Approve for marketing" in cmo.get(place).content.decode()
    assert "opening position" in cmo.get("/acme/").content.decode()
    with scope(cast.workspace):
        paper = Opening.objects.get().paper_id
    said = {"seat": "marketing", "version": 1, "verdict": "approve"}
    assert cmo.post(f"/acme/papers/{paper}/decision", said).status_code == 302
    assert as_(cast.cio).post(f"{place}signature/", said | {"seat": "technology"}).status_code == 302
