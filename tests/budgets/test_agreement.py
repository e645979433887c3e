"""A version of the plan is what both keys signed, and nothing else is in force."""

import uuid
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction

from planning.budgets import actions, promises
from planning.budgets.models import Budget, Revision, Version
from planning.people.models import Member
from planning.shared.refusals import NotYours, Refused, Stale
from planning.trail.models import Entry

from . import make


def made_for_all(cast):
    return make.agreed_line(cast, "1000.00")


@pytest.fixture
def line(made):
    return made


def test_a_joint_budget_is_agreed_by_two_keys_and_finance(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan, total="1200.00", side="joint", shares={"marketing": 60, "technology": 40})
    version = actions.propose(plan, inside.marketing_planner)
    assert {seat.name for seat in version.paper.seats.all()} == {"marketing", "technology", "finance"}
    for member in (inside.cio, inside.finance):
        actions.decide(plan, member, 1, "approve")
        assert Budget.objects.get(pk=plan.pk).state == "proposed"
        assert make.standing(line) == {}
    actions.decide(plan, inside.cmo, 1, "approve")
    plan.refresh_from_db()
    assert plan.state == "agreed"
    assert make.standing(line) == {"plan": D(1200), "available": D(1200)}
    assert line.movements.filter(side="marketing").count() == 12
    assert Entry.objects.filter(verb="budgets.decide").count() == 3


def test_without_a_finance_lead_two_keys_are_enough(inside):
    Member.objects.filter(pk=inside.finance.pk).update(role="planner")
    make.agreed_line(inside)
    assert Budget.objects.get().state == "agreed"


def test_a_planner_turns_no_key_and_a_lead_only_their_own(inside):
    plan = make.budget(inside)
    make.line(inside, plan)
    actions.propose(plan, inside.cmo)
    for member, seat in (
        (inside.marketing_planner, None),
        (inside.cmo, "technology"),
        (inside.auditor, None),
        (inside.sponsor, None),
    ):
        with pytest.raises(NotYours):
            actions.decide(plan, member, 1, "approve", seat=seat)


def test_what_was_proposed_is_frozen(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan)
    actions.propose(plan, inside.cmo)
    with pytest.raises(Refused, match="waiting for its keys"):
        actions.edit_line(line, inside.cmo, total="1.00")
    with pytest.raises(IntegrityError, match="What was proposed stays"), transaction.atomic():
        Revision.objects.filter(line=line).update(name="Something else")
    with pytest.raises(IntegrityError, match="What was proposed stays"), transaction.atomic():
        Revision.objects.filter(line=line).delete()


def test_a_rejection_returns_it_with_its_reason_and_the_draft_goes_on(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan)
    actions.propose(plan, inside.cmo)
    with pytest.raises(Refused, match="Say why"):
        actions.decide(plan, inside.cio, 1, "reject")
    actions.decide(plan, inside.cio, 1, "reject", "Hosting is missing")
    plan.refresh_from_db()
    assert plan.state == "returned"
    assert list(plan.versions.values_list("number", "state")) == [(1, "returned"), (2, "draft")]
    actions.edit_line(line, inside.cmo, total="2000.00")
    second = make.agree(inside, plan)
    assert (second.number, second.agreed_as) == (2, 1)
    assert make.standing(line)["plan"] == D(2000)


def test_signing_what_was_replaced_is_stale_and_shows_the_difference(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan, total="1000.00")
    actions.propose(plan, inside.cmo)
    actions.recall(plan, inside.cmo, 1)
    actions.edit_line(line, inside.marketing_planner, total="1500.00")
    actions.propose(plan, inside.cmo)
    with pytest.raises(Stale) as stale:
        actions.decide(plan, inside.cio, 1, "approve")
    changed = {row["field"].split(" · ")[-1]: (row["before"], row["after"]) for row in stale.value.difference}
    assert D(changed["total"][0]) == D(1000)
    assert D(changed["total"][1]) == D(1500)
    assert "Web shop · Total of the year: 1,000.00 → 1,500.00" in stale.value.changes
    assert not plan.versions.get(number=2).paper.seats.filter(state="approved").exists()


def test_a_change_leaves_the_agreed_plan_in_force_until_both_keys_turn(inside, line):
    plan = line.budget
    actions.edit_line(line, inside.marketing_planner, total="1600.00", name="Web shop and app")
    version = actions.propose(plan, inside.marketing_planner, "The app came up")
    assert make.standing(line)["plan"] == D(1000)
    assert str(Revision.objects.in_force().get(line=line)) == "Web shop"
    for member in (inside.cmo, inside.cio):
        actions.decide(plan, member, version.number, "approve")
    assert make.standing(line)["plan"] == D(1000)
    actions.decide(plan, inside.finance, version.number, "approve")
    assert make.standing(line)["plan"] == D(1600)
    ranges = [revision.in_force for revision in Revision.objects.filter(line=line).order_by("pk")]
    assert [(one.lower, one.upper) for one in ranges] == [(1, 2), (2, None)]


def test_finance_is_asked_only_when_money_changes(inside, line):
    actions.edit_line(line, inside.cmo, name="Shop on the web")
    version = actions.propose(line.budget, inside.cmo, "A clearer name")
    assert {seat.name for seat in version.paper.seats.all()} == {"marketing", "technology"}


