"""Which keys a change clears: the rules' table, one case a row; what is carried stays visible and the money stays."""

import uuid
from decimal import Decimal as D

import pytest

from planning.budgets import actions, promises
from planning.budgets.models import Line, Revision
from planning.budgets.versions.clearing import clearing_of
from planning.budgets.versions.terms import revisions_with_before, totals_of
from planning.notices.models import Notice
from planning.shared.refusals import Refused
from planning.vendors import actions as vendors
from tests.kpis import make as kpis

from . import make


def made_for_all(cast):
    plan = make.budget(cast)
    shapes = {
        "events": {"total": "12000.00", "side": "marketing"},
        "ads": {"total": "2400.00", "side": "marketing"},
        "hosting": {"total": "6000.00", "side": "technology"},
        "shop": {"total": "1000.00", "side": "joint"},
        "lent": {"total": "1200.00", "side": "marketing", "shares": {"marketing": 0, "technology": 100}},
    }
    plan.made = {name: make.line(cast, plan, name, **shape) for name, shape in shapes.items()}
    make.agree(cast, plan)
    return plan


@pytest.fixture
def plan(made):
    return made


def clearing(plan, member, line="events", **fields):
    actions.edit_line(plan.made[line], member, **fields)
    return seen(plan, member)


def seen(plan, member):
    version = plan.versions.get(state="draft")
    version.budget = plan
    pairs = revisions_with_before(version)
    return clearing_of(version, pairs, totals_of(version, pairs), member.side)


def words(found):
    return [reason for _side, effect in found.effects.values() for reason in effect.reasons]


UNEVEN = ["0.00", "2000.00"] + ["1000.00"] * 10


@pytest.mark.parametrize(("line", "fields", "why"), [
    ("events", {"name": "Fairs"}, "Its name changes"),
    ("events", {"category": "Fairs"}, "Its scope changes"),
    ("events", {"purpose": "transform"}, "Its scope changes"),
    ("events", {"treatment": "capex"}, "Its scope changes"),
    ("events", {"vendor": "Acme Events"}, "Its vendor changes"),
    ("events", {"kpi": "the kpi"}, "Its KPI target changes"),
    ("events", {"total": "12000.01"}, "Its amount goes up"),
    ("events", {"shares": {"marketing": 90, "technology": 10}}, "Who pays changes"),
    ("events", {"total": "12000.00", "spread": UNEVEN}, "Its months change"),
    ("events", {"total": "11999.00", "spread": ["1001.00"] + ["1000.00"] * 10 + ["998.00"]}, "Its months change"),
    ("shop", {"total": "999.99"}, "Its amount goes down, and the line is joint"),
    ("lent", {"total": "1100.00"}, "Its amount goes down, and the line is joint"),
    ("hosting", {"total": "5000.00"}, "Its amount goes down, on the other side's line"),
])  # fmt: skip
def test_what_clears_both_keys(inside, plan, line, fields, why):
    if "vendor" in fields:
        fields["vendor"] = vendors.register(inside.technology_planner, fields["vendor"])
    if "kpi" in fields:
        fields["kpi"] = kpis.kpi(inside)
    found = clearing(plan, inside.marketing_planner, line, **fields)
    assert not found.carried
    assert words(found) == [why]
    version = actions.propose(plan, inside.marketing_planner, "A change")
    assert {seat.name for seat in version.paper.seats.all()} >= {"marketing", "technology"}
    assert version.state == "proposed"


def test_notes_make_no_version(inside, plan):
    actions.edit_line(plan.made["events"], inside.cmo, notes="Ask Elena first")
    assert not plan.versions.filter(state="draft").exists()


