"""Rows that come after their month was closed: they keep it and wait for finance, who opens it or books them late."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from planning.budgets.models import Cell
from planning.calendar import actions as calendar
from planning.calendar.models import Period
from planning.shared.refusals import NotYours, Refused
from planning.spend import actions, assigning, late
from planning.spend.models import Entry
from tests.budgets.make import agreed_line, standing

from . import make

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@pytest.fixture
def line(inside):
    with time_machine.travel("2026-06-15T09:00:00Z", tick=False):
        yield agreed_line(inside, total="1200.00")


def posted(inside, line, amount="100.00", **facts):
    """A row of May on the line, brought by marketing."""
    batch = make.brought(inside.marketing_planner, make.ledger(make.row(amount, day="2026-05-14", **facts)))
    assigning.assign(inside.marketing_planner, line, [batch.entries.get().pk], always=True)
    return batch


def closed(inside, total="100.00"):
    period = Period.objects.get(starts_on=MAY)
    period = calendar.soft_close(period, inside.finance)
    return calendar.close(period, inside.finance, total)


def actuals(line):
    cells = Cell.objects.filter(line=line).exclude(actual=0).order_by("month")
    return {cell.month: cell.actual for cell in cells}


def test_a_month_closes_on_what_was_posted_and_a_late_row_waits(inside, line):
    posted(inside, line)
    with pytest.raises(Refused, match="difference"):
        closed(inside, "99.00")
    period = Period.objects.get(starts_on=MAY)
    period = calendar.close(period, inside.finance, "100.00")
    batch = make.brought(inside.finance, make.ledger(make.row("30.00", document="L", day="2026-05-20"), name="l.csv"))
    entry = batch.entries.get()
    assert (entry.waits, entry.line_id, standing(line)["actual"]) == ("closed", line.pk, 100)
    with pytest.raises(NotYours):
        calendar.reopen(period, inside.cmo, "It is mine")
    calendar.reopen(period, inside.finance, "The printer's invoice came late.")
    assert assigning.ask_again(inside.finance) == 1
    period.refresh_from_db()
    assert (actuals(line), period.booked) == ({MAY: 130}, 130)


def test_prior_period_books_into_the_open_month_and_keeps_its_own(inside, line):
    posted(inside, line)
    period = closed(inside)
    batch = make.brought(inside.finance, make.ledger(make.row("30.00", document="L", day="2026-05-20"), name="l.csv"))
    before = standing(line)
    with pytest.raises(NotYours):
        late.book_as_prior(period, inside.cio, "Because")
    with pytest.raises(Refused, match="Say why"):
        late.book_as_prior(period, inside.finance, " ")
    assert late.book_as_prior(period, inside.finance, "Came after the close.") == 1
    entry = batch.entries.get()
    assert (entry.month, entry.prior_in, actuals(line)) == (MAY, JUNE, {MAY: 100, JUNE: 30})
    booked = dict(Period.objects.filter(starts_on__in=[MAY, JUNE]).values_list("starts_on", "booked"))
    assert booked == {MAY: 100, JUNE: Decimal(30)}
    actions.undo(batch, inside.finance)
    assert (standing(line), actuals(line)) == (before, {MAY: 100})


def test_nothing_is_taken_out_of_a_closed_month(inside, line):
    batch = posted(inside, line)
    closed(inside)
    with pytest.raises(Refused, match="May 2026 is closed"):
        actions.undo(batch, inside.finance)
    assert standing(line)["actual"] == 100
    assert Entry.objects.live().count() == 1


def test_finance_decides_on_its_page_and_others_read_it(inside, line, as_):
    posted(inside, line)
    period = closed(inside)
    batch = make.brought(inside.finance, make.ledger(make.row("30.00", document="L", day="2026-05-20"), name="l.csv"))
    assert "waits for finance" in as_(inside.cmo).get(f"/acme/spend/imports/{batch.pk}/").content.decode()
    assert "finance decides" in as_(inside.cmo).get("/acme/spend/late/").content.decode()
    assert "Book as prior period" in as_(inside.finance).get("/acme/spend/late/").content.decode()
    assert (
        as_(inside.cmo).post("/acme/spend/late/prior-periods", {"period": period.pk, "reason": "x"}).status_code == 403
    )
    as_(inside.finance).post("/acme/spend/late/prior-periods", {"period": period.pk, "reason": "Late"})
    assert not Entry.objects.late().exists()
