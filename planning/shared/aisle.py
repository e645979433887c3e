"""Who waits for whom: two columns of people and the arrows across the aisle between them. Drawn on the server.

    Aisle(_("Who waits for whom"), unit="GBP",
          stands=[Stand("1", "Maya Lindgren", "marketing", _("CMO")), Stand("2", "Daniel Osei", "technology", _("CIO"))],
          arrows=[Arrow("1", "2", amount=Decimal(48000), days=6, what="Personalisation tool", url="/acme/purchases/12/")])
    {% include "parts/chart.html" with chart=aisle %}

An arrow goes from the person who waits to the person whose move it is; `amount` (workspace currency) is its thickness,
`days` its label. People of neither side stand between the columns, at the foot of the aisle.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .chart_base import Chart
from .templatetags.money import short_money

ROW = 68
FOOT = 92
SPREAD = 13
LATE = 5


@dataclass
class Stand:
    """A person in the picture. `key` is any text that arrows refer to."""

    key: str
    name: str
    side: str
    note: str = ""
    url: str = ""


@dataclass
class Arrow:
    """`start` waits for `end`: keys of two stands."""

    start: str
    end: str
    amount: Decimal | None = None
    days: int = 0
    what: str = ""
    url: str = ""


@dataclass
class Aisle(Chart):
    kind: ClassVar[str] = "aisle"
    template: ClassVar[str] = "parts/chart_aisle.html"

    stands: list[Stand] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    def column(self, *sides) -> list[Stand]:
        return [stand for stand in self.stands if stand.side in sides]

    @property
    def left(self):
        return self.column("marketing")

    @property
    def right(self):
        return self.column("technology")

    @property
    def between(self):
        return [stand for stand in self.stands if stand.side not in ("marketing", "technology")]

    @property
    def deep(self) -> int:
        """Height of the two columns in pixels."""
        return max(len(self.left), len(self.right), 1) * ROW

    @property
    def height(self) -> int:
        return self.deep + (FOOT if self.between else 0)

    def places(self) -> dict:
        """Where an arrow may touch each person: x in percent of the aisle's width, y in pixels."""
        found = {stand.key: (0, ROW * at + ROW // 2) for at, stand in enumerate(self.left)}
        found |= {stand.key: (100, ROW * at + ROW // 2) for at, stand in enumerate(self.right)}
        many = len(self.between)
        found |= {stand.key: (100 * (2 * at + 1) / (2 * many), self.deep + 14) for at, stand in enumerate(self.between)}
        return found

    @property
    def drawn(self) -> list[dict]:
        """The arrows as paths in a box 100 wide, with the place and words of their labels."""
        places, ends = self.places(), self.ends()
        most = max((abs(arrow.amount or 0) for arrow in self.arrows), default=0) or 1
        known = [arrow for arrow in self.arrows if arrow.start in places and arrow.end in places]
        return [self.curve(arrow, places, ends, most) for arrow in known]

    def ends(self) -> dict:
        """How far from a person's middle each of their arrows touches, so that several do not lie on each other."""
        places, touching = self.places(), defaultdict(list)
        for at, arrow in enumerate(self.arrows):
            for key, other in ((arrow.start, arrow.end), (arrow.end, arrow.start)):
                touching[key].append((places.get(other, (0, 0))[1], at))
        return {
            (key, at): (order - (len(mine) - 1) / 2) * SPREAD
            for key, mine in touching.items()
            for order, (_y, at) in enumerate(sorted(mine))
        }

    def curve(self, arrow, places, ends, most) -> dict:
        at = self.arrows.index(arrow)
        side = next(stand.side for stand in self.stands if stand.key == arrow.start)
        (x1, y1), (x2, y2) = places[arrow.start], places[arrow.end]
        y1, down = y1 + ends[arrow.start, at], y2 > self.deep
        y2 = y2 if down else y2 + ends[arrow.end, at]
        tip = x2 if down else 97.6 if x2 == 100 else 2.4
        bend = 38 if x1 == x2 == 0 else 62 if x1 == x2 == 100 else 50
        first, second = (bend, y1), ((x2, y1) if down else (bend, y2))
        path = f"M{x1} {y1:.1f}C{first[0]} {first[1]:.1f} {second[0]} {second[1]:.1f} {tip} {y2 - (10 if down else 0):.1f}"
        x, y = along([(x1, y1), first, second, (tip, y2)], 0.3)
        thick = 2 + 6 * float(abs(arrow.amount or 0) / most)
        words = ngettext("%(days)s day", "%(days)s days", arrow.days) % {"days": arrow.days}
        return {
            "path": path, "thick": f"{thick:.1f}", "side": side, "x": f"{x:.2f}%", "y": f"{y:.1f}", "words": words,
            "half": len(words) * 3.6 + 9, "width": len(words) * 7.2 + 18, "late": arrow.days >= LATE, "url": arrow.url,
            "head": {"x": f"{x2}%", "y": f"{y2:.1f}", "turn": 90 if down else 0 if x2 == 100 else 180, "size": f"{0.8 + thick / 10:.2f}"},
            "said": self.sentence(arrow),
        }  # fmt: skip

    def sentence(self, arrow) -> str:
        words = {
            "start": self.name_of(arrow.start), "end": self.name_of(arrow.end), "what": arrow.what, "days": arrow.days,
            "money": f"{short_money(arrow.amount, self.unit)} {self.unit}" if arrow.amount else "",
        }  # fmt: skip
        return _("%(start)s waits for %(end)s: %(what)s %(money)s, %(days)s days") % words

    def name_of(self, key) -> str:
        return next((stand.name for stand in self.stands if stand.key == key), "")

    @property
    def heads(self):
        return [_("Waits"), _("For"), _("What"), self.unit or _("Amount"), _("Days")]

    @property
    def rows(self):
        longest_first = sorted(self.arrows, key=lambda arrow: -arrow.days)
        return [
            [self.name_of(one.start), self.name_of(one.end), one.what, self.said(one.amount), one.days] for one in longest_first
        ]


def along(points, t: float) -> tuple:
    """The point of a cubic curve at `t` between 0 and 1."""
    weights = ((1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t**2, t**3)
    return tuple(sum(weight * point[axis] for weight, point in zip(weights, points, strict=True)) for axis in (0, 1))
