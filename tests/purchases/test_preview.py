"""What the preview says is what sending does: of the line, and of everybody who is asked."""

from decimal import Decimal

import pytest

from planning.budgets.actions import set_limits
from planning.purchases import actions
from planning.purchases.preview import preview, preview_of
from planning.roles.routing.told import informed
from planning.roles.sheets import ActivityRow
from planning.shared import clock
from planning.shared.refusals import Refused
from planning.signoffs.doing import run_out, write_no_answer
from planning.signoffs.papers import fresh
from tests.purchases import make
from tests.roles import make as matrices


def made_for_all(cast):
    office = make.office(cast)
    office.line = make.agreed_line(office, "90000.00", side="joint", shares={"marketing": "50", "technology": "50"})
    asked = make.asked(office.marketing_planner, office.line, "12000.00", framework=True, data_class="internal")
    office.framework = make.approve(asked, office)
    return office


@pytest.fixture
def tolerant(inside):
    set_limits(inside.cmo, tolerance_percent="10")
    shares = {"marketing": "50", "technology": "50"}
    inside.line = make.agreed_line(inside, "1000.00", side="joint", shares=shares)
    return inside


def test_what_the_tolerance_allows_is_not_short_and_can_be_sent(tolerant):
    purchase = make.draft(tolerant.marketing_planner, tolerant.line, "1100.00")
    seen = preview_of(purchase)
    assert seen.can_be_sent
    assert [share.is_tolerated for share in seen.effects[0].shares] == [True, True]
    actions.submit(purchase, tolerant.marketing_planner)
    assert make.standing(tolerant.line)["reserved"] == 1100


def test_a_penny_above_the_tolerance_is_short_before_and_when_it_is_sent(tolerant):
    purchase = make.draft(tolerant.marketing_planner, tolerant.line, "1100.01")
    seen = preview_of(purchase)
    assert sum(share.short for share in seen.effects[0].shares) == Decimal("0.01")
    assert not seen.can_be_sent
    with pytest.raises(Refused, match="short by 0.01 GBP"):
        actions.submit(purchase, tolerant.marketing_planner)


# ── Who is asked ─────────────────────────────────────────────────────────────────────────────────────────────────────
def foretold(seen):
    keys, tasks = seen.outlook.keys, seen.outlook.tasks
    return (
        [(one.spec.name, one.spec.holder, one.spec.reason, one.spec.letter, one.spec.state, one.due) for one in keys],
        [(one.spec.letter, one.spec.role_name, one.spec.holder, one.is_open, one.due) for one in tasks],
        [stand.member for stand in seen.outlook.told],
    )


def asked(paper):
    return (
        [
            (seat.name, seat.holder, seat.reason, seat.letter, seat.state, seat.due_at)
            for seat in paper.seats.all().order_by("pk")
        ],
        [
            (duty.letter, duty.role_name, duty.holder, duty.is_open, duty.due_at)
            for duty in paper.duties.all().order_by("pk")
        ],
        informed(paper),
    )


CASES = [
    ({"vendor": "Wide Screens"}, ["marketing", "technology"]),
    ({"amount": "26000.00", "data_class": "personal"}, ["marketing", "technology", "finance", "security"]),
    ({"price": "month", "term_months": 24, "renews": "tacit"}, ["marketing", "technology", "finance", "legal"]),
    ({"framework": True, "vendor": "Nobody yet"}, ["marketing", "technology"]),
    ({"call_off_of": "framework", "amount": "5000.00"}, ["marketing"]),
]


@pytest.mark.parametrize(("facts", "seats"), CASES)
def test_the_route_that_is_previewed_is_the_one_that_is_opened(made, facts, seats):
    facts = facts | ({"call_off_of": made.framework} if "call_off_of" in facts else {})
    with clock.at(clock.now()):
        purchase = make.draft(made.marketing_planner, made.line, facts.pop("amount", "800.00"), **facts)
        seen = preview_of(purchase)
        assert seen.can_be_sent, seen.refusals
        paper = actions.submit(purchase, made.marketing_planner).paper
        assert foretold(seen) == asked(paper)
        assert [seat.name for seat in paper.seats.all()] == seats
        assert seen.outlook.decided_by == max(seat.due_at for seat in paper.seats.all())


def test_a_call_off_beyond_what_is_left_is_refused_before_and_when_it_is_sent(made):
    purchase = make.draft(made.marketing_planner, made.line, "12000.01", call_off_of=made.framework)
    assert any("12,000.00 GBP left" in sentence for sentence in preview_of(purchase).refusals)
    with pytest.raises(Refused, match=r"12,000.00 GBP left"):
        actions.submit(purchase, made.marketing_planner)


@pytest.mark.parametrize("call_off", [False, True])
def test_the_matrix_s_tasks_are_previewed_with_the_time_a_waiting_key_will_have(made, call_off):
    letters = {"planner": "R", "vendor": "C", "cmo": "A", "cio": "G", "finance": "I"}
    matrices.in_force(made, ActivityRow("Buy", letters, "row", "", True, routes="purchase"))
    of = {"call_off_of": made.framework} if call_off else {"vendor": "Wide Screens"}
    with clock.at(clock.now()):
        purchase = make.draft(made.marketing_planner, made.line, "500.00", **of)
        seen = preview_of(purchase)
        paper = actions.submit(purchase, made.marketing_planner).paper
        keys, tasks, told = foretold(seen)
        opened = asked(paper)
        assert (tasks, told) == opened[1:]
        assert [key[:5] for key in keys] == [key[:5] for key in opened[0]]
        assert ("C", made.technology_planner) in [(task.spec.letter, task.spec.holder) for task in seen.outlook.tasks]
        assert told == [made.finance]
        assert [key.waits for key in seen.outlook.keys] == [True, False][: len(keys)]
        question = paper.duties.get(letter="C")
    with clock.at(question.due_at):
        assert [write_no_answer(duty) for duty in run_out(made.workspace)] == [True]
    assert [seat.due_at for seat in fresh(paper).seats.all().order_by("pk")] == [key[5] for key in keys]


def test_what_is_written_again_does_not_count_beside_itself(made):
    """Of what waits, the reservation comes back before the new one is made, and its vendor's sum is without it."""
    facts = {"title": "Screens", "vendor": "Wide Screens", "amount": "9000.00", "data_class": "none"}
    facts["items"] = [{"line": made.line.pk, "amount": None}]
    sent = actions.submit(actions.draft(made.marketing_planner, **facts), made.marketing_planner)
    before = preview(made.marketing_planner, facts | {"amount": "9500.00"}, sent)
    assert [key.spec.name for key in before.outlook.keys] == ["marketing", "technology"]
    assert [(share.free, share.left) for share in before.effects[0].shares] == [(45000, 40250)] * 2
    again = actions.edit(sent, made.marketing_planner, amount="9500.00")
    assert [seat.name for seat in again.paper.seats.all()] == ["marketing", "technology"]
