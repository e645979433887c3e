"""The demonstration's purchases bring the money to where its story says, and two of them wait for one key each."""

import pytest

from planning.budgets.demonstration.position import POSITION, THOUSAND
from planning.budgets.models import Cell, Revision
from planning.people.scope import scope
from planning.purchases.models import Purchase
from planning.shared import periods
from planning.vendors.renewals import renewals_near, silent_renewals


@pytest.fixture
def story(demo, db):
    with scope(demo.workspace):
        yield demo.workspace


def test_the_story_holds(story):
    months = periods.months(story, periods.year_of(story, story.stands_on))
    now = Revision.objects.in_force().filter(line__cells__month__in=months).distinct()
    lines = {revision.name.lower(): revision.line_id for revision in now}
    for name, facts in POSITION.items():
        for state in ("committed", "reserved"):
            told = {number: amount * THOUSAND for number, amount in facts[state].items() if amount}
            found = {}
            for cell in Cell.objects.of(story).filter(line=lines[name.lower()]):
                number = months.index(cell.month) + 1
                found[number] = found.get(number, 0) + getattr(cell, state)
            assert {number: amount for number, amount in found.items() if amount} == told, (name, state)
    waiting = {row.title: row for row in Purchase.objects.of(story).waiting().select_related("paper")}
    assert {title: row.waits_for_days for title, row in waiting.items()} == {
        "Personalisation tool": 6, "Server-side tracking": 4,
    }  # fmt: skip
    open_seats = {
        title: [seat.name for seat in row.paper.seats.all() if seat.is_open] for title, row in waiting.items()
    }
    assert open_seats == {"Personalisation tool": ["technology"], "Server-side tracking": ["marketing"]}
    first = renewals_near(story, 30).first()
    assert (first.vendor.name, first.value, first.days_left(story.stands_on), first.seats_used_percent) == (
        "Tidewater Data", 312000, 12, 41,
    )  # fmt: skip
    assert [contract.vendor.name for contract in silent_renewals(story)] == ["Lumen Reach"]
