"""Month-end: owners are asked once, accruals come and go, and a month closes at a difference of 0.00."""

import uuid
from datetime import datetime
from decimal import Decimal as D

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.budgets import actions, on_time, postings, promises, tasks
from planning.budgets.availability import availability
from planning.budgets.envelope_gap import gaps
from planning.budgets.models import Accrual, Cell, Explanation
from planning.budgets.month_end.checklist import in_focus, months_of
from planning.budgets.standing import by_line
from planning.calendar import actions as calendar
from planning.calendar.periods import book, ensure_year, hold_for_posting
from planning.notices.models import Reminder
from planning.people.scope import scope
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused

from . import make


def made_for_all(cast):
    """A joint line of 12,000.00 (60/40), 1,000.00 a month; 700.00 of the second month are committed."""
    plan = make.budget(cast)
    plan.line = make.line(cast, plan, "Web shop", "12000.00", side="joint", shares={"marketing": 60, "technology": 40})
    plan.other = make.line(cast, plan, "Hosting", "6000.00", side="technology")
    make.agree(cast, plan)
    plan.workspace, plan.claim = cast.workspace, uuid.uuid4()
    promises.reserve(plan.claim, [(plan.line, plan.months[1], D("700.00"))], cast.cmo, "purchases.purchase:1")
    promises.commit(plan.claim, "purchases.purchase:1")
    return plan


@pytest.fixture
def year(made):
    """Today is in its third month."""
    third = made.months[2]
    with clock.at(datetime(third.year, third.month, 3, 12, tzinfo=made.workspace.zone)):
        yield made


def actuals(line):
    """{month: actual} over both sides, without zeros."""
    sums = {}
    for month, amount in Cell.objects.filter(line=line).values_list("month", "actual"):
        sums[month] = sums.get(month, D(0)) + amount
    return {month: amount for month, amount in sums.items() if amount}


def test_owners_are_asked_once_and_see_what_is_still_committed(year, inside):
    asked = actions.ask_for_accruals(year, year.months[1], inside.finance)
    assert {one.line_id: one.suggested for one in asked} == {year.line.pk: D(700), year.other.pk: D(0)}
    with pytest.raises(Refused, match="already"):
        actions.ask_for_accruals(year, year.months[1], inside.finance)
    with pytest.raises(Refused, match="not over"):
        actions.ask_for_accruals(year, year.months[2], inside.finance)
    with pytest.raises(NotYours):
        actions.ask_for_accruals(year, year.months[0], inside.cmo)


def test_the_clock_asks_for_the_month_that_ended_and_never_twice(cast):
    with scope(cast.workspace):
        plan = make.budget(cast)
        make.line(cast, plan, "Web shop", "120000.00")
        make.agree(cast, plan)
        at = datetime(plan.months[2].year, plan.months[2].month, 1, 6, tzinfo=cast.workspace.zone)
    with clock.at(at):
        for _hour in range(3):
            tasks.tend_month_ends()
    with scope(cast.workspace):
        assert [one.month for one in Accrual.objects.all()] == [plan.months[1]]
        reminders = Reminder.objects.filter(rule="budgets.accruals")
        assert {one.member.name for one in reminders} == {"Maya Lindgren", "Jonas Weber"}
        assert reminders.count() == 2
        with clock.at(at):
            period = ensure_year(cast.workspace, plan.year)[1]
            calendar.soft_close(period, cast.finance)
            assert on_time.month_to_ask_for_reasons(cast.workspace) == (plan, plan.months[1])
    with clock.at(at):
        tasks.tend_month_ends()
    with scope(cast.workspace):
        assert Explanation.objects.count() == 1, "nothing was spent of 10,000.00 a month"


