"""The dates of a rhythm. Pure: dates in, dates out."""

from datetime import date, timedelta

from planning.shared.periods import add_months, month_of

WEEKS = {"weekly": 1, "fortnightly": 2}
MONTHS = {"monthly": 1, "quarterly": 3}


def next_date(rhythm: str, starts_on: date, after: date) -> date:
    """The first date of the rhythm later than `after` (the first date itself, when that is later).

    Months keep the weekday and its place: the second Tuesday stays the second; a fifth one becomes the last.
    """
    if starts_on > after:
        return starts_on
    if rhythm in WEEKS:
        step = 7 * WEEKS[rhythm]
        return starts_on + timedelta(days=((after - starts_on).days // step + 1) * step)
    month, step = month_of(starts_on), MONTHS[rhythm]
    while (day := same_place(starts_on, month)) <= after:
        month = add_months(month, step)
    return day


def same_place(day: date, month: date) -> date:
    """The weekday of `day` at the same place of another month; a fifth one means the last."""
    place = (day.day - 1) // 7
    first = month + timedelta(days=(day.weekday() - month.weekday()) % 7)
    found = first + timedelta(weeks=place)
    if place == 4:
        found = first + timedelta(weeks=3)
        later = found + timedelta(weeks=1)
        return later if later.month == month.month else found
    return found
