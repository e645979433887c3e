"""Month-end: who may post, who may close, and that a difference keeps a month open."""

from datetime import date
from decimal import Decimal

import pytest

from planning.calendar import actions
from planning.calendar.models import Period
from planning.calendar.periods import book, ensure_year, hold_for_posting, may_post, state_of
from planning.people.scope import scope
from planning.shared.refusals import NotYours, Refused
from planning.trail.models import Entry

MAY = date(2026, 5, 20)


@pytest.fixture
def may(inside):
    """May 2026 is the second month of acme's year 2027, which starts in April."""
    return ensure_year(inside.workspace, 2027)[1]


def test_a_year_has_twelve_months_without_gaps(inside):
    months = ensure_year(inside.workspace, 2027)
    assert (months[0].starts_on, months[-1].ends_on) == (date(2026, 4, 1), date(2027, 4, 1))
    assert all(before.ends_on == after.starts_on for before, after in zip(months, months[1:], strict=False))
    assert [month.pk for month in ensure_year(inside.workspace, 2027)] == [month.pk for month in months]


def test_who_posts_into_which_month(inside, may):
    def posts():
        people = (inside.marketing_planner, inside.finance, inside.viewer)
        return [may_post(person, MAY) for person in people]

    assert posts() == [True, True, False]
    actions.soft_close(may, inside.finance)
    assert posts() == [False, True, False]
    actions.close(may, inside.finance, "0.00")
    assert posts() == [False, False, False]
    actions.reopen(may, inside.finance, "An invoice came late.")
    assert posts() == [True, True, False]
    assert state_of(inside.workspace, date(2026, 6, 1)) == "open"


def test_a_difference_keeps_it_open_and_says_how_much(inside, may):
    hold_for_posting(inside.finance, [MAY])
    book(
        inside.workspace, {MAY: Decimal("1200.50"), date(2026, 5, 1): Decimal("-0.25"), date(2026, 6, 1): Decimal("9")}
    )
    actions.soft_close(may, inside.finance)
    entries = Entry.objects.count()
    with pytest.raises(Refused, match="The difference is 0.25 GBP: 1200.25") as refused:
        actions.close(may, inside.finance, "1200.50")
    assert refused.value.field == "control_total"
    assert (Period.objects.get(pk=may.pk).state, Entry.objects.count()) == ("soft", entries)
    closed = actions.close(may, inside.finance, "1200.25")
    assert (closed.state, closed.control_total, closed.closed_by) == ("closed", Decimal("1200.25"), inside.finance)


def test_only_finance_closes_and_opens(inside, may):
    for person in (inside.cmo, inside.cio, inside.auditor):
        with pytest.raises(NotYours):
            actions.soft_close(may, person)
    with pytest.raises(Refused, match="soft-closed first"):
        actions.close(may, inside.finance, "0.00")
    actions.soft_close(may, inside.finance)
    with pytest.raises(Refused) as refused:
        actions.reopen(may, inside.finance, " ")
    assert refused.value.field == "reason"


def test_posting_into_a_shut_month_names_it(inside, may):
    actions.soft_close(may, inside.finance)
    with pytest.raises(Refused, match="May 2026 is soft-closed"):
        hold_for_posting(inside.marketing_planner, [date(2026, 6, 1), MAY])
    assert len(hold_for_posting(inside.finance, [date(2026, 6, 1), MAY])) == 2


def test_the_pages_of_month_end(cast, as_):
    finance, place = as_(cast.finance), "/acme/calendar/periods/2027"
    assert "Soft-close" not in as_(cast.cmo).get(place).content.decode()
    finance.post(f"{place}/2/soft-closing")
    assert finance.post(f"{place}/2/closing", {"control_total": "5.00"}).status_code == 422
    assert finance.post(f"{place}/2/closing", {"control_total": "0.00"}).status_code == 302
    assert finance.post(f"{place}/2/reopening", {"reason": "Late invoice"}).status_code == 302
    assert as_(cast.cmo).post(f"{place}/2/soft-closing").status_code == 403
    assert finance.get(f"{place}/13/closing").status_code == 404
    with scope(cast.workspace):
        assert state_of(cast.workspace, MAY) == "open"