def test_an_accrual_counts_in_its_month_and_is_taken_back_in_the_next(year, inside):
    month, following = year.months[1], year.months[2]
    actions.ask_for_accruals(year, month, inside.finance)
    actions.answer_accruals(year, month, inside.marketing_planner, {year.line.pk: ("500.01", "Half of the checkout")})
    assert actuals(year.line) == {month: D("500.01"), following: D("-500.01")}
    stands = availability(year.line)
    assert (stands["committed"], stands["actual"], stands["available"]) == (D(700), D(0), D(11300)), (
        "it never uses a commitment up, and leaves the year as it was"
    )
    cells = {cell.side: cell.actual for cell in Cell.objects.filter(line=year.line, month=month)}
    assert cells == {"marketing": D("300.01"), "technology": D("200.00")}


def test_a_second_answer_corrects_the_first(year, inside):
    month = year.months[1]
    actions.ask_for_accruals(year, month, inside.finance)
    for amount in ("500.00", "700.00", "650.00"):
        actions.answer_accruals(year, month, inside.cio, {year.line.pk: (amount, "Checkout")})
    assert actuals(year.line) == {month: D(650), year.months[2]: D(-650)}
    actions.answer_accruals(year, month, inside.cio, {year.line.pk: ("0", "")})
    assert actuals(year.line) == {}


def test_answers_are_refused_whole(year, inside):
    month = year.months[1]
    actions.ask_for_accruals(year, month, inside.finance)
    refusals = [
        ({year.line.pk: ("10.00", "A"), year.other.pk: ("5.00", "B")}, inside.marketing_planner, NotYours),
        ({year.line.pk: ("-1.00", "A")}, inside.cmo, Refused),
        ({year.line.pk: ("10.00", " ")}, inside.cmo, Refused),
        ({year.line.pk: ("10.001", "A")}, inside.cmo, Refused),
        ({year.line.pk: ("10.00", "A"), 0: ("1.00", "B")}, inside.cmo, Refused),
        ({year.line.pk: ("10.00", "A")}, inside.viewer, NotYours),
    ]
    for answers, who, refusal in refusals:
        with pytest.raises(refusal):
            actions.answer_accruals(year, month, who, answers)
    assert actuals(year.line) == {}
    assert not Accrual.objects.exclude(amount=None).exists()


def test_a_shut_month_takes_accruals_from_finance_alone_and_a_closed_one_from_nobody(year, inside):
    month = year.months[1]
    actions.ask_for_accruals(year, month, inside.finance)
    period = ensure_year(inside.workspace, year.year)[1]
    calendar.soft_close(period, inside.finance)
    with pytest.raises(Refused, match="soft-closed"):
        actions.answer_accruals(year, month, inside.cmo, {year.line.pk: ("500.00", "Checkout")})
    actions.answer_accruals(year, month, inside.finance, {year.line.pk: ("500.00", "Checkout, as Maya told")})
    period.refresh_from_db()
    assert period.booked == D(500)
    calendar.close(period, inside.finance, "500.00")
    with pytest.raises(Refused, match="closed"):
        actions.answer_accruals(year, month, inside.finance, {year.line.pk: ("0", "")})


def test_what_is_delivered_and_committed_is_expected_once(year, inside):
    """The forecast of a line does not rise when its owner says that a committed thing has arrived unbilled."""
    before = by_line(year)[year.line.pk]
    actions.ask_for_accruals(year, year.months[1], inside.finance)
    actions.answer_accruals(year, year.months[1], inside.cmo, {year.line.pk: ("700.00", "The whole checkout")})
    after = by_line(year)[year.line.pk]
    assert {side: one["forecast"] for side, one in after.items()} == {
        side: one["forecast"] for side, one in before.items()
    }


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answers=st.lists(st.decimals(0, 5000, places=2), min_size=1, max_size=4))
def test_whatever_is_answered_the_year_and_the_ledger_stay_whole(year, inside, answers):
    month = year.months[1]
    if not Accrual.objects.exists():
        actions.ask_for_accruals(year, month, inside.finance)
    for amount in answers:
        actions.answer_accruals(year, month, inside.finance, {year.line.pk: (str(amount), "Work")})
    assert sum(actuals(year.line).values(), D(0)) == 0
    periods = {period.starts_on: period.booked for period in ensure_year(inside.workspace, year.year)}
    assert (periods[month], periods[year.months[2]]) == (answers[-1], -answers[-1])


