"""What the matrix in force does to a budget change, a transfer, a KPI, a reading and a purchase: five letters."""

from datetime import time, timedelta

import pytest

from planning.budgets import actions as budget_actions
from planning.budgets.models import Limits
from planning.kpis import actions as kpi_actions
from planning.notices.models import Notice
from planning.purchases import actions as purchase_actions
from planning.reviews import agreeing, meeting, minuting, planning
from planning.roles.models import Holding
from planning.roles.routing.row import row_for
from planning.roles.sheets import ActivityRow
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.climbing import climb, overdue
from planning.signoffs.doing import answer, finish, write_no_answer
from planning.signoffs.models import Paper
from planning.signoffs.waiting import duties_for, seats_for
from planning.trail.queries import history
from tests.budgets import make as budgets
from tests.kpis import make as kpis
from tests.purchases import make as purchases
from tests.reviews import make as reviews

from . import make

TEN = time(10)
LETTERS = {"planner": "R", "vendor": "C", "cmo": "A", "cio": "G", "finance": "I"}


def changed_plan(cast):
    plan = budgets.budget(cast)
    web = budgets.line(cast, plan)
    budgets.agree(cast, plan)
    govern(cast, "budget")
    budget_actions.edit_line(web, cast.marketing_planner, name="Web shop and app")
    version = budget_actions.propose(plan, cast.marketing_planner, "It grew an app")
    return version.paper, lambda who, seat: budget_actions.decide(plan, who, version.number, "approve", seat=seat)


def transfer(cast):
    plan = budgets.budget(cast)
    web, mail = budgets.line(cast, plan), budgets.line(cast, plan, "Hosting", side="technology")
    budgets.agree(cast, plan)
    Limits.objects.filter(workspace=cast.workspace).update(finance_move="1000000")
    govern(cast, "budget")
    moved = budget_actions.move(plan, cast.marketing_planner, web, mail, "60.00", "The app needs a server")
    return moved.paper, lambda who, seat: budget_actions.decide_transfer(moved, who, "approve", seat=seat)


def kpi(cast):
    govern(cast, "kpi")
    made = kpis.kpi(cast)
    definition = made.definitions.get()
    return definition.paper, lambda who, seat: kpi_actions.sign(made, who, seat, "approve", 1)


def purchase(cast):
    line = budgets.agreed_line(cast, side="joint", shares={"marketing": 50, "technology": 50})
    govern(cast, "purchase")
    sent = purchases.asked(cast.marketing_planner, line)
    return sent.paper, lambda who, seat: purchase_actions.decide(sent, who, seat, "approve", 1)


def govern(cast, routes):
    make.in_force(cast, ActivityRow("The row", dict(LETTERS), "row", "", True, routes=routes))


@pytest.mark.parametrize("thing", [changed_plan, transfer, kpi, purchase])
def test_a_row_names_the_people_asks_first_and_tells_afterwards(inside, thing):
    paper, approve = thing(inside)
    assert (paper.matrix["row"], paper.matrix["version"]) == ("The row", 1)
    seats = {seat.name: (seat.letter, seat.holder, seat.state) for seat in paper.seats.all()}
    assert seats["marketing"] == ("A", inside.cmo, "waiting")
    assert seats["technology"] == ("G", inside.cio, "open")
    asked = {duty.letter: (duty.holder, duty.state) for duty in paper.duties.all()}
    assert asked == {"R": (inside.marketing_planner, "done"), "C": (inside.technology_planner, "open")}
    with pytest.raises(Refused, match="Elena Rossi"):
        approve(inside.cmo, "marketing")
    approve(inside.cio, "technology")
    answer(paper.duties.get(letter="C"), inside.technology_planner, "Go on.")
    before = Notice.objects.filter(member=inside.finance).count()
    approve(inside.cmo, "marketing")
    paper.refresh_from_db()
    assert paper.state == "agreed"
    assert Notice.objects.filter(member=inside.finance).count() == before + 1


