"""The grid's cells: compare-and-set with the value the person saw, refused one by one, one entry a block."""

import json
from decimal import Decimal as D

import pytest

from planning.budgets import actions
from planning.budgets.grid import window as grid
from planning.budgets.grid.cells import Change
from planning.budgets.lines.history import history_of
from planning.budgets.models import Revision, Version
from planning.people.scope import scope
from planning.shared.refusals import Refused
from planning.trail.models import Entry

from . import make


def made_for_all(cast):
    """A draft with two lines of 100.00 a month."""
    plan = make.budget(cast)
    plan.web, plan.ads = make.line(cast, plan), make.line(cast, plan, "Advertising")
    return plan


@pytest.fixture
def plan(made):
    return made


def put(cast, plan, *cells, by=None):
    """`cells` are (line, month or None, saw, value); the states they end in."""
    changes = [Change(line.pk, month, saw, value) for line, month, saw, value in cells]
    return [one.state for one in actions.set_cells(plan, by or cast.marketing_planner, changes).outcomes]


def months(line):
    return Revision.objects.get(line=line, is_open=True).months


def test_a_month_moves_the_total(cast, plan):
    assert put(cast, plan, (plan.web, 3, "100", "1,250.50")) == ["saved"]
    revision = Revision.objects.get(line=plan.web, is_open=True)
    assert (revision.months[3], revision.total, revision.edits) == (D("1250.50"), D("2350.50"), 2)


def test_a_total_is_spread_as_the_months_are(cast, plan):
    put(cast, plan, (plan.web, 0, "100", "0"))
    assert put(cast, plan, (plan.web, None, "1100", "2200.01")) == ["saved"]
    assert months(plan.web) == [D(0), D("200.01"), *[D(200)] * 10]


def test_what_somebody_changed_meanwhile_is_a_conflict_and_stays(cast, plan):
    put(cast, plan, (plan.web, 0, "100", "150"), by=cast.cio)
    changes = [Change(plan.web.pk, 0, "100", "170"), Change(plan.web.pk, 1, "100", "170")]
    sheet = actions.set_cells(plan, cast.marketing_planner, changes)
    assert [(one.state, one.there) for one in sheet.outcomes] == [("conflict", D(150)), ("saved", D(170))]
    assert months(plan.web)[:2] == [D(150), D(170)]
    assert put(cast, plan, (plan.web, 0, "150", "170")) == ["saved"]  # having seen it, they may


def test_two_who_type_the_same_agree(cast, plan):
    put(cast, plan, (plan.web, 0, "100", "150"), by=cast.cio)
    entries = Entry.objects.count()
    assert put(cast, plan, (plan.web, 0, "100", "150.00")) == ["saved"]
    assert Entry.objects.count() == entries


def test_a_block_is_one_entry_that_lists_its_cells(cast, plan):
    entries = Entry.objects.count()
    block = [(line, month, "100", "7") for line in (plan.web, plan.ads) for month in range(4)]
    assert set(put(cast, plan, *block)) == {"saved"}
    assert Entry.objects.count() == entries + 1
    entry = Entry.objects.latest("pk")
    assert entry.verb == "budgets.set_cells"
    assert len(entry.after) == 8
    assert entry.after[f"Web shop ({plan.web.pk}) · {plan.months[0]:%Y-%m}"] == "7.00"
    assert entry.before[f"Advertising ({plan.ads.pk}) · {plan.months[3]:%Y-%m}"] == "100.000"


def test_a_block_is_in_the_history_of_each_of_its_lines_and_of_no_other(cast, plan):
    other = make.line(cast, plan, "Hosting")
    put(cast, plan, (plan.web, 0, "100", "7"), (plan.web, 2, "100", "8.50"), (plan.ads, 0, "100", "9"))
    first, third = (f"{plan.months[at]:%b %Y}" for at in (0, 2))
    assert history_of(plan.web)[0].said == f"{first}: 100.00 → 7.00; {third}: 100.00 → 8.50"
    assert history_of(plan.ads)[0].said == f"{first}: 100.00 → 9.00"
    assert [entry.verb for entry in history_of(other)] == ["budgets.add_line"]
    actions.propose(plan, cast.cmo)
    assert history_of(plan.web)[0].verb == history_of(other)[0].verb == "budgets.propose"


