"""How old may a value be before it stops speaking for today?

A reading covers the period of its day. The next one is due when the next period and its days of grace are over. From
then on until two whole periods have passed uncovered it is due, overdue, then stale, a third of that time each;
after two cadences the value is unknown, and shown only as the last known.
"""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from .cadence import following, period_of


class Freshness(models.TextChoices):
    FRESH = "fresh", _("fresh")
    DUE = "due", _("reading due")
    OVERDUE = "overdue", _("reading overdue")
    STALE = "stale", _("stale")
    UNKNOWN = "unknown", _("unknown")


def due_on(cadence: str, last: date, grace: int, fiscal_start: int = 1) -> date:
    """The first day on which the reading after the one of `last` is due. `grace` is in calendar days."""
    covered = period_of(cadence, last, fiscal_start)
    return following(cadence, covered, fiscal_start)[1] + timedelta(days=grace)


def freshness(cadence: str, last: date | None, day: date, grace: int = 5, fiscal_start: int = 1) -> Freshness:
    """How fresh the reading of `last` is on `day`; unknown when there is none."""
    if last is None:
        return Freshness.UNKNOWN
    due = due_on(cadence, last, grace, fiscal_start)
    first_missed = following(cadence, period_of(cadence, last, fiscal_start), fiscal_start)
    lost = max(following(cadence, first_missed, fiscal_start)[1], due)
    if day >= lost:
        return Freshness.UNKNOWN
    if day < due:
        return Freshness.FRESH
    third = 3 * (day - due).days // (lost - due).days
    return (Freshness.DUE, Freshness.OVERDUE, Freshness.STALE)[third]