def test_without_a_row_that_governs_it_the_rooms_own_rule_stands(inside):
    govern(inside, "launch")
    assert row_for(inside.workspace, "budget") is None
    definition = kpis.kpi(inside).definitions.get()
    assert definition.paper.matrix is None
    assert not definition.paper.duties.exists()
    assert {seat.state for seat in definition.paper.seats.all()} == {"open"}


def test_what_a_year_begins_with_is_no_change_and_agreed_by_the_keys_alone(inside):
    govern(inside, "budget")
    plan = budgets.budget(inside)
    budgets.line(inside, plan)
    paper = budget_actions.propose(plan, inside.cmo).paper
    assert paper.matrix is None
    assert not paper.duties.exists()


def test_a_reading_is_confirmed_by_those_the_row_names_or_a_lead(inside):
    letters = {"planner": "AR", "vendor": "G", "cmo": "I"}
    made = kpis.agreed(inside)
    make.in_force(inside, ActivityRow("Confirm a reading", letters, "read", "", True, routes="reading"))
    reading = kpi_actions.enter(made, inside.finance, kpis.YEAR_START, "2.10")
    kpi_actions.confirm(reading, inside.technology_planner)
    other = kpi_actions.enter(made, inside.finance, kpis.YEAR_START.replace(day=2), "2.20")
    Holding.objects.filter(role__key="vendor").delete()
    with pytest.raises(NotYours, match="Vendor manager"):
        kpi_actions.confirm(other, inside.technology_planner)
    kpi_actions.confirm(other, inside.cio)


def test_a_reading_is_asked_about_before_a_confirms_it(inside):
    letters = {"planner": "R", "vendor": "A", "finance": "C", "cmo": "G", "cio": "I"}
    made = kpis.agreed(inside)
    make.in_force(inside, ActivityRow("Confirm a reading", letters, "read", "", True, routes="reading"))
    reading = kpi_actions.enter(made, inside.technology_planner, kpis.YEAR_START, "2.10", confirm=True)
    assert reading.state == "entered", "A's own word waits for those who are asked"
    assert {duty.letter for duty in duties_for(inside.finance)} == {"C"}
    assert kpi_actions.confirm(reading, inside.cmo).state == "half-confirmed"
    with pytest.raises(Refused, match="Jonas Weber, Priya Raman come first"):
        kpi_actions.confirm(reading, inside.technology_planner)
    finish(duties_for(inside.marketing_planner).get(), inside.marketing_planner, "Counted twice.")
    question = duties_for(inside.finance).get()
    with clock.at(question.due_at):
        assert write_no_answer(question)
        assert [seat.paper_id for seat in seats_for(inside.technology_planner)] == [reading.paper_id]
        assert kpi_actions.confirm(reading, inside.technology_planner).state == "confirmed"
    reading.paper.refresh_from_db()
    assert reading.paper.state == "agreed"
    assert history(reading)[1].verb == "signoffs.write_no_answer"


def test_who_must_agree_disputes_a_reading_and_it_goes_up_to_the_leads(inside):
    letters = {"planner": "AR", "vendor": "G", "finance": "C"}
    made = kpis.agreed(inside)
    make.in_force(inside, ActivityRow("Confirm a reading", letters, "read", "", True, routes="reading"))
    reading = kpi_actions.enter(made, inside.marketing_planner, kpis.YEAR_START, "2.10")
    kpi_actions.dispute(reading, inside.technology_planner, "Returns are counted.")
    seat = reading.paper.seats.get(name="technology")
    assert (seat.state, seat.note) == ("blocked", "Returns are counted.")
    with clock.at(seat.climbs_at):
        assert climb(overdue(inside.workspace).get())
        assert [one.paper_id for one in seats_for(inside.cio)] == [reading.paper_id]
    better = kpi_actions.enter(made, inside.marketing_planner, kpis.YEAR_START, "2.05")
    assert not seats_for(inside.cio), "the new value is asked about, the old one is not"
    answer(duties_for(inside.finance).get(), inside.finance, "That is the ledger's.")
    kpi_actions.confirm(better, inside.cmo)  # a lead takes the seat that the planner had
    assert kpi_actions.confirm(better, inside.technology_planner).state == "confirmed"
    assert better.paper.seats.get(name="marketing", state="approved").decided_by == inside.cmo


