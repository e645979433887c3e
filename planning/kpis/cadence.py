"""How often a KPI is measured: weeks from Monday, calendar months, or the workspace's fiscal quarters. Half-open."""

from datetime import date, timedelta

from planning.shared.periods import add_months, month_of

WEEK, MONTH, QUARTER = "week", "month", "quarter"


def period_of(cadence: str, day: date, fiscal_start: int = 1) -> tuple[date, date]:
    """The period [start, end) that holds `day`. `fiscal_start` is the first month of the fiscal year, 1-12."""
    if cadence == WEEK:
        start = day - timedelta(days=day.weekday())
        return start, start + timedelta(days=7)
    start = month_of(day)
    if cadence == MONTH:
        return start, add_months(start, 1)
    start = add_months(start, -((day.month - fiscal_start) % 3))
    return start, add_months(start, 3)


def following(cadence: str, period: tuple[date, date], fiscal_start: int = 1) -> tuple[date, date]:
    """The period after `period`."""
    return period_of(cadence, period[1], fiscal_start)


def preceding(cadence: str, period: tuple[date, date], fiscal_start: int = 1) -> tuple[date, date]:
    """The period before `period`."""
    return period_of(cadence, period[0] - timedelta(days=1), fiscal_start)


def periods_between(cadence: str, first: date, until: date, fiscal_start: int = 1) -> list[tuple[date, date]]:
    """The periods that begin on or after `first` and are over on `until` (their end is not after it)."""
    period = period_of(cadence, first, fiscal_start)
    if period[0] < first:
        period = following(cadence, period, fiscal_start)
    found = []
    while period[1] <= until:
        found.append(period)
        period = following(cadence, period, fiscal_start)
    return found
