"""Into which of its company's periods does a source's row fall? Calendar months, 4-4-5 weeks, or 13 × 4 weeks.

A row falls by its posting date; periods are half-open. A year of weeks begins on the weekday of the source's own start,
on the one nearest to its anniversary: now and then a year has a 53rd week, and its last period takes it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from django.db.models import Count, Max, Min, Sum

from planning.shared.periods import add_months, month_of

from .models import Entry, Source

WEEKS = {Source.Calendar.WEEKS_445: (4, 4, 5) * 4, Source.Calendar.WEEKS_4: (4,) * 13}


@dataclass(frozen=True)
class SourcePeriod:
    """From `starts_on` until before `ends_on`; `name` as finance would write it, "2026 P04"."""

    name: str
    starts_on: date
    ends_on: date


def year_starts_on(anchor: date, year: int) -> date:
    """The first day of the year of weeks that begins nearest to the anniversary of `anchor` in `year`."""
    day = anchor.day - (anchor.month == 2 and anchor.day == 29)
    anniversary = anchor.replace(year=year, day=day)
    ahead = (anchor.weekday() - anniversary.weekday()) % 7
    return anniversary + timedelta(ahead if ahead <= 3 else ahead - 7)


def of_year(source, year: int) -> list[SourcePeriod]:
    """The periods of the year that begins in `year`."""
    if source.calendar == Source.Calendar.MONTHS:
        begins = source.calendar_start.month if source.calendar_start else source.workspace.fiscal_start
        first = date(year, begins, 1)
        edges = [add_months(first, number) for number in range(13)]
    else:
        first, end = year_starts_on(source.calendar_start, year), year_starts_on(source.calendar_start, year + 1)
        weeks = list(accumulate(WEEKS[source.calendar], initial=0))
        edges = [*(first + timedelta(weeks=count) for count in weeks[:-1]), end]
    return [
        SourcePeriod(f"{year} P{number:02}", start, end)
        for number, (start, end) in enumerate(zip(edges, edges[1:], strict=False), start=1)
    ]


def covering(source, first: date, last: date) -> list[SourcePeriod]:
    """The periods that touch [first, last], the oldest first."""
    found = [period for year in range(first.year - 1, last.year + 2) for period in of_year(source, year)]
    return [period for period in found if period.starts_on <= last and period.ends_on > first]


def sums(source, most: int = 27) -> list[dict]:
    """[{period, rows, amount}] of a source's live rows, the newest first; amounts in the workspace's currency."""
    rows = Entry.objects.of(source.workspace_id).live().filter(source=source, posting_date__isnull=False).order_by()
    ends = rows.aggregate(first=Min("posting_date"), last=Max("posting_date"))
    if not ends["first"]:
        return []
    since = max(ends["first"], month_of(ends["last"]) - timedelta(days=800))
    days = list(
        rows.filter(posting_date__gte=since)
        .values_list("posting_date")
        .annotate(rows=Count("pk"), amount=Sum("converted"))
    )
    found = []
    for period in reversed(covering(source, since, ends["last"])):
        inside = [row for row in days if period.starts_on <= row[0] < period.ends_on]
        amount = sum((row[2] or 0 for row in inside), start=0)
        found.append({"period": period, "rows": sum(row[1] for row in inside), "amount": amount})
    return found[:most]
