"""The year after begins with exactly what its preview shows, and rolling over again changes nothing."""

import uuid
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.budgets import actions, promises
from planning.budgets.models import Budget, Hold, Line, Revision
from planning.budgets.rollover import clean_options, proposal
from planning.shared.periods import add_months
from planning.shared.refusals import Refused
from planning.trail.models import Entry

from . import make


def made_for_all(cast):
    plan = make.budget(cast)
    make.line(cast, plan, "Shop", "1200.01", side="joint", shares={"marketing": "60", "technology": "40"})
    make.line(cast, plan, "Hosting", "600.00", side="technology", forecast="steady", notes="Two data centres")
    make.line(cast, plan, "Campaign", "900.00", purpose="grow")
    make.line(cast, plan, "Fair", "500.00", spread=["0"] * 5 + ["500.00"] + ["0"] * 6)
    make.line(cast, plan, "Something new", "300.00", placeholder=True)
    make.agree(cast, plan)
    return plan


@pytest.fixture
def plan(made):
    return made


def following(plan):
    return Budget.objects.get(year=plan.year + 1)


def drafted(budget) -> dict:
    found = Revision.objects.filter(line__budget=budget, is_open=True)
    return {one.line.origin_id: (one.name, one.total, one.months, one.shares) for one in found.select_related("line")}


def shown(plan, options) -> dict:
    return {
        row.revision.line_id: (row.revision.name, row.total, row.values["months"], row.shares)
        for row in proposal(plan, options)
        if not row.stays
    }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    percent=st.decimals(min_value=-99, max_value=300, places=2),
    purposes=st.sets(st.sampled_from(Revision.Purpose.values), min_size=1),
    drops=st.tuples(st.booleans(), st.booleans()),
)
def test_the_preview_is_the_result(inside, plan, percent, purposes, drops):
    Revision.objects.filter(line__budget__year=plan.year + 1).delete()
    Line.objects.filter(budget__year=plan.year + 1).delete()
    options = clean_options(percent, sorted(purposes), *drops)
    preview = shown(plan, options)
    target = actions.roll_over(plan, inside.cmo, options)
    assert (drafted(target) if target != plan else {}) == preview
    for _name, total, months, shares in preview.values():
        assert sum(months) == sum(shares.values()) == total


def test_what_goes_on_keeps_its_words_and_its_shape(inside, plan):
    actions.roll_over(plan, inside.cmo, clean_options("10"))
    found = {one.name: one for one in Revision.objects.filter(line__budget=following(plan)).select_related("line")}
    assert {name: one.total for name, one in found.items()} == {
        "Shop": D("1320.01"), "Hosting": D(660), "Campaign": D(990),
    }  # fmt: skip
    assert (found["Hosting"].line.forecast, found["Hosting"].line.notes) == ("steady", "Two data centres")
    assert found["Shop"].weights == {"marketing": D(60), "technology": D(40)}
    assert following(plan).state == "draft"


def test_running_it_twice_changes_nothing(inside, plan):
    actions.roll_over(plan, inside.cmo)
    before = (drafted(following(plan)), Entry.objects.count(), Line.objects.count())
    assert actions.roll_over(plan, inside.cio, clean_options("50")) == following(plan)
    assert (drafted(following(plan)), Entry.objects.count(), Line.objects.count()) == before
    assert {row.stays for row in proposal(plan, clean_options())} == {"there", "once", "placeholder"}


def test_what_was_left_behind_can_follow_later(inside, plan):
    actions.roll_over(plan, inside.cmo, clean_options(purposes=["run"]))
    actions.roll_over(plan, inside.cmo, clean_options())
    assert {name for name, *_rest in drafted(following(plan)).values()} == {"Shop", "Hosting", "Campaign"}
    assert Entry.objects.filter(verb="budgets.roll_over").count() == 2


def test_a_line_drafted_by_hand_is_not_doubled(inside, plan):
    target = make.budget(inside, plan.year + 1, "By hand")
    make.line(inside, target, "hosting", "1.00", side="technology")
    actions.roll_over(plan, inside.cmo)
    names = [name.lower() for name in Revision.objects.filter(line__budget=target).values_list("name", flat=True)]
    assert sorted(names) == ["campaign", "hosting", "shop"]


def test_promises_made_for_that_year_stand_on_the_lines_that_go_on(inside, plan):
    hosting = Line.objects.get(revisions__name="Hosting")
    share = (hosting, add_months(plan.months[-1], 2), D(99))
    promises.reserve(uuid.uuid4(), [share], inside.cio, "purchases.purchase:1")
    row = next(row for row in proposal(plan, clean_options()) if row.revision.name == "Hosting")
    assert row.promised == D(99)
    actions.roll_over(plan, inside.cmo)
    assert Hold.objects.get(state="forward").placed_on.origin_id == hosting.pk
    make.agree(inside, following(plan))
    assert make.standing(Hold.objects.get().line)["reserved"] == D(99)


def test_only_an_agreed_year_and_sensible_choices(inside):
    with pytest.raises(Refused, match="never was"):
        actions.roll_over(make.budget(inside), inside.cmo)
    for percent in ("-100", "many", "1001", "0.00001"):
        with pytest.raises(Refused, match="number of percent"):
            clean_options(percent)
