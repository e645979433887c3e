"""The demonstration's money, as product.md tells it: every room's part comes from one table, and it adds up."""

import uuid
from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from planning.budgets import demo, pictures, postings, promises, standing
from planning.budgets.demonstration.position import POSITION, THOUSAND
from planning.budgets.reviewing import variance
from planning.desk.story import CAST, Story
from planning.people.founding import found
from planning.people.scope import scope


def made_for_all(_cast):
    workspace = found(
        "pine", name="Pine", currency="GBP", fiscal_start=1, timezone="Europe/London", stands_on=date(2027, 7, 15)
    )
    with scope(workspace):
        story = Story(workspace)
        for key in CAST:
            story.join(key)
        demo.tell(story)
        spend_and_promise(story)
    return story


@pytest.fixture
def story(made):
    with scope(made.workspace):
        yield made


def spend_and_promise(story):
    """What spend's ledger and the purchases of the story do to the books."""
    rows = [
        (story.lines[name].pk, month, amount * THOUSAND)
        for name, facts in POSITION.items()
        for month, amount in zip(story.months[:6], facts["actual"], strict=True)
        if amount
    ]
    postings.post_actuals(story.workspace, rows, "spend.import:1", "1")
    for state in ("committed", "reserved"):
        shares = [
            (story.lines[name], story.months[month - 1], amount * THOUSAND)
            for name, facts in POSITION.items()
            for month, amount in facts[state].items()
        ]
        claim = uuid.uuid4()
        promises.reserve(claim, shares, story.jonas, "purchases.purchase:1")
        if state == "committed":
            promises.commit(claim, "purchases.purchase:1")


def test_the_plan_is_the_one_of_the_story(story):
    sides = {row.key: row.year_plan for row in variance.variance(story.budget, "side")}
    assert sides == {"marketing": D(3_498_000), "technology": D(2_502_000)}
    assert story.budget.state == "agreed"
    assert len(story.lines) == 11


def test_six_million_is_actual_committed_reserved_and_free(story):
    whole = pictures.where_the_money_stands(story.workspace).whole
    both = whole["marketing"] + whole["technology"]
    assert (both.actual, both.committed, both.reserved, both.free) == (
        D(2_710_000),
        D(1_460_000),
        D(120_000),
        D(1_710_000),
    )
    assert both.plan == D(6_000_000)
    assert both.forecast == D(6_180_000)


def test_every_grouping_tells_the_same_totals(story):
    totals = {by: variance.total_of(variance.variance(story.budget, by)) for by in variance.GROUPS}
    facts = {(total.year_plan, total.actual, total.plan, total.forecast) for total in totals.values()}
    assert facts == {(D(6_000_000), D(2_710_000), D(2_612_000), D(6_180_000))}


def test_the_run_rate_line_goes_on_at_its_rate(story):
    figures = standing.by_line(story.budget)[story.lines["agency retainer"].pk]["marketing"]
    assert figures["forecast"] == D(402_000) + 6 * D(77_000)
    assert SimpleNamespace(**figures).plan == D(760_000)
