"""Fiscal years and their months. A month is the date of its first day; periods are half-open [from, until).

A fiscal year is named by the calendar year in which it starts or ends, as the workspace says. `calendar` below is
anything with `fiscal_start` (1-12) and `fiscal_label` ("start" or "end"): in practice a workspace.
"""

from datetime import date


def month_of(day: date) -> date:
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months after `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def year_of(calendar, day: date) -> int:
    """The label of the fiscal year that holds `day`."""
    started = day.year if day.month >= calendar.fiscal_start else day.year - 1
    return started + 1 if calendar.fiscal_label == "end" and calendar.fiscal_start > 1 else started


def year_start(calendar, year: int) -> date:
    """The first day of the fiscal year labelled `year`."""
    started = year - 1 if calendar.fiscal_label == "end" and calendar.fiscal_start > 1 else year
    return date(started, calendar.fiscal_start, 1)


def months(calendar, year: int) -> list[date]:
    """The twelve months of the fiscal year labelled `year`."""
    first = year_start(calendar, year)
    return [add_months(first, number) for number in range(12)]


def quarter(calendar, day: date) -> list[date]:
    """The three months of the fiscal quarter that holds `day`."""
    year = months(calendar, year_of(calendar, day))
    first = year.index(month_of(day)) // 3 * 3
    return year[first : first + 3]
