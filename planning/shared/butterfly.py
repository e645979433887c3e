"""Where the money stands: marketing to the left, technology to the right, a row per line. Drawn on the server.

    butterfly = Butterfly(_("Where the money stands"), unit="GBP", rows_of=[
        ButterflyRow("Customer data platform", url="/acme/budgets/lines/7/",
                     marketing=Wing(actual=Decimal(243000), committed=Decimal(187200), free=Decimal(109800),
                                    forecast=Decimal(556000)),
                     technology=Wing(actual=Decimal(162000), committed=Decimal(124800), free=Decimal(73200))),
    ])
    {% include "parts/chart.html" with chart=butterfly %}
    one bar a side: {% include "parts/bar.html" with bar=butterfly.bar_of.marketing %}

All amounts in the workspace's currency, each state of the money counted once: plan = the five together. A negative
`free` means the line is over its plan by as much.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from .chart_base import Chart, percent_of
from .templatetags.money import short_money

ZERO = Decimal(0)
STATES = ("actual", "received", "committed", "reserved", "free")


def state_words() -> dict:
    words = [_("Actual"), _("Received"), _("Committed"), _("Reserved"), _("Free")]
    return dict(zip(STATES, words, strict=True))


@dataclass
class Wing:
    """One side's money on one line, by state; `forecast` for the year is the tick."""

    actual: Decimal = ZERO
    received: Decimal = ZERO
    committed: Decimal = ZERO
    reserved: Decimal = ZERO
    free: Decimal = ZERO
    forecast: Decimal | None = None

    @property
    def used(self) -> Decimal:
        return self.actual + self.received + self.committed + self.reserved

    @property
    def plan(self) -> Decimal:
        return self.used + self.free

    @property
    def over(self) -> Decimal:
        return max(ZERO, -self.free)

    @property
    def reach(self) -> Decimal:
        """How far the wing needs to stretch: plan, used or forecast, whichever is most."""
        return max(self.plan, self.used, self.forecast or ZERO, ZERO)

    def __add__(self, other):
        forecasts = [one.forecast for one in (self, other) if one.forecast is not None]
        sums = {state: getattr(self, state) + getattr(other, state) for state in STATES}
        return Wing(**sums, forecast=sum(forecasts, ZERO) if forecasts else None)


@dataclass
class Bar:
    """A wing on a scale: where each part begins and how wide it is, in percent for SVG. `mirrored` grows leftwards."""

    wing: Wing
    side: str
    unit: str
    scale: Decimal
    mirrored: bool = False

    @property
    def parts(self) -> list[dict]:
        words, start, drawn = state_words(), ZERO, []
        for state in STATES:
            amount = getattr(self.wing, state)
            if amount > 0:
                near, far = self.at(start), self.at(start + amount)
                text = f"{words[state]}: {self.said(amount)}"
                width = percent_of(amount, self.scale)
                drawn.append({"state": state, "x": far if self.mirrored else near, "width": width, "words": text})
                start += amount
        return drawn

    def at(self, amount) -> str:
        return percent_of(self.scale - amount if self.mirrored else amount, self.scale)

    def said(self, amount) -> str:
        return f"{short_money(amount, self.unit)} {self.unit}".strip()

    @property
    def plan_at(self) -> str:
        return self.at(self.wing.plan)

    @property
    def forecast_at(self) -> str:
        """Where the tick stands; nowhere when there is no forecast, or nothing planned, spent and expected at all."""
        return self.at(self.wing.forecast) if self.wing.forecast is not None and self.wing.reach else ""

    @property
    def forecast_words(self) -> str:
        return f"{_('Forecast')}: {self.said(self.wing.forecast)}"


@dataclass
class ButterflyRow:
    label: str
    marketing: Wing = field(default_factory=Wing)
    technology: Wing = field(default_factory=Wing)
    url: str = ""


@dataclass
class Butterfly(Chart):
    """Rows share one scale, so that a longer bar is always more money, whichever side it is on."""

    kind: ClassVar[str] = "butterfly"
    template: ClassVar[str] = "parts/chart_butterfly.html"

    rows_of: list[ButterflyRow] = field(default_factory=list)

    @property
    def scale(self) -> Decimal:
        return max(
            (wing.reach for row in self.rows_of for wing in (row.marketing, row.technology)), default=ZERO
        ) or Decimal(1)

    @property
    def lines(self) -> list[dict]:
        scale, unit = self.scale, self.unit
        return [
            {
                "label": row.label,
                "url": row.url,
                "marketing": Bar(row.marketing, "marketing", unit, scale, mirrored=True),
                "technology": Bar(row.technology, "technology", unit, scale),
            }
            for row in self.rows_of
        ]

    @property
    def whole(self) -> dict:
        """Each side's money over all rows."""
        return {side: sum((getattr(row, side) for row in self.rows_of), Wing()) for side in ("marketing", "technology")}

    @property
    def bar_of(self) -> dict:
        """One bar a side for all rows together, on one scale."""
        whole = self.whole
        scale = max(*(wing.reach for wing in whole.values()), Decimal(1))
        return {side: Bar(wing, side, self.unit, scale) for side, wing in whole.items()}

    @property
    def legend(self) -> list:
        return list(state_words().items())

    @property
    def heads(self):
        return [_("Line"), _("Side"), _("Plan"), *state_words().values(), _("Forecast")]

    @property
    def rows(self):
        sides = {"marketing": _("Marketing"), "technology": _("Technology")}
        return [
            [row.label, word, *(self.said(value) for value in self.figures(getattr(row, side)))]
            for row in self.rows_of
            for side, word in sides.items()
        ]

    @staticmethod
    def figures(wing) -> list:
        return [wing.plan, *(getattr(wing, state) for state in STATES), wing.forecast]
