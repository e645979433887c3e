"""Where a KPI stands on a day: its value against where it should be, judged by what was agreed for that day."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .cadence import period_of, periods_between
from .expected import expected
from .freshness import Freshness, freshness
from .models import Definition
from .progress import in_band, in_words, percent, periods_met, progress
from .status import Status, band_status, status_of


@dataclass(frozen=True)
class Standing:
    """`value` is the last one that counts (of `value_on`), in the KPI's unit; shares are exact, 1 = the target.

    `expected` is None for a band. When the value is too old to speak, status is unknown and value the last known.
    `set_by_hand` is the override that replaces the status, if any.
    """

    on: date
    definition: Definition
    value: Decimal | None
    value_on: date | None
    expected: Fraction | None
    progress: Fraction | None
    expected_progress: Fraction
    status: Status
    freshness: Freshness
    set_by_hand: object = None

    @property
    def gap(self) -> Fraction | None:
        """How far behind, as a share of the whole way; negative when ahead."""
        return None if self.progress is None else self.expected_progress - self.progress

    @property
    def percent(self) -> Decimal | None:
        return percent(self.progress)

    @property
    def expected_percent(self) -> Decimal:
        return percent(self.expected_progress)

    @property
    def gap_points(self) -> Decimal | None:
        return percent(self.gap)

    @property
    def ahead_points(self) -> Decimal | None:
        return percent(None if self.gap is None else -self.gap)

    @property
    def words(self) -> str:
        return in_words(self.progress)


def definition_on(definitions, day: date) -> Definition:
    """The definition by which `day` is judged: the one in force then; before the first, that one; else the proposal.

    `definitions` are all versions of one KPI, by number.
    """
    agreed = [version for version in definitions if version.from_on]
    if not agreed:
        open_ones = [version for version in definitions if version.state == Definition.State.PROPOSED]
        return (open_ones or definitions)[-1]
    return next((version for version in reversed(agreed) if version.from_on <= day), agreed[0])


def standing(definitions, series, day: date, fiscal_start: int = 1, override=None) -> Standing:
    """`series` are the counting readings [(day, value)] in order of days; later ones than `day` do not speak yet."""
    definition = definition_on(definitions, day)
    series = [(on, value) for on, value in series if on <= day]
    value_on, value = series[-1] if series else (None, None)
    age = freshness(definition.cadence, value_on, day, definition.grace_days, fiscal_start)
    measure = band if definition.is_band else way
    should, share, should_share, status = measure(definition, series, day, fiscal_start)
    if age == Freshness.UNKNOWN:
        status = Status.UNKNOWN
    if override and override.until > day >= override.at.date():
        status = Status(override.status)
    else:
        override = None
    return Standing(day, definition, value, value_on, should, share, should_share, status, age, override)


def way(definition, series, day, fiscal_start):
    """From the baseline to the last target."""
    start, points = definition.start, definition.points
    should, goal = expected(start, points, day), points[-1].value
    should_share = progress(should, start.value, goal)
    share = progress(series[-1][1], start.value, goal) if series else None
    return should, share, should_share, status_of(share, should_share, definition.limits)


def band(definition, series, day, fiscal_start):
    """Periods met over periods due since the baseline; every one of them should be."""
    low, high = definition.band_low, definition.band_high
    last = {period_of(definition.cadence, on, fiscal_start): value for on, value in series}
    due = periods_between(definition.cadence, definition.baseline_on, day, fiscal_start)
    running = period_of(definition.cadence, day, fiscal_start)
    if running in last and running[0] >= definition.baseline_on:
        due.append(running)
    met = periods_met([period in last and in_band(last[period], low, high) for period in due])
    latest = series[-1][1] if series else None
    return None, met if series else None, Fraction(1), band_status(latest, low, high, definition.band_margin)
