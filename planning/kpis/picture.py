"""The picture of a KPI: what was measured, where it should be, where it is heading, what is disputed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from planning.shared.charts import Line, Point, Track

from .expected import STEP
from .expected import Point as Target
from .figures import words
from .forecast import Value
from .models import Definition, Reading
from .progress import HUNDREDTH


@dataclass
class Picture(Line):
    """A line chart whose values read like the KPI's own."""

    definition: Definition | None = None

    def said(self, value):
        text = words(value, self.definition)
        return f"{text} {self.definition.unit}".strip() if text else ""


def picture(portrait) -> Picture:
    """Readings, trajectory, forecast with its interval, and rings for what does not count."""
    definition = portrait.definition
    tracks = [measured(portrait), *should_be(portrait), *hollow(portrait)]
    ahead = outlook(portrait)
    if ahead:
        tracks.append(
            Track(
                _("Forecast"),
                [Point(one.on, one.value.quantize(HUNDREDTH)) for one in ahead],
                tone="soft",
                style="dotted",
            )
        )
    return Picture(
        _("Measured, expected and ahead"), unit=definition.unit, key="way", definition=definition, today=portrait.day,
        tracks=[track for track in tracks if track.points], band=interval(ahead), band_name=_("95% interval"),
    )  # fmt: skip


def measured(portrait):
    return Track(_("Measured"), [Point(on, value) for on, value in portrait.series])


def should_be(portrait) -> list[Track]:
    """What is agreed: the way to the last target, or the two edges of the band."""
    definition = portrait.definition
    if definition.is_band:
        return [edge(portrait, _("Lowest"), definition.band_low), edge(portrait, _("Highest"), definition.band_high)]
    points = [definition.start, *definition.points]
    steps = all(point.interpolation == STEP for point in points[1:])
    corners = points if steps else in_lines(points)
    drawn = [Point(one.on, one.value) for one in corners]
    return [Track(_("Should be"), drawn, tone="faint", style="dashed", step=steps)]


def edge(portrait, name, value) -> Track:
    """One edge of a band, from the first day it is agreed for until where the forecast ends."""
    first = portrait.definition.baseline_on
    latest = portrait.series[-1][0] if portrait.series else portrait.day
    last = max(first, portrait.day, ahead_until(portrait.definition, latest))
    return Track(name, [Point(first, value), Point(last, value)], tone="faint", style="dashed")


def in_lines(points) -> list[Target]:
    """A step among straight lines is drawn by a corner on the day before."""
    drawn = points[:1]
    for point in points[1:]:
        if point.interpolation == STEP and point.on - drawn[-1].on > timedelta(days=1):
            drawn.append(Target(point.on - timedelta(days=1), drawn[-1].value))
        drawn.append(point)
    return drawn


def hollow(portrait):
    """Rings: values that wait for a side's word, disputed ones, and what the other side says they should be."""
    waiting = [Point(one.on, one.value, hollow=True, word=one.get_state_display()) for one in portrait.waiting]
    others = [
        Point(one.on, said.alternative, hollow=True, word=_("says %(who)s") % {"who": said.member})
        for one in portrait.waiting
        if one.state == Reading.State.DISPUTED
        for said in one.confirmations.all()
        if said.alternative is not None
    ]
    return [
        Track(_("Not confirmed"), waiting, tone="amber", style="points"),
        Track(_("The other side's value"), others, tone="red", style="points"),
    ]


def outlook(portrait) -> list[Value]:
    """The forecast from the last reading to the last target, in a few steps; empty when too little is known."""
    line, definition = portrait.line, portrait.definition
    if line is None:
        return []
    start = portrait.series[-1][0]
    end = ahead_until(definition, start)
    days = (end - start).days
    return [line.at(start + timedelta(days=days * step // 6)) for step in range(7)]


def ahead_until(definition, start: date) -> date:
    """The last target's day, and at least a quarter ahead."""
    goal = definition.points[-1].on if definition.points else start
    return max(goal, start + timedelta(days=91))


def interval(ahead):
    return [(one.on, one.low.quantize(HUNDREDTH), one.high.quantize(HUNDREDTH)) for one in ahead]
