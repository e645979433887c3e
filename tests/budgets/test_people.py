"""People cost: what groups and rates come to, who sees them, and that nothing under five is ever told."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from planning.budgets import actions
from planning.budgets.grid.cells import Change
from planning.budgets.lines.people import people_of
from planning.budgets.models import Line, PeoplePlan, Revision
from planning.budgets.rollover import clean_options
from planning.budgets.versions.drafts import current
from planning.people.scope import scope
from planning.shared.refusals import NotYours, Refused
from planning.team.tokens import make_token
from planning.trail.models import Entry

from . import make

TEAM = [
    {"group": "Brand", "fte": "4.5", "rate": "61000"},
    {"group": "Studio", "fte": ["0"] * 6 + ["3"] * 6, "rate": "50000.05"},
    {"group": "Brand", "fte": "1", "rate": "61000"},
]


def team_line(cast, budget, people=TEAM, name="Marketing team", by=None, side="marketing") -> Line:
    return actions.add_line(budget, by or cast.cmo, name=name, side=side, category="People", people=people)


def test_people_times_rate_is_the_plan(inside):
    budget = make.budget(inside)
    said = current(team_line(inside, budget))
    people = people_of([said])[said.pk]
    assert [(one.name, one.average, one.total) for one in people.groups] == [
        ("Brand", Decimal("5.50"), Decimal("335500.00")),
        ("Studio", Decimal("1.50"), Decimal("75000.08")),
    ]
    assert said.total == people.total == sum(people.months) == Decimal("410500.08")
    assert set(said.months) == {Decimal("34208.34")}, "what falls on a month tells nobody who came in it"
    assert people.months[0] < people.months[11]


FEW = [
    ([{"group": "Brand", "fte": "4.99", "rate": "61000"}], "at least 5 people"),
    ([*TEAM[:1], {"group": "Helpers", "fte": ["1"] + ["0"] * 11, "rate": "1"}], "at least 5 people"),
    ([{"group": "Brand", "fte": "6", "rate": "0"}], "cost in a year"),
    ([{"group": "", "fte": "6", "rate": "10"}], "Name the group"),
    ([{"group": "Brand", "fte": "0", "rate": "10"}], "How many"),
    ([{"group": "Brand", "fte": "-6", "rate": "10"}], "number of full-time people"),
]


@pytest.mark.parametrize(("people", "says"), FEW)
def test_no_group_under_five_is_planned(inside, people, says):
    with pytest.raises(Refused, match=says):
        team_line(inside, make.budget(inside), people)


def test_only_who_sees_the_people_plans_them(inside):
    budget = make.budget(inside)
    with pytest.raises(NotYours):
        team_line(inside, budget, by=inside.cio)
    with pytest.raises(Refused, match="one department"):
        team_line(inside, budget, side="joint")
    assert team_line(inside, budget, by=inside.finance, side="technology")


def test_its_money_is_moved_by_its_people_alone(inside):
    budget = make.budget(inside)
    line = team_line(inside, budget)
    refusals = [
        lambda: actions.edit_line(line, inside.cmo, total="400000"),
        lambda: actions.edit_line(line, inside.cmo, side="technology"),
        lambda: actions.edit_line(line, inside.cio, people=[]),
    ]
    for attempt in refusals:
        with pytest.raises(Refused):
            attempt()
    (told,) = actions.set_cells(budget, inside.cmo, [Change(line.pk, 0, "34208.34", "1")]).outcomes
    assert told.state == "refused"
    assert "comes from its people" in told.says
    make.agree(inside, budget)
    with pytest.raises(Refused, match="stays it"):
        actions.edit_line(line, inside.cmo, people=[], total="410500.08", spread="even")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.filter(pk=actions_change(inside, line).pk).update(total=1200, months=[100] * 12)


def actions_change(cast, line) -> Revision:
    """More people, in the next version."""
    actions.edit_line(line, cast.cmo, people=[*TEAM, {"group": "Interns", "fte": "2", "rate": "20000"}])
    return current(line)


def test_the_keys_are_bound_to_people_they_do_not_see(inside):
    budget = make.budget(inside)
    line = team_line(inside, budget)
    make.agree(inside, budget)
    before = current(line)
    other = [{"group": "Brand", "fte": "5.5", "rate": "61000"}, {"group": "Film", "fte": "1.5", "rate": "50000.05"}]
    actions.edit_line(line, inside.cmo, people=other)
    after = current(line)
    assert (after.total, after.months) == (before.total, before.months)
    assert after.terms()["people"] != before.terms()["people"]
    assert after.fingerprint != before.fingerprint
    words = " ".join(Entry.objects.of(inside.workspace).values_list("text", flat=True))
    assert "Studio" not in words
    assert "61000" not in words


def test_the_year_after_takes_its_people_along(inside):
    budget = make.budget(inside)
    line = team_line(inside, budget)
    make.agree(inside, budget)
    actions.roll_over(budget, inside.cio, clean_options(percent="10"))
    next_one = current(Line.objects.get(origin=line))
    assert (next_one.total, people_of([next_one])[next_one.pk].groups) == (
        Decimal("410500.08"),
        people_of([current(line)])[current(line).pk].groups,
    )
    assert next_one.people_seal != current(line).people_seal, "each line salts its own"


READERS = [("cmo", True), ("marketing_planner", True), ("finance", True), ("auditor", True), ("cio", False),
           ("technology_planner", False), ("sponsor", False), ("viewer", False), ("guest", False)]  # fmt: skip


def test_postgres_shows_groups_to_those_who_may_and_the_total_to_all(cast, as_):
    with scope(cast.workspace):
        budget = make.budget(cast)
        line = team_line(cast, budget)
        make.agree(cast, budget)
        said = current(line)
    for who, may in READERS:
        with scope(cast.workspace, getattr(cast, who).user):
            assert bool(PeoplePlan.objects.all()) == may == bool(people_of([said])), who
            assert getattr(cast, who).reads_people_of("marketing") == may, who
    for who, may in [("cmo", True), ("cio", False)]:
        page = as_(getattr(cast, who)).get(f"/acme/budgets/lines/{line.pk}/").content.decode()
        assert "410,500.08" in page
        assert ("61,000" in page) == ("Studio" in page) == may
        form = as_(getattr(cast, who)).get(f"/acme/budgets/lines/{line.pk}/change/").content.decode()
        assert ("Studio" in form) == may
        with scope(cast.workspace):
            secret = make_token(getattr(cast, who), "test")
        client = Client(headers={"Authorization": f"Bearer {secret}"})
        told = client.get(f"/api/v1/acme/lines/{line.pk}").json()
        assert told["people_cost"]
        assert bool(told["people"]) == may
        assert told["total"] == "410500.08"
