"""Charts as data: what is drawn, and the same as rows of a table, so that nobody has to see the picture.

    chart = Bars(_("Variance by side"), unit="GBP", categories=[_("Marketing"), _("Technology")],
                 series=[Series(_("Plan"), [Decimal(3498000), Decimal(2502000)], tone="soft"),
                         Series(_("Actual"), [Decimal(1600000), Decimal(1110000)], tone="ink")])
    {% include "parts/chart.html" with chart=chart %}

Values are Decimal or None and leave as text with their wording; the script turns them into lengths and nothing else.
`unit` is a currency code, "%" or any word.
Tones: marketing, technology, ink, soft, achieved, green, amber, red, unknown.
Lines over time live in timeline.py, the pictures drawn on the server in butterfly.py, aisle.py and runway.py; all of
them are imported from here.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from .aisle import Aisle, Arrow, Stand
from .butterfly import Butterfly, ButterflyRow, Wing
from .chart_base import Chart, exact
from .runway import Contract, Runway
from .timeline import Line, Point, Track

__all__ = [
    "Aisle",
    "Arrow",
    "Bars",
    "Butterfly",
    "ButterflyRow",
    "Contract",
    "Line",
    "Point",
    "Runway",
    "Series",
    "Stand",
    "Step",
    "Track",
    "Waterfall",
    "Wing",
]


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
            "series": [self.one(series) for series in self.series],
        }

    def one(self, series) -> dict:
        said = {"values": exact(series.values), "words": [self.said(value) for value in series.values]}
        return {"name": str(series.name), "tone": series.tone, "stack": series.stack, **said}

    @property
    def heads(self):
        return ["", *(one.name for one in self.series)]

    @property
    def rows(self):
        return [[name, *(self.said(one.values[at]) for one in self.series)] for at, name in enumerate(self.categories)]


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
            drawn.append(self.drawn(step, start, reached))
        return {"steps": drawn}

    def drawn(self, step, start, reached) -> dict:
        sign = "+" if step.amount > 0 and not step.total else ""
        return {
            "label": str(step.label),
            "from": format(start, "f"),
            "to": format(reached, "f"),
            "total": step.total,
            "word": self.said(step.amount),
            "short": sign + self.said_shortly(step.amount),
        }

    @property
    def heads(self):
        return [_("Step"), self.unit or _("Amount")]

    @property
    def rows(self):
        return [[step.label, self.said(step.amount)] for step in self.steps]
