"""Promises beyond the last agreed year wait for that year's lines; a year without an agreement still runs."""

import uuid
from datetime import datetime
from decimal import Decimal as D

import pytest

from planning.budgets import actions, promises
from planning.budgets.actions.clock import go_on_without_agreement
from planning.budgets.forward import promised_ahead
from planning.budgets.models import Line, Movement
from planning.people.scope import scope
from planning.shared import clock
from planning.shared.refusals import Refused
from planning.trail.models import Entry

from . import make

CAUSE = "purchases.purchase:1"


@pytest.fixture
def years(inside):
    """Last year's plan, agreed, with a promise that reaches into the next year, which is drafted."""
    plan = make.budget(inside)
    plan.old = make.line(inside, plan, "Data platform", "1200.00", side="joint", category="Data")
    make.line(inside, plan, "Campaigns", "600.00", purpose="grow")
    make.agree(inside, plan)
    claim = uuid.uuid4()
    following = make.budget(inside, plan.year + 1, "Next year")
    shares = [(plan.old, plan.months[11], D(50)), (plan.old, following.months[0], D("100.01"))]
    promises.reserve(claim, shares, inside.cmo, CAUSE)
    plan.claim, plan.following = claim, following
    return plan


def place(cast, budget, line):
    return actions.place_promises(budget, cast.cmo, {row.key: line and line.pk for row in promised_ahead(budget)})


def test_the_next_draft_places_them_before_it_is_proposed(inside, years):
    promises.commit(years.claim, CAUSE)
    plan = years.following
    other = make.line(inside, plan, "Hosting", "900.00", side="technology")
    with pytest.raises(Refused, match=r"100.01 GBP are promised for this year already"):
        actions.propose(plan, inside.cmo)
    with pytest.raises(Refused, match="is not paid by marketing"):
        place(inside, plan, other)
    line = make.line(inside, plan, "Platform", "100.00", side="joint", category="Data")
    assert place(inside, plan, line) == D("100.01")
    with pytest.raises(Refused, match="plans less for"):
        actions.propose(plan, inside.cmo)
    actions.edit_line(line, inside.cmo, total="120.00")
    make.agree(inside, plan)
    assert make.standing(line) == {"plan": D(120), "committed": D("100.01"), "available": D("19.99")}
    assert promises.held(years.claim) == {
        "reserved": 0, "committed": D("150.01"), "consumed": 0, "released": 0, "forward": 0,
    }  # fmt: skip
    used = promises.consume(years.claim, [(line.pk, plan.months[0], D("100.01"))], "spend.import:1", "1")
    assert used == D("100.01")
    assert make.standing(line)["plan"] == D(120)


def test_what_is_promised_after_the_agreement_stands_on_its_line_at_once(inside, years):
    plan = years.following
    line = make.line(inside, plan, "Platform", "120.00", side="joint")
    place(inside, plan, line)
    make.agree(inside, plan)
    assert make.standing(line)["reserved"] == D("100.01")
    late = uuid.uuid4()
    promises.reserve(late, [(years.old, plan.months[1], D(30))], inside.cmo, CAUSE)
    with pytest.raises(promises.Shortfall, match="“Platform” is short by"):
        place(inside, plan, line)
    assert promises.held(late)["forward"] == D(30)
    assert promises.release(late, CAUSE) == 0


def test_the_page_shows_them_with_the_likely_line(cast, as_):
    with scope(cast.workspace):
        plan = make.budget(cast)
        old = make.line(cast, plan, "Data platform", "1200.00")
        make.agree(cast, plan)
        following = make.budget(cast, plan.year + 1, "Next year")
        line = make.line(cast, following, "data platform", "100.00")
        promises.reserve(uuid.uuid4(), [(old, following.months[0], D(80))], cast.cmo, CAUSE)
    client, page = as_(cast.cmo), f"/acme/budgets/{following.pk}/"
    assert "80.00 GBP of it have no line yet" in client.get(page).content.decode()
    form = client.get(f"{page}promised/").context["form"]
    row, field = form.places[0]
    assert field.value() == line.pk
    assert client.post(f"{page}promised/", {row.key: line.pk}).status_code == 302
    assert "have no line yet" not in client.get(page).content.decode()


def day(budget, month, number=10):
    first = budget.months[month]
    return clock.at(datetime(first.year, first.month, number, 12, tzinfo=budget.workspace.zone))


@pytest.fixture
def late_year(inside):
    """Last year agreed; this year drafted, with one line that goes on and one that is new."""
    plan = make.budget(inside)
    make.line(inside, plan, "Hosting", "1200.01", side="technology")
    make.line(inside, plan, "Licences", "600.00")
    make.line(inside, plan, "Campaigns", "900.00", purpose="grow")
    make.agree(inside, plan)
    following = make.budget(inside, plan.year + 1, "Next year")
    following.hosting = make.line(inside, following, "hosting", "2400.00", side="technology")
    following.campaigns = make.line(inside, following, "Campaigns", "900.00", purpose="grow")
    return following


def test_run_lines_go_on_at_a_twelfth_a_month_and_the_rest_waits(inside, late_year):
    plan = late_year
    with day(plan, 0):
        assert go_on_without_agreement(inside.workspace) == plan
        assert go_on_without_agreement(inside.workspace) is None
        licences = Line.objects.get(budget=plan, origin__isnull=False)
        assert make.standing(plan.hosting) == {"plan": D("100.01"), "available": D("100.01")}
        assert make.standing(licences)["plan"] == D(50)
        promises.reserve(uuid.uuid4(), [(plan.hosting, plan.months[0], D("100.01"))], inside.cio, CAUSE)
        with pytest.raises(promises.Shortfall):
            promises.reserve(uuid.uuid4(), [(plan.hosting, plan.months[0], D("0.01"))], inside.cio, CAUSE)
        with pytest.raises(Refused, match="not an agreed, open line"):
            promises.reserve(uuid.uuid4(), [(plan.campaigns, plan.months[0], D(1))], inside.cmo, CAUSE)
    with day(plan, 2):
        go_on_without_agreement(inside.workspace)
        assert make.standing(plan.hosting)["plan"] == D("300.01")
        entry = Entry.objects.filter(verb="budgets.go_on_without_agreement").latest("number")
        assert entry.after == {"months": f"{plan.months[1]:%Y-%m}, {plan.months[2]:%Y-%m}", "booked": "300.000"}
        actions.remove_line(licences, inside.cmo)
        version = make.agree(inside, plan)
        assert version.paper.terms["plan"]["total"] == "3300.00"
        assert go_on_without_agreement(inside.workspace) is None
    assert make.standing(plan.hosting) == {"plan": D(2400), "reserved": D("100.01"), "available": D("2299.99")}
    assert make.standing(licences) == {}
    assert Movement.objects.filter(line=licences).exists()


def test_the_budget_says_for_how_many_days_nothing_is_agreed(cast, as_):
    with scope(cast.workspace):
        plan = make.budget(cast)
        make.line(cast, plan, "Hosting", "1200.00", side="technology")
        make.agree(cast, plan)
        following = make.budget(cast, plan.year + 1, "Next year")
    with day(following, 0, 10):
        with scope(cast.workspace):
            go_on_without_agreement(cast.workspace)
        page = as_(cast.viewer).get(f"/acme/budgets/{following.pk}/").content.decode()
        listed = as_(cast.viewer).get("/acme/budgets/").content.decode()
    assert "The year began 10 days ago without an agreed budget" in page
    assert "The year began 10 days ago without an agreed budget" in listed
