"""What the grid reads: lines in order of group and name, in windows, with the sums of their groups."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.budgets import postings
from planning.budgets.grid import window as grid
from planning.budgets.standing import by_month

from . import make


def made_for_all(cast):
    """An agreed budget of three lines, some of it spent."""
    plan = make.budget(cast)
    plan.web = make.line(cast, plan, side="joint", total="1200.00", category="Shop")
    plan.ads = make.line(cast, plan, "Advertising", total="600.00", category="Media")
    plan.host = make.line(cast, plan, "Hosting", total="240.12", side="technology", category="Shop")
    make.agree(cast, plan)
    postings.post_actuals(cast.workspace, [(plan.web.pk, plan.months[0], D("12.34"))], "spend.import:1", "1")
    return plan


@pytest.fixture
def plan(made):
    return made


@pytest.mark.usefixtures("inside")
@pytest.mark.parametrize(
    ("by", "groups"),
    [
        ("side", [("Marketing", 1, "50"), ("Technology", 1, "20.01"), ("Joint", 1, "100")]),
        ("category", [("Media", 1, "50"), ("Shop", 2, "120.01")]),
        ("kpi", [("No KPI", 3, "170.01")]),
        ("vendor", [("No vendor", 3, "170.01")]),
    ],
)
def test_groups_have_the_sums_of_their_lines(plan, by, groups):
    found = grid.window(plan, by)
    assert [(one["label"], one["lines"], one["plan"][0]) for one in found["groups"]] == groups
    assert sum(len(one["plan"]) for one in found["rows"]) == 36


def test_windows_follow_each_other_without_a_gap(plan):
    whole = [row["id"] for row in grid.window(plan, "category")["rows"]]
    assert whole == [plan.ads.pk, plan.host.pk, plan.web.pk]
    first = grid.window(plan, "category", size=1)
    rest = grid.window(plan, "category", after=first["rows"][0]["id"], size=5)
    assert [row["id"] for row in first["rows"] + rest["rows"]] == whole
    assert "groups" not in rest


def test_every_measure_is_the_one_of_the_lines_page(plan):
    found = grid.window(plan, "category", list(grid.MEASURES))
    [web] = [row for row in found["rows"] if row["id"] == plan.web.pk]
    money = by_month(plan, plan.web)
    for row, month in enumerate(plan.months):
        both = [money[side, month] for side in ("marketing", "technology")]
        for name in ("actual", "committed", "reserved", "forecast"):
            assert D(web[name][row]) == sum(one[name] for one in both), name
        assert D(web["variance"][row]) == sum(one["forecast"] - one["plan"] for one in both)
    shop = next(one for one in found["groups"] if one["label"] == "Shop")
    assert shop["actual"][0] == "12.34"


def test_a_line_taken_out_in_the_draft_is_still_shown_as_such(cast, plan):
    from planning.budgets.actions import remove_line

    remove_line(plan.ads, cast.cmo)
    shown = {row["id"]: row for row in grid.window(plan)["rows"]}
    assert (shown[plan.ads.pk]["state"], shown[plan.ads.pk]["plan"][0], shown[plan.ads.pk]["agreed"][0]) == (
        "removed", "0", "50",
    )  # fmt: skip


def test_a_window_is_one_question_however_many_lines(cast, plan):
    for measures in (["plan"], list(grid.MEASURES)):
        with CaptureQueriesContext(connection) as queries:
            grid.window(plan, "side", measures)
        assert len(queries) == 1
