"""Values over time: readings, the way to the target, a forecast with its interval. Drawn by the script."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .chart_base import Chart, exact


@dataclass
class Point:
    """A value on a day. `hollow`: disputed or not yet confirmed; drawn as a ring and said in the table. `aside`: too
    early to be compared; said in the table and not drawn, so that it does not set the scale for the others."""

    on: date
    value: Decimal | None
    hollow: bool = False
    word: str = ""
    aside: bool = False


@dataclass
class Track:
    """One line. style: solid, dashed (targets), dotted (forecasts), points (only marks); `step` for stepped targets."""

    name: str
    points: list[Point]
    tone: str = "ink"
    style: str = "solid"
    step: bool = False


@dataclass
class Line(Chart):
    """Tracks on one scale; `band` is a list of (day, low, high) and `today` a dotted mark."""

    kind: ClassVar[str] = "line"

    tracks: list[Track] = field(default_factory=list)
    band: list[tuple] = field(default_factory=list)
    band_name: str = ""
    today: date | None = None

    def shape(self):
        return {
            "tracks": [self.track(one) for one in self.tracks],
            "band": [[on.isoformat(), *exact([low, high]), self.span(low, high)] for on, low, high in self.band],
            "bandName": str(self.band_name or _("Likely range")),
            "today": self.today.isoformat() if self.today else None,
            "todayWord": _("today"),
        }

    def track(self, one) -> dict:
        points = [
            [mark.on.isoformat(), *exact([mark.value]), self.said(mark.value), mark.hollow, str(mark.word)]
            for mark in one.points
            if not mark.aside
        ]
        return {"name": str(one.name), "tone": one.tone, "style": one.style, "step": one.step, "points": points}

    def span(self, low, high) -> str:
        return f"{self.said(low)} – {self.said(high)}"

    @property
    def heads(self):
        band = [self.band_name or _("Likely range")] if self.band else []
        return [_("Day"), *(one.name for one in self.tracks), *band]

    @property
    def rows(self):
        days = {mark.on for one in self.tracks for mark in one.points} | {row[0] for row in self.band}
        found = [{mark.on: mark for mark in one.points} for one in self.tracks]
        if self.band:
            found.append({on: self.span(low, high) for on, low, high in self.band})
        return [[date_format(day, "j M Y"), *(self.read(marks.get(day)) for marks in found)] for day in sorted(days)]

    def read(self, mark) -> str:
        if mark is None or isinstance(mark, str):
            return mark or ""
        word = mark.word or (_("not confirmed") if mark.hollow else "")
        return f"{self.said(mark.value)} ({word})" if word else self.said(mark.value)
