"""What a definition says, cleaned: the text both keys sign, the same from a form and from the API."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

from .expected import LINEAR, STEP, Point
from .models import Cadence, Definition, Direction, Source
from .values import MOST_DECIMALS, clean_value, decimals_of, refuse_far, value_text

MOST_TARGETS = 60
VALUES = {"value", "baseline", "band_low", "band_high", "band_margin"}


@dataclass(frozen=True)
class Terms:
    """A definition before it has a number. Values are in `unit`; limits and gap in percentage points."""

    name: str
    direction: str
    baseline_on: date
    description: str = ""
    formula: str = ""
    unit: str = ""
    decimals: int | None = None
    baseline: Decimal | None = None
    targets: Sequence[Point] = field(default_factory=tuple)
    band_low: Decimal | None = None
    band_high: Decimal | None = None
    band_margin: Decimal = Decimal(0)
    cadence: str = Cadence.MONTH
    grace_days: int = 5
    source: str = Source.TYPED
    green_limit: Decimal = Decimal(5)
    amber_limit: Decimal = Decimal(15)

    def clean(self) -> "Terms":
        """These terms with numbers as Decimals, targets in order and decimals counted.

        Refused: no name, an unknown direction, cadence or source; targets that are missing, twice on a day, not after
        the baseline, in the wrong direction or equal to the baseline; a band upside down; limits in the wrong order.
        """
        refuse_unknown(self)
        if not self.name.strip():
            raise Refused(_("A KPI needs a name."), "name")
        refuse_far(self.baseline_on, "baseline_on")
        terms = replace(self, name=self.name.strip()[:120], **limits(self))
        terms = cleaned_band(terms) if self.direction == Direction.BAND else cleaned_way(terms)
        decimals = terms.shown_decimals() if terms.decimals is None else terms.decimals
        if not 0 <= decimals <= MOST_DECIMALS:
            raise Refused(_("A value has at most six decimals."), "decimals")
        return replace(terms, decimals=decimals)

    def shown_decimals(self) -> int:
        """As many as somebody wrote: 38.20 shows two."""
        values = [self.baseline, self.band_low, self.band_high, *(point.value for point in self.targets)]
        return max(decimals_of(value) for value in values if value is not None)

    def columns(self) -> dict:
        """The definition's columns; the targets are rows of their own."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__ if name != "targets"}

    def text(self) -> dict:
        """What is frozen on the paper: values as text, so that one value has one fingerprint."""
        said = asdict(self) | {"targets": [point._asdict() for point in self.targets]}
        for holder in (said, *said["targets"]):
            for name in VALUES & holder.keys():
                holder[name] = value_text(holder[name], self.decimals)
        return said


def refuse_unknown(terms):
    for name, choices in (("direction", Direction), ("cadence", Cadence), ("source", Source)):
        if getattr(terms, name) not in choices.values:
            raise Refused(
                _("“%(text)s” is none of: %(choices)s.")
                % {"text": getattr(terms, name), "choices": ", ".join(choices.values)},
                name,
            )


def limits(terms) -> dict:
    green, amber = clean_value(terms.green_limit, "green_limit"), clean_value(terms.amber_limit, "amber_limit")
    if not 0 <= green <= amber <= 100:
        raise Refused(_("Green ends before amber does, both between 0 and 100 points."), "amber_limit")
    return {"green_limit": green, "amber_limit": amber}


def cleaned_way(terms) -> Terms:
    if terms.baseline is None:
        raise Refused(_("Say where it starts: the baseline."), "baseline")
    baseline = clean_value(terms.baseline, "baseline")
    targets = sorted(cleaned_target(point) for point in terms.targets)
    days = [point.on for point in targets]
    if not 0 < len(targets) <= MOST_TARGETS:
        raise Refused(_("Say where it should be and when: at least one target, at most sixty."), "targets")
    if len(set(days)) < len(days):
        raise Refused(_("Two targets are for the same day."), "targets")
    if days[0] <= terms.baseline_on:
        raise Refused(_("Targets come after the day of the baseline."), "targets")
    refuse_direction(terms.direction, baseline, targets[-1].value)
    return replace(
        terms, baseline=baseline, targets=tuple(targets), band_low=None, band_high=None, band_margin=Decimal(0)
    )


def cleaned_target(point) -> Point:
    how = point.interpolation or LINEAR
    refuse_far(point.on, "targets")
    if how not in (LINEAR, STEP):
        raise Refused(_("A target is reached in a line (linear) or in one step (step)."), "targets")
    return Point(point.on, clean_value(point.value, "targets"), how)


def refuse_direction(direction, baseline, goal):
    if goal == baseline:
        raise Refused(_("The last target equals the baseline, so progress has no meaning."), "targets")
    if (goal > baseline) != (direction == Direction.INCREASE):
        raise Refused(
            _("The last target is above the baseline; this KPI is to decrease.")
            if goal > baseline
            else _("The last target is below the baseline; this KPI is to increase."),
            "targets",
        )


def cleaned_band(terms) -> Terms:
    if terms.band_low is None or terms.band_high is None:
        raise Refused(_("A band has a lowest and a highest value."), "band")
    low, high = clean_value(terms.band_low, "band"), clean_value(terms.band_high, "band")
    margin = clean_value(terms.band_margin or 0, "band")
    if low > high or margin < 0:
        raise Refused(_("The lowest value of a band is not above the highest, and its margin is not negative."), "band")
    baseline = None if terms.baseline is None else clean_value(terms.baseline, "baseline")
    return replace(terms, baseline=baseline, band_low=low, band_high=high, band_margin=margin, targets=())


def terms_of(definition: Definition) -> Terms:
    """What a stored definition says."""
    columns = {name: getattr(definition, name) for name in Terms.__dataclass_fields__ if name != "targets"}
    return Terms(**columns, targets=tuple(definition.points))
