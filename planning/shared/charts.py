"""Charts as data: what is drawn, and the same as rows of a table, so that nobody has to see the picture.

    chart = Bars(_("Variance by side"), unit="GBP", categories=[_("Marketing"), _("Technology")],
                 series=[Series(_("Plan"), [Decimal(3498000), Decimal(2502000)], tone="soft"),
                         Series(_("Actual"), [Decimal(1600000), Decimal(1110000)], tone="ink")])
    {% include "parts/chart.html" with chart=chart %}

Values are Decimal or None and leave as text with their wording; the script turns them into lengths and nothing else.
`unit` is a currency code, "%" or any word. Tones: marketing, technology, ink, soft, achieved, green, amber, red, unknown.
The pictures drawn on the server live in butterfly.py, aisle.py and runway.py and are imported from here too.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .aisle import Aisle, Arrow, Stand
from .butterfly import Butterfly, ButterflyRow, Wing
from .chart_base import Chart
from .runway import Contract, Runway

__all__ = [
    "Aisle", "Arrow", "Bars", "Butterfly", "ButterflyRow", "Contract", "Line", "Point", "Runway", "Series", "Stand", "Step",
    "Track", "Waterfall", "Wing",
]  # fmt: skip


def exact(values) -> list:
    return [None if value is None else format(Decimal(value), "f") for value in values]


@dataclass
class Series:
    """One row of bars: as many values as the chart has categories. Series with one `stack` stand on each other."""

    name: str
    values: list
    tone: str = "ink"
    stack: str = ""


@dataclass
class Bars(Chart):
    """Bars by category; `sideways` when the categories are long words (lines, vendors)."""

    kind: ClassVar[str] = "bars"

    categories: list = field(default_factory=list)
    series: list[Series] = field(default_factory=list)
    sideways: bool = False

    def shape(self):
        return {
            "categories": [str(name) for name in self.categories],
            "sideways": self.sideways,
            "series": [
                {
                    "name": str(one.name), "tone": one.tone, "stack": one.stack,
                    "values": exact(one.values), "words": [self.said(value) for value in one.values],
                }
                for one in self.series
            ],
        }  # fmt: skip

    @property
    def heads(self):
        return ["", *(one.name for one in self.series)]

    @property
    def rows(self):
        return [
            [name, *(self.said(one.values[at]) for one in self.series)] for at, name in enumerate(self.categories)
        ]


@dataclass
class Point:
    """A value on a day. `hollow`: disputed or not yet confirmed; drawn as a ring and said in the table."""

    on: date
    value: Decimal | None
    hollow: bool = False
    word: str = ""


@dataclass
class Track:
    """One line over time. style: solid, dashed (targets, forecasts) or points (only marks); `step` for stepped targets."""

    name: str
    points: list[Point]
    tone: str = "ink"
    style: str = "solid"
    step: bool = False


@dataclass
class Line(Chart):
    """Values over time: readings, the way to the target, a forecast with its interval as a band of (day, low, high)."""

    kind: ClassVar[str] = "line"

    tracks: list[Track] = field(default_factory=list)
    band: list[tuple] = field(default_factory=list)
    band_name: str = ""
    today: date | None = None

    def shape(self):
        return {
            "tracks": [
                {
                    "name": str(one.name), "tone": one.tone, "style": one.style, "step": one.step,
                    "points": [
                        [mark.on.isoformat(), *exact([mark.value]), self.said(mark.value), mark.hollow, str(mark.word)]
                        for mark in one.points
                    ],
                }
                for one in self.tracks
            ],
            "band": [[on.isoformat(), *exact([low, high]), f"{self.said(low)} – {self.said(high)}"] for on, low, high in self.band],
            "bandName": str(self.band_name or _("Likely range")),
            "today": self.today.isoformat() if self.today else None,
            "todayWord": _("today"),
        }  # fmt: skip

    @property
    def heads(self):
        band = [self.band_name or _("Likely range")] if self.band else []
        return [_("Day"), *(one.name for one in self.tracks), *band]

    @property
    def rows(self):
        days = sorted({mark.on for one in self.tracks for mark in one.points} | {row[0] for row in self.band})
        found = [{mark.on: mark for mark in one.points} for one in self.tracks]
        ranges = {on: f"{self.said(low)} – {self.said(high)}" for on, low, high in self.band}
        return [
            [date_format(day, "j M Y"), *(self.read(marks.get(day)) for marks in found), *([ranges.get(day, "")] if self.band else [])]
            for day in days
        ]

    def read(self, mark):
        if mark is None:
            return ""
        word = mark.word or (_("not confirmed") if mark.hollow else "")
        return f"{self.said(mark.value)} ({word})" if word else self.said(mark.value)


@dataclass
class Step:
    """A step up or down from the one before; a `total` stands on the ground (its amount is what has been reached)."""

    label: str
    amount: Decimal
    total: bool = False


@dataclass
class Waterfall(Chart):
    """How one figure became another: plan → changes by cause → forecast. Steps add up to each total."""

    kind: ClassVar[str] = "waterfall"

    steps: list[Step] = field(default_factory=list)

    def shape(self):
        reached, drawn = Decimal(0), []
        for step in self.steps:
            start = Decimal(0) if step.total else reached
            reached = step.amount if step.total else reached + step.amount
            drawn.append(
                {"label": str(step.label), "from": format(start, "f"), "to": format(reached, "f"), "total": step.total,
                 "word": self.said(step.amount)}
            )  # fmt: skip
        return {"steps": drawn, "names": {"up": _("more"), "down": _("less"), "total": _("total")}}

    @property
    def heads(self):
        return [_("Step"), self.unit or _("Amount")]

    @property
    def rows(self):
        return [[step.label, self.said(step.amount)] for step in self.steps]
