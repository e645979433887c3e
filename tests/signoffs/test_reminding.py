"""A key that is due climbs: whoever holds it, their deputy, the leads of the side, the side that waits. Once each."""

from datetime import UTC, datetime, timedelta

import pytest

from planning.desk.leaving import leave
from planning.notices.models import Reminder
from planning.shared import clock
from planning.signoffs.answering import answered
from planning.signoffs.models import MailKey
from planning.signoffs.papers import withdraw
from planning.signoffs.reminding import remind_of_due
from planning.signoffs.signing import sign
from planning.team.deputising import appoint
from tests.cast import member

from .make import a_paper, key

TUESDAY = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
DUE = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


@pytest.fixture
def paper(inside):
    with clock.at(TUESDAY):
        today = inside.workspace.today()
        appoint(inside.cmo, inside.cmo, inside.marketing_planner, today, today + timedelta(days=9))
        paper = a_paper(inside, seats=[key("marketing", due=DUE), key("technology")])
        remind_of_due(inside.workspace)
        yield paper


def waiting():
    rows = Reminder.objects.filter(state="waiting").order_by("due_at", "pk").select_related("member__user")
    return [(row.member.name, row.due_at.astimezone(UTC).strftime("%a %H:%M")) for row in rows]


def test_the_ladder(paper):
    assert waiting() == [
        ("Maya Lindgren", "Tue 08:00"),
        ("Jonas Weber", "Tue 15:00"),
        ("Daniel Osei", "Thu 15:00"),
    ]


def test_only_who_may_turn_the_key_gets_a_link_to_decide(inside):
    with clock.at(TUESDAY):
        today = inside.workspace.today()
        security = member(inside.workspace, "Aiko Tanaka", "technology", "planner", holds=["security"])
        deputy = member(inside.workspace, "Leo Marsh", "technology", "planner")
        appoint(security, security, deputy, today, today + timedelta(days=9))
        a_paper(inside, seats=[key("security", security, side="technology", due=DUE), key("technology")])
        remind_of_due(inside.workspace)
    linked = {row.member.name: "sealed" in row.facts for row in Reminder.objects.filter(state="waiting")}
    assert linked == {"Aiko Tanaka": True, "Leo Marsh": True, "Daniel Osei": False, "Maya Lindgren": False}
    assert MailKey.objects.count() == 2


def test_looking_again_adds_nothing(inside, paper):
    before = waiting()
    remind_of_due(inside.workspace)
    assert waiting() == before


@pytest.mark.parametrize(
    "settle",
    [
        lambda cast, paper: sign(paper, cast.cmo, "marketing", "approve", 1),
        lambda cast, paper: sign(paper, cast.cio, "technology", "reject", 1, note="no"),
        lambda cast, paper: withdraw(paper),
    ],
)
def test_what_was_decided_reminds_nobody(inside, paper, settle):
    settle(inside, paper)
    assert waiting() == []


def test_who_left_is_not_reminded(inside, paper):
    leave(inside.marketing_planner, inside.cmo)
    assert "Jonas Weber" not in dict(waiting())


def test_the_clock_stands_still_while_more_information_is_asked(inside, paper):
    sign(paper, inside.cmo, "marketing", "ask", 1, note="Since when?")
    assert waiting() == []
    with clock.at(TUESDAY + timedelta(hours=4)):
        remind_of_due(inside.workspace)
        assert waiting() == []
        answered(paper)
        remind_of_due(inside.workspace)
    assert waiting() == [("Maya Lindgren", "Wed 08:00"), ("Jonas Weber", "Wed 10:30"), ("Daniel Osei", "Fri 10:30")]


def test_an_answer_at_once_takes_the_same_ladder_up_again(inside, paper):
    before = waiting()
    sign(paper, inside.cmo, "marketing", "ask", 1, note="Since when?")
    answered(paper)
    remind_of_due(inside.workspace)
    assert waiting() == before
