"""Is it where it should be today? The gap e − p in percentage points decides, not the final target."""

from fractions import Fraction

from django.db import models
from django.utils.translation import gettext_lazy as _

from .progress import in_band


class Status(models.TextChoices):
    ACHIEVED = "achieved", _("achieved")
    GREEN = "green", _("on track")
    AMBER = "amber", _("at risk")
    RED = "red", _("off track")
    UNKNOWN = "unknown", _("unknown")


def status_of(progress: Fraction | None, expected: Fraction, limits=(5, 15)) -> Status:
    """Status by the gap in percentage points: up to the first limit green, up to the second amber, else red.

    Achieved once the last target is reached. Unknown without a progress.
    """
    if progress is None:
        return Status.UNKNOWN
    if progress >= 1:
        return Status.ACHIEVED
    gap = (expected - progress) * 100
    green, amber = (Fraction(limit) for limit in limits)
    if gap <= green:
        return Status.GREEN
    return Status.AMBER if gap <= amber else Status.RED


def band_status(value, low, high, margin=0) -> Status:
    """Status of a KPI that is to stay in a band: inside green, outside by no more than the margin amber, else red."""
    if value is None:
        return Status.UNKNOWN
    if in_band(value, low, high):
        return Status.GREEN
    return Status.AMBER if in_band(value, low, high, margin) else Status.RED
