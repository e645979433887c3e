"""Due times run in business hours: the workspace's weekdays from opening to closing, its holidays left out.

A business day is one whole opening: one business day after Friday 10:00 is Monday 10:00, and one business day after
Friday 18:00 is Monday at closing. Hours are local wall time, so the night the clocks change makes no day longer.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

WEEKDAYS = frozenset(range(5))  # Monday is 0


@dataclass(frozen=True)
class BusinessHours:
    """Open on `weekdays` (Monday 0) from `opens` until `closes`, local time of `zone`; never on `holidays`."""

    zone: ZoneInfo
    opens: time = time(9)
    closes: time = time(17, 30)
    weekdays: frozenset[int] = WEEKDAYS
    holidays: frozenset[date] = field(default_factory=frozenset)

    def __post_init__(self):
        if not self.weekdays or self.closes <= self.opens:
            raise ValueError("Business hours need at least one weekday and a closing after the opening.")

    @property
    def length(self) -> timedelta:
        """One business day."""
        return datetime.combine(date.min, self.closes) - datetime.combine(date.min, self.opens)

    def is_open_on(self, day: date) -> bool:
        return day.weekday() in self.weekdays and day not in self.holidays

    def add(self, start: datetime, duration: timedelta) -> datetime:
        """The instant at which `duration` of business time has passed since `start` (aware); never before `start`.

        The end of a day belongs to that day: what is due after exactly one opening is due at its closing.
        """
        if duration < timedelta(0):
            raise ValueError("Business time runs forward.")
        if not duration:
            return start
        begin, left = self._local(start), duration
        while True:
            opening, closing = self._opening(begin.date())
            begin = max(begin, opening)
            if left <= closing - begin:
                return (begin + left).replace(tzinfo=self.zone).astimezone(start.tzinfo)
            left -= max(closing - begin, timedelta(0))
            begin = datetime.combine(begin.date() + timedelta(days=1), time.min)

    def add_days(self, start: datetime, days: int) -> datetime:
        return self.add(start, days * self.length)

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much business time lies between two instants; nothing when `end` comes first."""
        first, last = self._local(start), self._local(end)
        total, day = timedelta(0), first.date()
        while day <= last.date():
            opening, closing = self._opening(day)
            total += max(min(closing, last) - max(opening, first), timedelta(0))
            day += timedelta(days=1)
        return total

    def put_off(self, due: datetime, paused: datetime, resumed: datetime) -> datetime:
        """`due` put off by the business time between two instants, in local time."""
        return self.add(due.astimezone(self.zone), self.between(paused, resumed))

    def _local(self, instant: datetime) -> datetime:
        if instant.tzinfo is None:
            raise ValueError("A due time starts at an aware instant.")
        return instant.astimezone(self.zone).replace(tzinfo=None)

    def _opening(self, day: date) -> tuple[datetime, datetime]:
        """From when until when it is open that day; an empty span on a day without business."""
        opening = datetime.combine(day, self.opens)
        return opening, datetime.combine(day, self.closes) if self.is_open_on(day) else opening


SAID = """
SELECT h.opens, h.closes, h.weekdays, ARRAY(SELECT day FROM calendar_holiday WHERE workspace_id = w.id)
  FROM (VALUES (%s::bigint)) AS w(id) LEFT JOIN calendar_hours h ON h.workspace_id = w.id
"""


def hours_of(workspace) -> BusinessHours:
    """The workspace's business hours with its holidays; Monday to Friday, 9:00 to 17:30, unless it says otherwise."""
    with connection.cursor() as cursor:
        cursor.execute(SAID, [workspace.pk])
        opens, closes, weekdays, holidays = cursor.fetchone()
    if opens is None:
        return BusinessHours(workspace.zone, holidays=frozenset(holidays))
    return BusinessHours(workspace.zone, opens, closes, frozenset(weekdays), frozenset(holidays))


def due_after(workspace, *, days: int = 0, hours: int = 0, start: datetime | None = None) -> datetime:
    """When something is due that may take `days` business days and `hours` business hours from `start` (default: now).

    Aware, in the workspace's time zone.
    """
    business = hours_of(workspace)
    start = (start or workspace.now()).astimezone(workspace.zone)
    return business.add(start, days * business.length + timedelta(hours=hours))


def after_pause(workspace, due: datetime, paused: datetime, resumed: datetime) -> datetime:
    """`due` put off by the business time during which the clock stood still, as while more information is asked."""
    return hours_of(workspace).put_off(due, paused, min(resumed, workspace.now()))
