"""What people say about a source itself: its name, and the periods its company's finance counts in."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .models import Source


@action(_("described the source {subject}"))
def describe(source, member, name: str, calendar: str, calendar_start=None) -> Source:
    """Change a source's name and period calendar. Its mapping is said with its next file.

    Refused: an empty name, one that another source of the same header has, and weeks without a first day.
    """
    source = lock(Source.objects.of(member.workspace), source.pk)
    if calendar not in Source.Calendar.values:
        raise Refused(__("Periods are months, 4-4-5 weeks, or four weeks."), "calendar")
    if calendar != Source.Calendar.MONTHS and not calendar_start:
        raise Refused(__("Periods of weeks need the day on which a year begins."), "calendar_start")
    before = described(source)
    source.name, source.calendar, source.calendar_start = name.strip()[:120], calendar, calendar_start
    if not source.name:
        raise Refused(__("A source needs a name."), "name")
    try:
        with transaction.atomic():
            source.save(update_fields=["name", "calendar", "calendar_start"])
    except IntegrityError as error:
        raise Refused(__("Another source whose files look the same has this name."), "name") from error
    record(describe, member, source, before=before, after=described(source))
    return source


def described(source) -> dict:
    start = source.calendar_start
    return {"name": source.name, "calendar": source.calendar, "calendar_start": start and start.isoformat()}