def test_amount_down_on_ones_own_line_keeps_the_keys_and_frees_the_money(inside, plan):
    found = clearing(plan, inside.marketing_planner, total="10000.01")
    assert (found.carried, sum(found.freed["marketing"])) == (True, D("1999.99"))
    before = plan.versions.get(agreed_as=1).paper
    version = actions.propose(plan, inside.marketing_planner, "One fair less")
    assert (version.state, version.agreed_as) == ("agreed", 2)
    assert make.standing(plan.made["events"])["plan"] == D("10000.01")
    line = Line.objects.get(unallocated_of="marketing")
    assert str(line) == "Unallocated, marketing"
    assert make.standing(line) == {"plan": D("1999.99"), "available": D("1999.99")}
    for seat in version.paper.seats.all():
        was = before.seat(seat.name)
        assert (seat.state, seat.carried_from_id, seat.decided_by_id) == ("approved", was.pk, was.decided_by_id)
        assert seat.read_fingerprint == before.fingerprint
    told = Notice.objects.filter(entry__verb="budgets.propose", entry__subject=f"budgets.version:{version.pk}")
    assert {notice.member for notice in told} == {inside.cmo, inside.cio}


def test_the_unallocated_line_takes_the_next_cut_too_and_leaves_only_by_both_keys(inside, plan):
    for line, total in (("events", "11000.00"), ("ads", "2000.00")):
        actions.edit_line(plan.made[line], inside.cmo, total=total)
        assert actions.propose(plan, inside.cmo, "Less").state == "agreed"
    line = Line.objects.get(unallocated_of="marketing")
    assert make.standing(line)["plan"] == D(1400)
    plan.made["rest"] = line
    assert words(clearing(plan, inside.cmo, "rest", total="0.00")) == ["Money leaves the side's unallocated line"]


def test_one_line_that_clears_them_clears_them_for_the_whole_version(inside, plan):
    actions.edit_line(plan.made["events"], inside.cmo, total="11000.00")
    found = clearing(plan, inside.cmo, "ads", total="3400.00")
    assert (found.carried, found.freed) == (False, {})
    version = actions.propose(plan, inside.cmo, "From events to ads")
    assert {seat.name: seat.state for seat in version.paper.seats.all()} == {"marketing": "open", "technology": "open"}
    assert not Line.objects.filter(unallocated_of="marketing").exists()


def test_the_lines_that_keep_their_keys_can_go_first(inside, plan):
    actions.edit_line(plan.made["events"], inside.cmo, total="11000.00")
    actions.edit_line(plan.made["ads"], inside.cmo, name="Search ads")
    first = actions.propose(plan, inside.cmo, "Less", lines=[plan.made["events"].pk])
    assert (first.state, Revision.objects.open().get().line) == ("agreed", plan.made["ads"])
    assert actions.propose(plan, inside.cmo, "A better name").state == "proposed"


def test_above_the_envelope_a_cut_leaves_the_plan_by_both_keys_and_finance(inside, plan):
    actions.set_envelopes(plan, inside.finance, marketing="14000.00")
    plan.refresh_from_db()
    found = clearing(plan, inside.cmo, total="11000.00")
    assert "finance's envelope" in found.why_not
    version = actions.propose(plan, inside.cmo, "Finance asks for it back")
    assert {seat.name for seat in version.paper.seats.all()} == {"marketing", "technology", "finance"}
    assert not Line.objects.filter(unallocated_of="marketing").exists()


def test_the_proposer_may_give_the_money_back_instead(inside, plan):
    actions.edit_line(plan.made["events"], inside.cmo, total="11000.00")
    version = actions.propose(plan, inside.cmo, "Not needed", give_back=True)
    assert {seat.name for seat in version.paper.seats.all()} == {"marketing", "technology", "finance"}


def test_never_below_what_is_promised(inside, plan):
    line = plan.made["events"]
    promises.reserve(uuid.uuid4(), [(line, plan.months[0], D("11000.01"))], inside.cmo, "purchases.purchase:1")
    actions.edit_line(line, inside.cmo, total="11000.00")
    with pytest.raises(promises.Shortfall, match="0.01 GBP less"):
        actions.propose(plan, inside.cmo, "Less")
    assert make.standing(line)["plan"] == D(12000)
    assert not Line.objects.filter(unallocated_of="marketing").exists()


def test_a_change_that_changes_nothing_is_not_proposed(inside, plan):
    actions.edit_line(plan.made["events"], inside.cmo, name="Fairs")
    actions.edit_line(plan.made["events"], inside.cmo, name="events")
    with pytest.raises(Refused, match="Nothing has changed"):
        actions.propose(plan, inside.cmo, "Never mind")
