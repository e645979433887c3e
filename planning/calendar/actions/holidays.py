"""Days and hours on which business time runs."""

from datetime import date, time

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..holiday_files import days_of
from ..models import Holiday, Hours


@action(_("added the holiday {subject}"))
def add_holiday(member, day: date, name: str) -> Holiday:
    """A day without business. Due times that were told before stay. Refused: a day that is one already."""
    try:
        with transaction.atomic():
            made = Holiday.objects.create(workspace=member.workspace, day=day, name=name.strip()[:80])
    except IntegrityError as error:
        raise Refused(_g("That day is a holiday already."), "day") from error
    record(add_holiday, member, made, after={"day": day, "name": made.name})
    return made


@action(_("removed the holiday {subject}"))
def remove_holiday(holiday, member):
    """Let a day be a business day again."""
    record(remove_holiday, member, holiday, before={"day": holiday.day, "name": holiday.name})
    holiday.delete()


@action(_("imported holidays into {subject}"))
def import_holidays(member, content: bytes) -> int:
    """Whole days of an iCalendar file, those that come back every year for the next five. Returns how many were new.

    Refused: a file that is no calendar, and one without a new day.
    """
    workspace = member.workspace
    found = days_of(content, workspace.today())
    known = set(Holiday.objects.of(workspace).filter(day__in=found).values_list("day", flat=True))
    new = {day: name for day, name in found.items() if day not in known}
    if not new:
        raise Refused(_g("There is no new whole day in this file."), "file")
    Holiday.objects.bulk_create(Holiday(workspace=workspace, day=day, name=name) for day, name in sorted(new.items()))
    record(
        import_holidays, member, workspace, after={"holidays": [{"day": day, "name": new[day]} for day in sorted(new)]}
    )
    return len(new)


@action(_("changed the business hours of {subject}"))
def set_hours(member, opens: time, closes: time, weekdays) -> Hours:
    """When due times run, local time. Refused: closing before opening, and no weekday."""
    workspace, weekdays = member.workspace, sorted({int(day) for day in weekdays})
    if closes <= opens:
        raise Refused(_g("Business closes after it opens."), "closes")
    if not weekdays or not set(weekdays) <= set(range(7)):
        raise Refused(_g("Choose at least one weekday."), "weekdays")
    before = Hours.objects.of(workspace).first()
    said = {"opens": opens, "closes": closes, "weekdays": weekdays}
    made, _made = Hours.objects.update_or_create(workspace=workspace, defaults=said)
    record(set_hours, member, workspace, before=before and described(before), after=described(made))
    return made


def described(hours) -> dict:
    return {"opens": f"{hours.opens:%H:%M}", "closes": f"{hours.closes:%H:%M}", "weekdays": hours.weekdays}