@pytest.mark.parametrize("wrong", ["lots", "1,5", "-1", "0.001", "1e5", "9" * 16])
def test_a_wrong_amount_is_refused_in_its_cell_alone(cast, plan, wrong):
    changes = [Change(plan.web.pk, 0, "100", wrong), Change(plan.web.pk, 1, "100", "5")]
    refused, saved = actions.set_cells(plan, cast.cmo, changes).outcomes
    assert (refused.state, refused.there, saved.state) == ("refused", D(100), "saved")
    assert refused.says
    assert months(plan.web)[:2] == [D(100), D(5)]


def test_months_pasted_with_their_total_must_agree(cast, plan):
    block = [(plan.web, 0, "100", "200"), (plan.web, None, "1200", "1300")]
    assert put(cast, plan, *block) == ["saved", "saved"]
    block = [(plan.web, 0, "200", "300"), (plan.web, None, "1300", "9999")]
    assert put(cast, plan, *block) == ["saved", "refused"]
    assert sum(months(plan.web)) == D(1400)


def test_an_agreed_budget_is_changed_in_the_next_draft(cast, plan):
    make.agree(cast, plan)
    assert put(cast, plan, (plan.web, 0, "100", "400")) == ["saved"]
    draft = plan.versions.get(state=Version.State.DRAFT)
    assert draft.revisions.get().months[0] == D(400)
    assert Revision.objects.in_force().get(line=plan.web).months[0] == D(100)
    shown = {row["name"]: row for row in grid.window(plan)["rows"]}
    assert (shown["Web shop"]["plan"][0], shown["Web shop"]["agreed"][0]) == ("400", "100")
    assert (shown["Advertising"]["state"], shown["Advertising"]["agreed"]) == ("agreed", None)
    actions.propose(plan, cast.cmo, "More for the shop")
    assert put(cast, plan, (plan.web, 0, "400", "500"), (plan.ads, 0, "100", "90")) == ["refused", "saved"]


def test_nothing_changes_while_the_first_version_waits_for_its_keys(cast, plan):
    actions.propose(plan, cast.cmo)
    assert put(cast, plan, (plan.web, 0, "100", "400")) == ["refused"]
    assert months(plan.web)[0] == D(100)


def test_a_closed_budget_is_refused_as_a_whole(cast, plan):
    make.agree(cast, plan)
    actions.close_budget(plan, cast.cmo)
    with pytest.raises(Refused, match="is closed"):
        put(cast, plan, (plan.web, 0, "100", "400"))


def test_lines_of_elsewhere_are_not_there(cast, plan):
    with scope(cast.workspace):
        other = make.line(cast, make.budget(cast, plan.year + 1, "Next"), "Elsewhere")
    assert put(cast, plan, (other, 0, "100", "400")) == ["refused"]
    assert months(other)[0] == D(100)


def test_the_browser_hears_of_each_cell_and_of_whom_it_met(cast, plan, as_):
    put(cast, plan, (plan.web, 0, "100", "150"), by=cast.cio)
    cells = [{"line": plan.web.pk, "month": 0, "saw": "100", "value": "170"}]
    answer = as_(cast.cmo).post(f"/acme/budgets/{plan.pk}/cells/", {"cells": json.dumps(cells)}).json()
    [cell] = answer["cells"]
    assert (cell["state"], cell["value"], cell["by"]) == ("conflict", "150", "Daniel Osei")
    assert answer["rows"][str(plan.web.pk)]["plan"][:2] == ["150", "100"]


@pytest.mark.parametrize(
    "sent", ["", "[]", "{}", '[{"line": 1}]', '[{"line": 1, "month": 12, "saw": "1", "value": "1"}]']
)
def test_nonsense_is_refused_in_a_sentence(cast, plan, as_, sent):
    answer = as_(cast.cmo).post(f"/acme/budgets/{plan.pk}/cells/", {"cells": sent})
    assert answer.status_code == 422
    assert answer.json()["says"]


def test_readers_read_and_do_not_write(cast, plan, as_):
    for who in (cast.viewer, cast.auditor):
        assert as_(who).get(f"/acme/budgets/{plan.pk}/grid/").json()["rows"]
        assert as_(who).post(f"/acme/budgets/{plan.pk}/cells/", {}).status_code == 403
