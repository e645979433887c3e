"""The last answer, the clock and the decision meet: one end of the question counts."""

from datetime import UTC, datetime, timedelta

import pytest

from planning.matters import actions
from planning.people.scope import scope
from planning.shared import clock
from planning.signoffs.doing import answer, write_no_answer
from tests.signoffs.test_signing import together

from . import make

MONDAY = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize("attempt", range(2))
def test_the_last_answer_the_clock_and_the_decision_at_one_instant(cast, transactional_db, attempt):
    """One end of the question counts; A passes exactly when it came before."""
    with clock.at(MONDAY), scope(cast.workspace):
        matter = make.asked(cast, make.matter(cast))
        question = make.duty(matter, "C")
        question.workspace = cast.workspace

    def inside(work):
        def run():
            with scope(cast.workspace):
                return work()

        return run

    with clock.at(MONDAY + timedelta(days=4)):
        results = together(
            inside(lambda: bool(answer(question, cast.technology_planner, "Fine."))),
            inside(lambda: write_no_answer(question)),
            inside(lambda: bool(actions.decide(matter, cast.cmo, "marketing", "approve"))),
        )
    answered, silent, decided = (one is True for one in results)
    assert answered != silent
    with scope(cast.workspace):
        assert make.duty(matter, "C").state == ("answered" if answered else "silent")
        assert make.seat(matter, "marketing").state == ("approved" if decided else "open")
