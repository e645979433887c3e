"""Which readings are due and who is asked: both owners, once a period."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.notices.reminding import Step, remind
from planning.people.places import place
from planning.trail.models import subject_of

from .cadence import following, period_of, preceding
from .freshness import due_on
from .models import Source
from .queries import portfolio

RULE = "kpis.reading_due"


@dataclass(frozen=True)
class Missing:
    """The oldest period without any reading, [starts_on, ends_on), due since `due_on`."""

    kpi: object
    starts_on: date
    ends_on: date
    due_on: date


def missing(workspace, day: date) -> list[Missing]:
    """Typed KPIs in force whose next reading is due on `day`. What waits to be confirmed is not asked for again."""
    found = (missing_of(one, workspace.fiscal_start) for one in portfolio(workspace, day) if one.definition.is_in_force)
    return [gap for gap in found if gap and gap.due_on <= day]


def missing_of(portrait, fiscal_start) -> Missing | None:
    definition = portrait.definition
    if definition.source != Source.TYPED:
        return None
    known = [reading.on for reading in portrait.readings if reading.is_newest]
    first = period_of(definition.cadence, definition.baseline_on, fiscal_start)
    last = max(known, default=preceding(definition.cadence, first, fiscal_start)[0])
    period = following(definition.cadence, period_of(definition.cadence, last, fiscal_start), fiscal_start)
    return Missing(portrait.kpi, *period, due_on(definition.cadence, last, definition.grace_days, fiscal_start))


def remind_of_readings(workspace):
    """Ask both owners for each reading that is due today: once a KPI and period, however often this runs."""
    for gap in missing(workspace, workspace.today()):
        owners = [owner for owner in gap.kpi.owners if owner.left_at is None]
        steps = [Step(owner, workspace.now(), gap.starts_on.isoformat(), words(gap, owner)) for owner in owners]
        remind(workspace, RULE, subject_of(gap.kpi), steps)


def words(gap, owner) -> dict:
    """The reminder's facts, in the owner's language."""
    with translation.override(owner.user.language):
        first, last = (date_format(day, "j F Y") for day in (gap.starts_on, gap.ends_on - timedelta(days=1)))
        return {
            "subject": _("%(kpi)s needs a reading") % {"kpi": gap.kpi},
            "lines": [_("None has been entered for %(first)s to %(last)s.") % {"first": first, "last": last}],
            "url": place(gap.kpi.workspace, "kpis:kpi", gap.kpi.pk),
        }