def test_a_review_item_is_decided_by_who_the_row_names(inside):
    letters = {"cmo": "A", "cio": "G", "vendor": "R", "finance": "I"}
    make.in_force(inside, ActivityRow("Settle a review item", letters, "item", "", True, routes="review"))
    review = planning.plan_review(inside.cmo, name="Review", on=inside.workspace.today() + timedelta(days=1), at=TEN)
    words = {"text": "We buy one tool, not two.", "due_on": inside.workspace.today() + timedelta(days=9)}
    with pytest.raises(NotYours, match="Chief marketing officer"):
        meeting.decide(review, inside.marketing_planner, **words)
    decision = meeting.decide(review, inside.cmo, **words)
    assert (decision.owner, decision.matrix["row"]) == (inside.technology_planner, "Settle a review item")
    assert Notice.objects.filter(member=inside.finance, entry__verb="reviews.decide").count() == 1


def test_c_of_a_review_item_is_asked_before_it_is_decided_and_g_blocks_it(inside):
    letters = {"cmo": "A", "cio": "G", "vendor": "R", "planner": "C", "finance": "I"}
    make.in_force(inside, ActivityRow("Settle a review item", letters, "item", "", True, routes="review"))
    review = planning.plan_review(inside.cmo, name="Review", on=inside.workspace.today() + timedelta(days=9), at=TEN)
    first, second = (meeting.add_item(review, inside.finance, label=label) for label in ("One tool", "Two tools"))
    words = {"text": "We buy one.", "due_on": inside.workspace.today() + timedelta(days=9)}
    with pytest.raises(Refused, match="Jonas Weber comes first"):
        meeting.decide(review, inside.cmo, item_id=first.pk, **words)
    first.refresh_from_db()
    second.refresh_from_db()
    asked, waits = (duties_for(inside.marketing_planner).get(paper=item.paper) for item in (first, second))
    answer(asked, inside.marketing_planner, "One is enough.")
    assert meeting.decide(review, inside.cmo, item_id=first.pk, **words).owner == inside.technology_planner
    agreeing.agree(second, inside.cio, seat="technology", verdict="reject", note="Neither is safe.")
    with clock.at(waits.due_at):
        assert write_no_answer(waits)
        with pytest.raises(Refused, match="Neither is safe"):
            meeting.decide(review, inside.cmo, item_id=second.pk, **words)
        meeting.decide(review, inside.cmo, item_id=second.pk, agreed=False, text="Not now", counter_proposal="In May")
    asked_about = Paper.objects.filter(pk__in=[first.paper_id, second.paper_id])
    assert sorted(asked_about.values_list("state", flat=True)) == ["agreed", "withdrawn"]


def test_an_item_that_comes_back_brings_its_question_along(inside):
    letters = {"cmo": "A", "cio": "G", "vendor": "R", "planner": "C"}
    make.in_force(inside, ActivityRow("Settle a review item", letters, "item", "", True, routes="review"))
    series = reviews.series(inside)
    item = meeting.add_item(series.reviews.get(), inside.finance, label="One tool")
    minuting.close_review(meeting.open_review(item.review, inside.cio), inside.cmo)
    item.refresh_from_db()
    question = duties_for(inside.marketing_planner).get(paper=item.paper)
    again = series.reviews.get(state="planned").items.get(label="One tool")
    assert (again.paper_id, question.paper.url) == (question.paper_id, f"/acme/reviews/{again.review_id}")
    planning.end_series(series, inside.cmo)
    assert not duties_for(inside.marketing_planner)
