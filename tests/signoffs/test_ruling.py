"""A stuck paper goes to the sponsor, whose ruling is a ruling and never the other side's key."""

from datetime import timedelta

import pytest

from planning.budgets import actions
from planning.people.models import Member
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from tests.budgets import make


@pytest.fixture
def version(inside):
    plan = make.budget(inside)
    make.line(inside, plan)
    version = actions.propose(plan, inside.marketing_planner)
    actions.decide(plan, inside.cmo, 1, "approve")
    return version


def after(workspace, days):
    return clock.at(workspace.now() + timedelta(days=days))


def test_ten_business_days_have_to_pass(inside, version):
    with after(inside.workspace, 9), pytest.raises(Refused, match="waits for the other side until"):
        actions.take_to_sponsor(version, inside.cmo, "No answer")
    with after(inside.workspace, 15):
        paper = actions.take_to_sponsor(version, inside.cmo, "No answer").paper
        with pytest.raises(Refused, match="asked already"):
            actions.take_to_sponsor(version, inside.cio, "No answer")
    assert paper.seats.get(name="sponsor").state == "open"


def test_the_ruling_stands_in_for_the_missing_key_and_is_never_shown_as_it(inside, version):
    with after(inside.workspace, 15):
        actions.take_to_sponsor(version, inside.cmo, "No answer")
        with pytest.raises(NotYours):
            actions.decide(version.budget, inside.sponsor, 1, "approve", seat="technology")
        actions.decide(version.budget, inside.sponsor, 1, "approve", "The season does not wait", seat="sponsor")
        assert version.budget.versions.get(number=1).state == "proposed"
        actions.decide(version.budget, inside.finance, 1, "approve")
    version.refresh_from_db()
    seats = {seat.name: seat for seat in version.paper.seats.all()}
    assert version.state == "agreed"
    assert (seats["sponsor"].state, seats["sponsor"].decided_by) == ("approved", inside.sponsor)
    assert (seats["technology"].state, seats["technology"].decided_by) == ("skipped", None)
    assert "this side did not decide" in seats["technology"].note


def test_the_sponsor_may_say_no_and_the_missing_key_may_still_be_turned(inside, version):
    with after(inside.workspace, 15):
        actions.take_to_sponsor(version, inside.cmo, "No answer")
        actions.decide(version.budget, inside.cio, 1, "approve")
        assert version.paper.seats.get(name="sponsor").state == "skipped"  # nothing is left to rule on
        actions.decide(version.budget, inside.finance, 1, "approve")
        version.refresh_from_db()
        assert (version.state, version.paper.seats.get(name="sponsor").state) == ("agreed", "skipped")
        make.line(inside, version.budget, "Another")
        second = actions.propose(version.budget, inside.cmo, "One more")
        actions.decide(version.budget, inside.cio, second.number, "approve")
    with after(inside.workspace, 31):
        actions.take_to_sponsor(second, inside.cio, "Marketing is silent")
        ruled = actions.decide(version.budget, inside.sponsor, second.number, "reject", "Not this year", "sponsor")
    assert ruled.state == "returned"


@pytest.mark.parametrize(("who", "sentence"), [("viewer", "A lead"), ("technology_planner", "A lead")])
def test_who_may_take_it_there(inside, version, who, sentence):
    with after(inside.workspace, 15), pytest.raises(NotYours, match=sentence):
        actions.take_to_sponsor(version, getattr(inside, who), "No answer")


def test_no_key_turned_or_nobody_to_ask(inside, version):
    with after(inside.workspace, 15):
        Member.objects.filter(pk=inside.sponsor.pk).update(role="viewer")
        with pytest.raises(Refused, match="no sponsor"):
            actions.take_to_sponsor(version, inside.cmo, "No answer")
        actions.recall(version.budget, inside.cmo, 1)
        second = actions.propose(version.budget, inside.cmo)
    with after(inside.workspace, 31), pytest.raises(Refused, match="one side has turned its key"):
        actions.take_to_sponsor(second, inside.cmo, "No answer")
