"""When does a contract end, and until when can it be stopped?

End dates are the first day not covered. Months count by calendar from the day the contract started on, which is
remembered: from 31 January, one month later is 28 February and two are 31 March. Days count one by one. A tacit renewal
adds the renewal term, again and again; an express one ends unless somebody renews it. Notice counts back from the
current end, and `notice_by` is the last day on which it is in time.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

UPCOMING, ACTIVE, RENEWING, ENDING, ENDED = "upcoming", "active", "renewing", "ending", "ended"


@dataclass(frozen=True)
class Terms:
    """A contract's dates. `notice_unit` is "months" or "days"; `stopped_on` is the day notice was given, if it was.

    `first_end` is the end of the first term where the paper names the day; later terms count their months from it.
    """

    starts_on: date
    term_months: int
    tacit: bool
    renewal_months: int
    notice_count: int
    notice_unit: str
    stopped_on: date | None = None
    first_end: date | None = None


@dataclass(frozen=True)
class Standing:
    """How a contract stands on a day: the end of the term that runs then, the last day for notice, and the state."""

    ends_on: date
    notice_by: date
    state: str
    renewals: int


def months_after(anchor: date, months: int) -> date:
    """The day `months` calendar months after `anchor`; the last day of a month that is too short for it."""
    index = anchor.year * 12 + anchor.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(anchor.day, monthrange(year, month)[1]))


def end_of_term(terms: Terms, renewals: int) -> date:
    if terms.first_end:
        return months_after(terms.first_end, renewals * terms.renewal_months)
    return months_after(terms.starts_on, terms.term_months + renewals * terms.renewal_months)


def notice_by(terms: Terms, renewals: int) -> date:
    if terms.notice_unit == "days":
        return end_of_term(terms, renewals) - timedelta(days=terms.notice_count)
    if terms.first_end:
        return months_after(terms.first_end, renewals * terms.renewal_months - terms.notice_count)
    return months_after(terms.starts_on, terms.term_months + renewals * terms.renewal_months - terms.notice_count)


def renewals_by(terms: Terms, day: date) -> int:
    """How often the contract has renewed itself before or on `day`. Notice given too late stops the term after."""
    if not terms.tacit or terms.renewal_months < 1:
        return 0
    reached = _first_term(terms, lambda count: end_of_term(terms, count) > day, day)
    if terms.stopped_on is None:
        return reached
    return min(reached, _first_term(terms, lambda count: notice_by(terms, count) >= terms.stopped_on, terms.stopped_on))


def _first_term(terms: Terms, holds, day: date) -> int:
    """The smallest number of renewals for which `holds`; it starts near `day`, so that old contracts cost nothing."""
    elapsed = (day.year - terms.starts_on.year) * 12 + day.month - terms.starts_on.month
    first = terms.first_end
    length = (first.year - terms.starts_on.year) * 12 + first.month - terms.starts_on.month + 1 if first else 0
    count = max(0, (elapsed - (length or terms.term_months)) // terms.renewal_months - 1)
    while not holds(count):
        count += 1
    return count


def standing(terms: Terms, day: date) -> Standing:
    """How the contract stands on `day`.

    `upcoming` before it starts; `active` while it can be stopped (or, when express, renewed); `renewing` once the day
    for notice has passed and it will renew by itself; `ending` when notice was given or an express contract was
    not renewed in time; `ended` from the end on.
    """
    renewals = renewals_by(terms, day)
    ends_on, last_day = end_of_term(terms, renewals), notice_by(terms, renewals)
    stopped = terms.stopped_on is not None and terms.stopped_on <= min(day, last_day)
    if day >= ends_on:
        state = ENDED
    elif day < terms.starts_on:
        state = UPCOMING
    elif stopped or (not terms.tacit and day > last_day):
        state = ENDING
    else:
        state = ACTIVE if day <= last_day else RENEWING
    return Standing(ends_on, last_day, state, renewals)
