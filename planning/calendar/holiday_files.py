"""Holidays from an iCalendar file: its whole-day events, with those that repeat."""

from datetime import date, datetime, timedelta

from dateutil.rrule import rrulestr
from django.utils.translation import gettext as _
from icalendar import Calendar

from planning.shared.refusals import Refused

YEARS_AHEAD, LONGEST = 5, 60


def days_of(content: bytes, today: date) -> dict[date, str]:
    """{day: name} of every whole-day event, up to five years from `today`. Events with an hour are no holidays."""
    try:
        calendar = Calendar.from_ical(content)
    except (ValueError, IndexError, KeyError) as error:
        raise Refused(_("This is not an iCalendar file."), "file") from error
    found: dict[date, str] = {}
    for event in calendar.walk("VEVENT"):
        start = event.get("DTSTART")
        if start is not None and isinstance(start.dt, date) and not isinstance(start.dt, datetime):
            name = str(event.get("SUMMARY", "") or _("Holiday"))[:80]
            found |= dict.fromkeys(all_days(event, start.dt, today), name)
    return found


def all_days(event, start, today):
    end = event.get("DTEND")
    length = min(max((end.dt - start).days if end is not None else 1, 1), LONGEST)
    for first in occurrences(event, start, today.replace(year=today.year + YEARS_AHEAD, day=1)):
        yield from (first + timedelta(days=number) for number in range(length))


def occurrences(event, start, until):
    rule = event.get("RRULE")
    if rule is None:
        return [start]
    first = datetime.combine(start, datetime.min.time())
    repeated = rrulestr(rule.to_ical().decode().split(";UNTIL")[0], dtstart=first)
    last = min(
        (moment.date() if isinstance(moment, datetime) else moment for moment in rule.get("UNTIL", [])), default=until
    )
    return [
        one.date() for one in repeated.between(first, datetime.combine(min(last, until), datetime.min.time()), inc=True)
    ]
