"""Rows that came after their month was closed: they keep their month and wait for finance.

Finance opens the month again with a reason (calendar's page) and asks again, or books them as prior period: into the
first month that is still open, with their own month kept on them.
"""

from datetime import date
from itertools import groupby

from django.db.models import Count, Sum
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.calendar import periods
from planning.calendar.models import Period
from planning.calendar.periods import refuse_others
from planning.shared.periods import month_of
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import assigning
from .models import Entry, Kind, Wait


@action(_("booked late rows of {subject} as prior period"))
def book_as_prior(period, member, reason: str) -> int:
    """Post everything that waits for a shut month into the first month of its line's year that is still open.

    Each row keeps its own month and says where it was booked. Gives the number of rows. Refused: anybody but finance,
    without a reason, nothing that waits, a year without an open month up to today's, and rows of an invoice that was
    typed and lies in a closed month.
    """
    refuse_others(member)
    if not reason.strip():
        raise Refused(__("Say why: the auditors read it."), "reason")
    entries = assigning.held(member.workspace, late_in(member.workspace, period.starts_on))
    if not entries:
        raise Refused(__("Nothing waits for %(month)s.") % {"month": period})
    months = open_months(member, entries, period)
    for entry in entries:
        entry.prior_in, entry.waits = months[entry.line_id], Wait.POSTED
    Entry.objects.bulk_update(entries, ["prior_in", "waits"], batch_size=2000)
    moved = assigning.Moved()
    moved.gone = assigning.recognised(member, entries)
    for entry in entries:
        moved.here(entry)
    moved.post(member)
    told = not any(entry.kind == Kind.PAYROLL for entry in entries)
    after = {
        "entries": len(entries),
        **({"amount": sum(entry.converted for entry in entries)} if told else {}),
        "booked_in": sorted({month.isoformat() for month in months.values()}),
    }
    record(book_as_prior, member, period, after=after, note=reason)
    return len(entries)


def late_in(workspace, month):
    return Entry.objects.of(workspace).late().filter(month=month)


def open_months(member, entries, period) -> dict[int, date]:
    """{line id: the month its late rows are booked in}, held."""
    workspace, today = member.workspace, month_of(member.workspace.today())
    lines = Line.objects.of(workspace).filter(pk__in={entry.line_id for entry in entries}).select_related("budget")
    found = {}
    for line in lines:
        line.budget.workspace = workspace
        year = [month for month in line.budget.months if period.starts_on < month <= today]
        states = {held.starts_on: held.state for held in periods.hold(workspace, year)}
        still = [month for month in year if states[month] != Period.State.CLOSED]
        if not still:
            raise Refused(
                __("Every month of %(year)s after %(month)s is closed: open one again.")
                % {"year": line.budget.year, "month": period}
            )
        found[line.pk] = still[0]
    return found


def waiting_for_finance(workspace) -> list[dict]:
    """[{month, period, rows, amount, lines: [{line, rows, amount}]}] that wait for shut months, the oldest first."""
    sums = (
        Entry.objects.of(workspace)
        .late()
        .values("month", "line_id")
        .annotate(rows=Count("pk"), amount=Sum("converted"))
        .order_by("month", "-amount")
    )
    shut = {period.starts_on: period for period in Period.objects.of(workspace).exclude(state=Period.State.OPEN)}
    found = []
    for month, lines in groupby(sums, lambda row: row["month"]):
        lines = list(lines)
        found.append(
            {
                "month": month,
                "period": shut.get(month),
                "rows": sum(row["rows"] for row in lines),
                "amount": sum(row["amount"] for row in lines),
                "lines": lines,
            }
        )
    return found
