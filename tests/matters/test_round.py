"""R works, C is asked or stays silent, G agrees or blocks and goes up, A decides once C's are closed, I is told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.matters import actions
from planning.notices.models import Notice
from planning.roles import appointing
from planning.roles.models import Holding, Role
from planning.roles.tasks import follow_holders
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.climbing import climb, overdue
from planning.signoffs.doing import answer, finish, run_out, write_no_answer
from planning.signoffs.models import Duty
from planning.signoffs.waiting import duties_for, seats_for
from planning.trail.queries import history

from . import make

MONDAY = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)


def made_for_all(cast):
    """The matrix that joint work goes by."""
    with clock.at(MONDAY):
        make.ready(cast)


@pytest.fixture
def at(inside):
    """at(days): so many days after the Monday on which it begins."""
    with clock.at(MONDAY):
        yield lambda days, **more: clock.at(MONDAY + timedelta(days=days, **more))


@pytest.fixture
def matter(made, inside, at):
    return make.start(inside)


@pytest.fixture
def asked(inside, matter):
    return make.asked(inside, matter)


def approve(matter, member, seat):
    return actions.decide(matter, member, seat, "approve")


def test_it_runs_from_r_to_i(inside, matter):
    assert [duty.letter for duty in duties_for(inside.marketing_planner)] == ["R"]
    assert not duties_for(inside.technology_planner)
    assert not seats_for(inside.cmo)
    assert not seats_for(inside.cio)
    finish(make.duty(matter, "R"), inside.marketing_planner, "Forty cases, all green.")
    question = duties_for(inside.technology_planner).get()
    assert question.due_at == MONDAY + timedelta(days=3)
    with pytest.raises(Refused, match="Elena Rossi comes first"):
        approve(matter, inside.cmo, "marketing")
    answer(question, inside.technology_planner, "The stock feed lags a minute.")
    assert [seat.letter for seat in seats_for(inside.cmo)] == ["A"]
    assert approve(matter, inside.cmo, "marketing").state == "open", "who must agree has not agreed"
    assert not Notice.objects.filter(member=inside.finance, url=matter.paper.url).exists()
    assert approve(matter, inside.cio, "technology").state == "agreed"
    assert Notice.objects.get(member=inside.finance, url=matter.paper.url).needs is False
    verbs = [entry.verb for entry in history(matter)]
    assert verbs == ["matters.decide", "matters.decide", "signoffs.answer", "signoffs.finish", "matters.start"]


def test_silence_is_written_down_and_opens_the_decision(inside, at, asked):
    matter = asked
    with at(3, minutes=-1):
        assert not run_out(inside.workspace)
        assert not write_no_answer(make.duty(matter, "C"))
    with at(3):
        late = run_out(inside.workspace).get()
        assert write_no_answer(late)
        assert not write_no_answer(late)
        with pytest.raises(Refused, match="no answer"):
            answer(late, inside.technology_planner, "Wait!")
        assert [seat.letter for seat in seats_for(inside.cmo)] == ["A"]
    assert history(matter)[0].verb == "signoffs.write_no_answer"
    assert history(matter)[0].member is None
    assert make.duty(matter, "C").state == "silent"


def test_who_must_agree_blocks_and_it_goes_up_to_the_sponsor(inside, at, asked):
    matter = asked
    with pytest.raises(Refused):
        actions.decide(matter, inside.cio, "technology", "block")
    actions.decide(matter, inside.cio, "technology", "reject", note="The restore was never tried.")
    assert make.seat(matter, "technology").state == "blocked"
    answer(make.duty(matter, "C"), inside.technology_planner, "Fine.")
    assert approve(matter, inside.cmo, "marketing").state == "open"
    with at(7):
        assert [climb(seat) for seat in overdue(inside.workspace)] == [True]
        assert not overdue(inside.workspace)
        assert actions.decide(matter, inside.sponsor, "sponsor", "approve").state == "agreed"
    assert make.seat(matter, "technology").state == "skipped"


def test_a_planner_who_must_agree_and_does_not_gives_way_to_the_leads(inside, at):
    matter = make.asked(inside, make.matter(inside, {"planner": "R", "vendor": "G", "cmo": "A", "finance": "I"}))
    with at(6, hours=-1):
        assert not overdue(inside.workspace)
    with at(7):
        assert climb(overdue(inside.workspace).get())
        assert make.seat(matter, "technology").holder is None
        with pytest.raises(NotYours):
            approve(matter, inside.technology_planner, "technology")
        approve(matter, inside.cio, "technology")


def test_a_no_of_who_decides_ends_it(inside, asked):
    matter = asked
    answer(make.duty(matter, "C"), inside.technology_planner, "Fine.")
    assert actions.decide(matter, inside.cmo, "marketing", "reject", note="Not this year.").state == "refused"
    assert not seats_for(inside.cio)


def test_what_waits_follows_the_role_and_the_history_says_so(inside, matter):
    role, heir = Role.objects.get(key="planner"), inside.cmo
    appointing.end_holding(Holding.objects.get(role=role), inside.cmo, until=inside.workspace.today())
    assert make.duty(matter, "R").holder is None, "nobody holds it: the leads of its side"
    appointing.appoint(role, inside.cmo, holder=heir, since=inside.workspace.today())
    assert make.duty(matter, "R").holder == heir
    after = history(role)[0].after
    assert after["moved"] == [{"what": "Test the sale", "to": heir.pk}]
    assert Duty.objects.filter(state="moved").count() == 2


def test_days_that_begin_by_themselves_move_it_by_the_clock(inside, at, asked):
    matter, role = asked, Role.objects.get(key="vendor")
    next_week = inside.workspace.today() + timedelta(days=1)
    held = Holding.objects.get(role=role)
    appointing.end_holding(held, inside.cio, until=next_week)
    appointing.appoint(role, inside.cio, holder=inside.cio, since=next_week)
    assert make.duty(matter, "C").holder == inside.technology_planner
    with at(1):
        follow_holders()
        assert make.duty(matter, "C").holder == inside.cio
        follow_holders()
    assert [entry.verb for entry in history(role)].count("roles.move_with_holder") == 1


def test_a_row_that_governs_something_else_is_no_joint_work(inside, matter):
    with pytest.raises(Refused, match="row"):
        make.start(inside, key="buy")
    with pytest.raises(NotYours):
        actions.call_off(make.start(inside), inside.finance and inside.marketing_planner, "No.")


STEPS = st.lists(st.sampled_from(["finish", "answer", "silence", "A", "G", "block"]), max_size=7)


def test_whatever_the_order_a_never_decides_before_the_answers(inside, made, at):
    """Any order of steps: A passes only when nobody is left to be heard, and it is decided only by A's and G's yes."""

    @settings(max_examples=12, deadline=None, derandomize=True)
    @given(STEPS)
    def check(steps):
        matter, said = make.start(inside), set()
        do = {
            "finish": lambda: finish(make.duty(matter, "R"), inside.marketing_planner),
            "answer": lambda: answer(make.duty(matter, "C"), inside.technology_planner, "Fine."),
            "silence": lambda: write_no_answer(make.duty(matter, "C")),
            "A": lambda: approve(matter, inside.cmo, "marketing"),
            "G": lambda: approve(matter, inside.cio, "technology"),
            "block": lambda: actions.decide(matter, inside.cio, "technology", "block", note="No."),
        }
        for step in steps:
            heard = {"finish"} <= said and said & {"answer", "silence"}
            try:
                done = do[step]()
            except Refused:
                done = False
            if step == "A" and done:
                assert heard
            if done:
                said.add(step)
        matter.refresh_from_db()
        assert (matter.state == "agreed") == ({"A", "G"} <= said)

    check()
