"""Above the limit a line says what it will bring; afterwards the other side says whether it did."""

from datetime import datetime, timedelta
from decimal import Decimal as D

import pytest

from planning.budgets import actions, evidence, on_time, postings
from planning.budgets.asked import asked_of
from planning.budgets.models import BusinessCase
from planning.notices.models import Reminder
from planning.people.scope import scope
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from tests.kpis import make as kpis

from . import make


def made_for_all(cast):
    """A drafted budget whose limit for evidence is 10,000.00, with a line on each side of it."""
    actions.set_limits(cast.cmo, evidence_from="10000.00")
    plan = make.budget(cast)
    plan.big = make.line(cast, plan, "Data platform", "10000.00")
    plan.small = make.line(cast, plan, "Icons", "9999.99")
    plan.kpi = kpis.kpi(cast)
    plan.workspace = cast.workspace
    return plan


@pytest.fixture
def plan(made):
    return made


def written(plan, member, **changes):
    due = plan.workspace.today() + timedelta(days=60)
    facts = {"argument": "It finds the visitors we lose", "effort": "20", "cost": "10000.00", "kpi": plan.kpi,
             "expected": "2.5", "due": due}  # fmt: skip
    return actions.write_case(plan.big, member, **(facts | changes))


@pytest.fixture
def agreed(plan, inside):
    """The same, agreed, spent in part, the day after the effect was to show."""
    case = written(plan, inside.marketing_planner)
    make.agree(inside, plan)
    postings.post_actuals(inside.workspace, [(plan.big.pk, plan.months[0], D("8000.00"))], "spend.import:1", "1")
    day = case.due + timedelta(days=1)
    with clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=inside.workspace.zone)):
        plan.case = case
        yield plan


def test_without_its_case_a_version_is_not_proposed(plan, inside):
    with pytest.raises(Refused, match="10,000.00 GBP on a line needs a business case.*Data platform"):
        actions.propose(plan, inside.cmo)
    for wrong in ({"argument": " "}, {"expected": "0"}, {"cost": "-1.00"}, {"due": plan.workspace.today()}):
        with pytest.raises(Refused):
            written(plan, inside.cmo, **wrong)
    written(plan, inside.marketing_planner)
    assert make.agree(inside, plan).state == "agreed", "the line below the limit needs none"
    with pytest.raises(Refused, match="Both keys agreed"):
        written(plan, inside.cmo, expected="0.1")


def test_the_owner_records_and_the_other_side_confirms(agreed, inside):
    case = agreed.case
    with pytest.raises(NotYours):
        actions.record_result(case, inside.cio, "2", "Our dashboard")
    actions.record_result(case, inside.marketing_planner, "2", "Before and after, by week")
    for person in (inside.cmo, inside.marketing_planner, inside.finance, inside.viewer):
        with pytest.raises(NotYours):
            actions.judge_result(case, person, "confirmed")
    assert [one.label for one in asked_of(inside.cio)] == ["Is the effect of “Data platform” proven?"]
    with pytest.raises(Refused, match="what is wrong"):
        actions.judge_result(case, inside.cio, "disputed", " ")
    actions.judge_result(case, inside.cio, "disputed", "Half of it is the season")
    actions.record_result(case, inside.cmo, "1.5", "The season taken out")
    actions.judge_result(case, inside.technology_planner, "confirmed")
    proof = evidence.proofs(agreed)[0]
    assert (proof.spent, proof.proven, proof.short) == (D(8000), D(4800), D(3200)), "1.5 of 2.5 is 60 percent"
    with pytest.raises(Refused, match="recorded already"):
        actions.record_result(case, inside.cmo, "2.5", "Looks better")


def test_too_early_is_too_early_and_too_much_is_not_more_than_all(agreed, inside):
    case = agreed.case
    early = datetime(case.due.year, case.due.month, 1, tzinfo=inside.workspace.zone) - timedelta(days=1)
    with clock.at(early), pytest.raises(Refused, match="record it then"):
        actions.record_result(case, inside.cmo, "2", "Already")
    actions.record_result(case, inside.cmo, "9", "All of it")
    assert evidence.proofs(agreed)[0].unconfirmed == D(8000)
    actions.judge_result(case, inside.cio, "confirmed")
    assert evidence.proofs(agreed)[0].proven == D(8000)


def test_the_owner_is_reminded_once_when_the_date_has_passed(agreed, inside):
    for _hour in range(2):
        on_time.remind_of_results(inside.workspace)
    rows = Reminder.objects.filter(rule="budgets.evidence")
    assert {one.member.name for one in rows} == {"Maya Lindgren", "Jonas Weber"}
    assert rows.count() == 2
    actions.record_result(agreed.case, inside.cmo, "2", "By week")
    assert set(rows.values_list("state", flat=True)) == {"dropped"}


def test_the_pages(cast, as_, agreed):
    cmo, cio = as_(cast.cmo), as_(cast.cio)
    page = f"/acme/budgets/lines/{agreed.big.pk}/case/"
    assert "Record the result" in cmo.get(page).content.decode()
    assert "Record the result" not in cio.get(page).content.decode()
    assert cmo.post(f"{page}result/", {"result": "2"}).status_code == 422
    assert cmo.post(f"{page}result/", {"result": "2", "note": "By week"}).status_code == 302
    assert cmo.post(f"{page}verdict/", {"verdict": "confirmed"}).status_code == 422
    assert cio.post(f"{page}verdict/", {"verdict": "confirmed", "note": ""}).status_code == 302
    shown = cio.get(f"/acme/budgets/{agreed.pk}/evidence/").content.decode()
    assert "6,400.00" in shown
    with scope(cast.workspace):
        assert BusinessCase.objects.get().verdict == "confirmed"
