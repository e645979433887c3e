"""The demonstration's purchases bring the money to where its story says, and two of them wait for one key each."""

import pytest

from planning.budgets import demo as budgets
from planning.budgets.demonstration.position import POSITION, THOUSAND
from planning.budgets.models import Cell
from planning.calendar import demo as calendar
from planning.calendar import seeding
from planning.desk.story import CAST, Story
from planning.people.founding import found
from planning.people.scope import scope
from planning.purchases import demo
from planning.purchases.models import Purchase
from planning.roles import demo as roles
from planning.shared import clock
from planning.vendors import demo as vendors
from planning.vendors.renewals import renewals_near, silent_renewals


@pytest.fixture
def story(db):
    today = clock.now().date()
    workspace = found(
        "harbour", name="Harbour", currency="GBP", fiscal_start=(today.month - 7) % 12 + 1, timezone="Europe/London",
        stands_on=today,
    )  # fmt: skip
    with scope(workspace):
        told = Story(workspace)
        for key in CAST:
            told.join(key)
        seeding.seed(workspace)
        for chapter in (calendar, roles, vendors, budgets, demo):
            chapter.tell(told)
        yield told


def test_the_story_holds(story):
    for name, facts in POSITION.items():
        for state in ("committed", "reserved"):
            told = {number: amount * THOUSAND for number, amount in facts[state].items() if amount}
            found = {}
            for cell in Cell.objects.of(story.workspace).filter(line=story.lines[name]):
                number = story.months.index(cell.month) + 1
                found[number] = found.get(number, 0) + getattr(cell, state)
            assert {number: amount for number, amount in found.items() if amount} == told, (name, state)
    waiting = {row.title: row for row in Purchase.objects.of(story.workspace).waiting().select_related("paper")}
    assert {title: row.waits_for_days for title, row in waiting.items()} == {
        "Personalisation tool": 6, "Server-side tracking": 4,
    }  # fmt: skip
    open_seats = {
        title: [seat.name for seat in row.paper.seats.all() if seat.is_open] for title, row in waiting.items()
    }
    assert open_seats == {"Personalisation tool": ["technology"], "Server-side tracking": ["marketing"]}
    first = renewals_near(story.workspace, 30).first()
    assert (first.vendor.name, first.value, first.days_left(story.today), first.seats_used_percent) == (
        "Tidewater Data", 312000, 12, 41,
    )  # fmt: skip
    assert [contract.vendor.name for contract in silent_renewals(story.workspace)] == ["Lumen Reach"]