def test_the_page_names_the_next_step_until_the_month_is_done(year, inside):
    def step():
        return in_focus(months_of(year), 2).step

    hold_for_posting(inside.finance, [year.months[1]])
    book(inside.workspace, {year.months[1]: D("940.00")})
    postings.post_actuals(inside.workspace, [(year.line.pk, year.months[1], D("940.00"))], "spend.import:1", "1")
    period = ensure_year(inside.workspace, year.year)[1]
    assert step() == "ask"
    actions.ask_for_accruals(year, year.months[1], inside.finance)
    actions.answer_accruals(year, year.months[1], inside.cio, {year.line.pk: ("60.00", "Icons")})
    assert step() == "soft_close"
    calendar.soft_close(period, inside.finance)
    assert step() == "total"
    calendar.tie_out(period, inside.finance, "940.00")
    assert step() == "difference"
    shown = in_focus(months_of(year), 2)
    assert (shown.ledger, shown.accrued, shown.period.difference) == (D(940), D(60), D(-60))
    with pytest.raises(Refused, match="The difference is -60.00"):
        calendar.close(period, inside.finance, "940.00")
    calendar.tie_out(period, inside.finance, "1000.00")
    assert step() == "close"
    calendar.close(period, inside.finance, "1000.00")
    assert step() == "reasons"
    actions.ask_for_explanations(year, year.months[1], inside.finance)
    assert step() == ""


def test_the_pages(cast, as_, year):
    finance, cmo = as_(cast.finance), as_(cast.cmo)
    place = f"/acme/budgets/{year.pk}/month-end/"
    assert cmo.post(f"{place}2/questions/").status_code == 403
    assert finance.post(f"{place}2/questions/").status_code == 302
    answers = {f"amount_{year.line.pk}": "1,250.00", f"what_{year.line.pk}": ""}
    assert cmo.post(f"{place}2/accruals/", answers).status_code == 422
    answers[f"what_{year.line.pk}"] = "The checkout, tested"
    assert cmo.post(f"{place}2/accruals/", answers).status_code == 302
    page = cmo.get(f"{place}2/accruals/").content.decode()
    assert "The checkout, tested" in page
    assert f"amount_{year.other.pk}" not in page, "technology's own line is not hers to answer"
    file = b"".join(finance.get(f"{place}2/accruals/?export=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(file) == 2
    assert f"ACC-{year.months[1]:%Y%m}-{year.line.pk}" in file[1]
    assert "1250.00" in file[1]
    shown = finance.get(f"{place}?month=2").content.decode()
    assert "1,250.00" in shown
    back = {"back": f"{place}?month=2"}
    closing = f"/acme/calendar/periods/{year.year}/2/"
    assert finance.post(f"{closing}soft-closing", back)["Location"] == f"{place}?month=2"
    assert finance.post(f"{closing}tie-out", {"control_total": "1250.00", **back})["Location"] == f"{place}?month=2"
    assert finance.post(f"{closing}closing", {"control_total": "1250.00", "back": "//evil.example/"})[
        "Location"
    ].startswith("/acme/calendar/")


def test_a_lowered_envelope_shows_what_each_side_has_to_give_back(year, inside, as_):
    actions.set_envelopes(year, inside.finance, marketing="7000.00", technology="20000.00")
    year.refresh_from_db()
    marketing, technology = gaps(year)
    assert (marketing.plan, marketing.gap, marketing.free) == (D(7200), D(200), D(6780))
    assert (technology.plan, technology.gap) == (D(10800), D(0))
    page = as_(inside.cio).get(f"/acme/budgets/{year.pk}/envelopes/").content.decode()
    assert "To give back" in page
    assert "marketing_envelope" not in page, "only finance sets it"
