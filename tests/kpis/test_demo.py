"""The demonstration's KPIs say what the story says."""

from datetime import UTC, date, datetime
from decimal import Decimal

from planning.desk.story import CAST, Story, fiscal_start
from planning.kpis import demo
from planning.kpis.agenda import unconfirmed
from planning.kpis.queries import portfolio
from planning.people.founding import found
from planning.people.scope import scope
from planning.shared import clock


def test_the_cost_of_a_customer_is_in_dispute(db):
    today = date(2026, 3, 31)  # the last day of a quarter, and of a month longer than the next
    with clock.at(datetime(today.year, today.month, today.day, 12, tzinfo=UTC)):
        workspace = found(
            "story",
            name="Story",
            currency="GBP",
            fiscal_start=fiscal_start(today),
            timezone="Europe/London",
            stands_on=today,
        )
        story = Story(workspace)
        with scope(workspace):
            for key in CAST:
                story.join(key)
            demo.tell(story)
            disputed = unconfirmed(workspace).get(state="disputed")
            other = disputed.confirmations.get(side="technology").alternative
            stands = {one.kpi.name: one.standing.status.value for one in portfolio(workspace)}
    assert (str(disputed.kpi), disputed.value) == ("Acquisition cost", Decimal("38.20"))
    assert other == Decimal("44.10")
    assert len(stands) == 7
    assert {"green", "amber", "red"} <= set(stands.values())
