"""Two people do one thing at the same instant: an answer counts once, the last word stands, the history has each."""

from datetime import datetime, timedelta
from decimal import Decimal as D

import pytest

from planning.budgets import actions
from planning.budgets.drift import drifts
from planning.budgets.grid.changes import changes
from planning.budgets.models import Accrual, Budget, BusinessCase, Explanation, Limits, Line, Revision, Scenario
from planning.budgets.postings import post_actuals
from planning.people.scope import scope
from planning.shared import clock
from planning.trail.models import Entry
from tests.cast import member
from tests.harness.at_once import at_once
from tests.kpis import make as kpis

from . import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def year(committed_cast):
    """A marketing line of 12,000.00 with its business case, agreed; it is the third month, 9,000.00 are spent."""
    cast = committed_cast
    workspace = cast.workspace
    with scope(workspace):
        cast.second = member(workspace, "Ines Dahl", "marketing", "planner")
        cast.third = member(workspace, "Omar Said", "technology", "planner")
        Limits.objects.update_or_create(workspace=workspace, defaults={"variance_amount": D(1000)})
        plan = make.budget(cast)
        plan.line = make.line(cast, plan, "Data platform", "12000.00")
        due = workspace.today() + timedelta(days=30)
        plan.case = actions.write_case(plan.line, cast.cmo, "It finds them", "5", "12000.00", kpis.kpi(cast), "2", due)
        make.agree(cast, plan)
        post_actuals(workspace, [(plan.line.pk, plan.months[0], D(9000))], "spend.import:1", "1")
    third = plan.months[2]
    with clock.at(datetime(third.year, third.month, 3, 12, tzinfo=workspace.zone)):
        plan.cast = cast
        yield plan


def told(verb):
    return list(Entry.objects.filter(verb=f"budgets.{verb}").order_by("number"))


def test_two_answers_to_one_accrual_book_one_amount(year):
    cast, month = year.cast, year.months[1]
    with scope(cast.workspace):
        actions.ask_for_accruals(year, month, cast.finance)
    answer = lambda who, amount: actions.answer_accruals(year, month, who, {year.line.pk: (amount, "Days")})  # noqa: E731
    done = at_once(cast.workspace, lambda: answer(cast.cmo, "300.00"), lambda: answer(cast.second, "500.00"))
    with scope(cast.workspace):
        accrual, entries = Accrual.objects.get(), told("answer_accruals")
        assert (done, len(entries)) == (["done", "done"], 2)
        assert entries[-1].after["accruals"] == {accrual.number: f"{accrual.amount:.2f}"}
        assert entries[-1].member == accrual.answered_by
        booked = {cell.month: cell.actual for cell in year.line.cells.filter(side="marketing", month__gte=month)}
        assert (booked[month], booked[year.months[2]]) == (accrual.amount, -accrual.amount)
        assert drifts(cast.workspace) == []


def test_an_explanation_has_one_text_and_its_comment_is_about_that(year):
    cast = year.cast
    with scope(cast.workspace):
        actions.ask_for_explanations(year, year.months[0], cast.finance)
        asked = Explanation.objects.get()
    explain = lambda who, text: actions.explain(asked, who, "price", text)  # noqa: E731
    done = at_once(cast.workspace, lambda: explain(cast.cmo, "Dearer"), lambda: explain(cast.second, "Much dearer"))
    with scope(cast.workspace):
        assert done == ["done", "done"]
        assert told("explain")[-1].member == Explanation.objects.get().by
    done = at_once(
        cast.workspace,
        lambda: actions.comment_explanation(asked, cast.cio, "Seen"),
        lambda: actions.comment_explanation(asked, cast.third, "Doubted"),
    )
    with scope(cast.workspace):
        assert (done, len(told("comment_explanation"))) == (["done", "refused"], 1)
        assert Explanation.objects.get().comment_by == told("comment_explanation")[0].member


def test_one_of_two_verdicts_on_a_result_stands(year):
    cast, due = year.cast, year.case.due + timedelta(days=1)
    with clock.at(datetime(due.year, due.month, due.day, 12, tzinfo=cast.workspace.zone)):
        with scope(cast.workspace):
            actions.record_result(year.case, cast.cmo, "2", "Read in the shop")
        done = at_once(
            cast.workspace,
            lambda: actions.judge_result(year.case, cast.cio, "confirmed"),
            lambda: actions.judge_result(year.case, cast.third, "disputed", "Another campaign ran"),
        )
    with scope(cast.workspace):
        (entry,), case = told("judge_result"), BusinessCase.objects.get()
        assert (done, entry.member, entry.after["verdict"]) == (["done", "refused"], case.judged_by, case.verdict)


def test_a_year_is_rolled_over_once(year):
    cast = year.cast
    done = at_once(cast.workspace, lambda: actions.roll_over(year, cast.cmo), lambda: actions.roll_over(year, cast.cio))
    with scope(cast.workspace):
        after = Budget.objects.get(year=year.year + 1)
        assert (done, len(told("roll_over"))) == (["done", "done"], 1)
        assert [line.origin for line in Line.objects.filter(budget=after)] == [year.line]
        assert after.versions.count() == 1


def test_a_scenario_is_promoted_once_and_another_does_not_write_over_it(year):
    cast = year.cast
    with scope(cast.workspace):
        first, second = (actions.create_scenario(year, cast.cmo, name) for name in ("Less", "Much less"))
        for scenario, percent in ((first, "10"), (second, "20")):
            actions.add_step(scenario, cast.cmo, "scale", percent=percent, direction="down", span="0-11")
    promote = lambda which, who: lambda: actions.promote_scenario(which, who)  # noqa: E731
    done = at_once(cast.workspace, promote(first, cast.cmo), promote(first, cast.cio), promote(second, cast.cio))
    with scope(cast.workspace):
        (promoted,), (entry,) = Scenario.objects.exclude(version=None), told("promote_scenario")
        drafted = Revision.objects.get(line=year.line, is_open=True)
        assert (done, entry.subject) == (["done", "refused", "refused"], f"budgets.scenario:{promoted.pk}")
        assert drafted.total == {first.pk: D(10800), second.pk: D(9600)}[promoted.pk]


def test_a_page_is_told_what_was_written_since_it_was_read(year):
    """By whatever road: a line's form, a proposal, a line that is new."""
    cast = year.cast

    def since(mark):
        with scope(cast.workspace):
            return changes(year, int(mark))

    def does(act, *arguments, **fields):
        with scope(cast.workspace):
            return act(*arguments, **fields)

    read = since(0)
    assert (read["lines"], read["rows"][year.line.pk]["state"]) == (1, "agreed")
    does(actions.edit_line, year.line, cast.cmo, spread=["12000.00", *["0"] * 11])
    now = since(read["mark"])
    row = now["rows"][year.line.pk]
    assert (row["state"], row["plan"][:2], row["agreed"][:2]) == ("draft", ["12000", "0"], ["1000", "1000"])
    does(make.line, cast, year, "Late wish", "10.00")
    assert since(now["mark"])["lines"] == 2
    mark = since(now["mark"])["mark"]
    does(actions.propose, year, cast.cmo, "Earlier")
    assert since(mark)["rows"][year.line.pk]["state"] == "proposed"