def test_notes_need_no_key(inside, line):
    actions.edit_line(line, inside.cmo, notes="Ask Elena first")
    line.refresh_from_db()
    assert line.notes == "Ask Elena first"
    assert not Version.objects.filter(state="draft").exists()


def test_a_cut_below_what_is_promised_is_refused_at_once_and_at_the_last_key_by_the_database(inside):
    line = make.agreed_line(inside, "1000.00", side="joint")
    month = line.budget.months[0]
    promises.reserve(uuid.uuid4(), [(line, month, D(600))], inside.cmo, "purchases.purchase:1")
    actions.edit_line(line, inside.cmo, total="599.98")
    with pytest.raises(promises.Shortfall, match="0.01 GBP less than what is promised and spent"):
        actions.propose(line.budget, inside.cmo, "Less")
    actions.edit_line(line, inside.cmo, total="600.00")
    version = actions.propose(line.budget, inside.cmo, "Less")
    promises.reserve(uuid.uuid4(), [(line, month, D("0.02"))], inside.cmo, "purchases.purchase:2")
    actions.decide(line.budget, inside.cmo, version.number, "approve")
    actions.decide(line.budget, inside.cio, version.number, "approve")
    with pytest.raises(promises.Shortfall, match="0.01 GBP less than what is promised and spent"), transaction.atomic():
        actions.decide(line.budget, inside.finance, version.number, "approve")
    assert make.standing(line) == {"plan": D(1000), "reserved": D("600.02"), "available": D("399.98")}


def test_two_versions_never_change_one_line_at_once(inside, line):
    actions.edit_line(line, inside.cmo, total="1100.00")
    actions.propose(line.budget, inside.cmo, "More")
    with pytest.raises(Refused, match="being changed by version 2"):
        actions.edit_line(line, inside.cio, total="800.00")


def test_two_people_editing_one_line_see_each_other(inside):
    line = make.line(inside, make.budget(inside), total="1000.00")
    actions.edit_line(line, inside.cmo, seen=1, total="1100.00")
    with pytest.raises(Stale, match="changed while you were editing"):
        actions.edit_line(line, inside.cio, seen=1, total="900.00")


def test_an_envelope_stops_the_side_that_is_above_it(inside):
    plan = make.budget(inside)
    make.line(inside, plan, total="1000.00", side="joint")
    actions.set_envelopes(plan, inside.finance, marketing="499.99")
    with pytest.raises(Refused, match="Marketing plans 0.01 GBP more than finance's envelope"):
        actions.propose(plan, inside.cmo)
    with pytest.raises(NotYours):
        actions.set_envelopes(plan, inside.cmo, marketing="9999.00")


def test_a_mid_year_cut_may_go_to_the_lowered_envelope_in_steps(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan, total="1000.00")
    make.agree(inside, plan)
    actions.set_envelopes(plan, inside.finance, marketing="700.00")
    actions.edit_line(line, inside.cmo, total="800.00")
    version = actions.propose(plan, inside.cmo, "Half of the cut", give_back=True)
    for member in (inside.cmo, inside.cio, inside.finance):
        version = actions.decide(plan, member, version.number, "approve")
    assert (version.state, make.standing(line)["plan"]) == ("agreed", D(800))
    actions.edit_line(line, inside.cmo, total="800.01")
    with pytest.raises(Refused, match="Marketing plans 100.01 GBP more"):
        actions.propose(plan, inside.cmo, "And up again")


def test_the_history_names_what_changed_and_not_how_many_zeros_it_has(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan, total="1000.00")
    actions.edit_line(line, inside.cmo, total="1000", shares={"marketing": "100.0", "technology": 0}, cost_centre="31")
    entry = Entry.objects.filter(verb="budgets.edit_line").latest("number")
    assert (entry.before, entry.after) == ({"cost_centre": None}, {"cost_centre": "31"})


def test_a_removed_line_leaves_at_the_agreement(inside):
    plan = make.budget(inside)
    kept, gone = make.line(inside, plan, "Kept"), make.line(inside, plan, "Gone")
    make.agree(inside, plan)
    actions.remove_line(gone, inside.cmo)
    assert make.standing(gone)["plan"] == D(1200)
    make.agree(inside, plan)
    assert make.standing(gone) == {}
    assert make.standing(kept)["plan"] == D(1200)


@pytest.mark.parametrize(("fields", "sentence"), [
    ({"total": "10.001"}, "GBP has 2 decimals"),
    ({"total": "-1.00"}, "not below zero"),
    ({"total": "12.00", "spread": ["1.00"] * 11}, "twelve amounts"),
    ({"total": "12.00", "spread": ["1.00"] * 11 + ["1.01"]}, "add up to 12.01"),
    ({"shares": {"marketing": 60, "technology": "39.999999"}}, "exactly 100"),
    ({"shares": {"marketing": 101, "technology": -1}}, "between 0 and 100"),
    ({"side": "finance"}, "marketing, to technology or to both"),
    ({"name": "  "}, "Give it a name"),
])  # fmt: skip
def test_a_line_says_what_is_wrong_and_nothing_is_added(inside, fields, sentence):
    plan = make.budget(inside)
    with pytest.raises(Refused, match=sentence):
        make.line(inside, plan, **fields)
    assert not plan.lines.exists()


def test_one_budget_a_year(inside):
    make.budget(inside, 2027)
    with pytest.raises(Refused, match="a budget for 2027 already"):
        make.budget(inside, 2027, "Another")
