"""Who waits for whom: two columns of people and the arrows across the aisle between them. Drawn on the server.

    Aisle(_("Who waits for whom"), unit="GBP", stands=[
              Stand("1", "Maya Lindgren", "marketing", _("CMO")), Stand("2", "Daniel Osei", "technology", _("CIO"))],
          arrows=[Arrow("1", "2", amount=Decimal(48000), days=6, what="Personalisation tool")])
    {% include "parts/chart.html" with chart=aisle %}

An arrow goes from the person who waits to the person whose move it is; `amount` (workspace currency) is its thickness,
`days` its label. People of neither side stand between the columns, at the foot of the aisle.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from . import curves
from .chart_base import Chart
from .curves import Touch
from .templatetags.money import short_money
from .wording import days_text

ROW = 68
FOOT = 104
STANDS_AT = 40
SPREAD, CARD = 13, 60
LATE = 5


@dataclass
class Stand:
    """A person in the picture. `key` is any text that arrows refer to."""

    key: str
    name: str
    side: str
    note: str = ""


@dataclass
class Arrow:
    """`start` waits for `end` (keys of two stands) since `days` days, over `amount`."""

    start: str
    end: str
    amount: Decimal | None = None
    days: int = 0
    what: str = ""


@dataclass
class Aisle(Chart):
    kind: ClassVar[str] = "aisle"
    template: ClassVar[str] = "parts/chart_aisle.html"

    stands: list[Stand] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    # ── Where people stand ──
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

    @property
    def touches(self) -> dict[str, Touch]:
        foot, many = self.deep + STANDS_AT, len(self.between)
        rows = [(self.left, 0.0), (self.right, 100.0)]
        found = {one.key: Touch(x, ROW * at + ROW / 2) for stands, x in rows for at, one in enumerate(stands)}
        between = enumerate(self.between)
        return found | {one.key: Touch(100 * (2 * at + 1) / (2 * many), foot, foot=True) for at, one in between}

    # ── How the arrows run ──
    @property
    def drawn(self) -> list[dict]:
        """The arrows as paths, thickest first so that thin ones stay visible, with their heads and labels."""
        touches = self.touches
        known = [arrow for arrow in self.arrows if arrow.start in touches and arrow.end in touches]
        beside = spread(known, touches)
        most = max((abs(arrow.amount or 0) for arrow in known), default=0) or 1
        drawn, taken = [], []
        for at, arrow in enumerate(known):
            start, end = touches[arrow.start].moved(beside[at, "start"]), touches[arrow.end].moved(beside[at, "end"])
            drawn.append(self.draw(arrow, start, end, most, taken))
        return sorted(drawn, key=lambda one: -one["thick"])

    def draw(self, arrow, start: Touch, end: Touch, most, taken) -> dict:
        curve = curves.points(start, end)
        x, y = curves.free_place(curve, taken)
        thick = round(2 + 6 * float(abs(arrow.amount or 0) / most), 1)
        return {
            "path": curves.path(curve),
            "thick": thick,
            "side": next(stand.side for stand in self.stands if stand.key == arrow.start),
            "said": self.sentence(arrow),
            "late": arrow.days >= LATE,
            "label": label(x, y, arrow.days),
            "head": {"x": f"{end.x:.2f}%", "y": f"{end.y:.1f}", "turn": end.turn, "size": f"{0.8 + thick / 10:.2f}"},
        }

    # ── The same in words ──
    def sentence(self, arrow) -> str:
        words = {"start": self.name_of(arrow.start), "end": self.name_of(arrow.end), "what": arrow.what}
        money = f", {short_money(arrow.amount, self.unit)} {self.unit}" if arrow.amount else ""
        return _("%(start)s waits for %(end)s: %(what)s") % words + money + f", {days_text(arrow.days)}"

    def name_of(self, key) -> str:
        return next((stand.name for stand in self.stands if stand.key == key), "")

    @property
    def heads(self):
        return [_("Waits"), _("For"), _("What"), self.unit or _("Amount"), _("Days")]

    @property
    def rows(self):
        longest_first = sorted(self.arrows, key=lambda arrow: -arrow.days)
        return [
            [self.name_of(one.start), self.name_of(one.end), one.what, self.said(one.amount), one.days]
            for one in longest_first
        ]


def spread(arrows, touches) -> dict:
    """How far from each person's middle their arrows touch, in order of where these come from; all on the card."""
    meeting = defaultdict(list)
    for at, arrow in enumerate(arrows):
        meeting[arrow.start].append((touches[arrow.end].y, at, "start"))
        meeting[arrow.end].append((touches[arrow.start].y, at, "end"))
    return {
        (at, which): (order - (len(mine) - 1) / 2) * min(SPREAD, CARD / len(mine))
        for mine in meeting.values()
        for order, (_y, at, which) in enumerate(sorted(mine))
    }


def label(x: float, y: float, days: int) -> dict:
    words = days_text(days)
    width = len(words) * 7.2 + 18
    short = pgettext("days, short", "%(days)s d") % {"days": days} if days else words
    return {"x": f"{x:.2f}%", "y": f"{y:.1f}", "words": words, "short": short, "left": -width / 2, "width": width}
