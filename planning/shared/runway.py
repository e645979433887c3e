"""Money that renews by itself: each contract on the way to the last day it can be stopped. Drawn on the server.

    Runway(_("Money that renews by itself"), unit="GBP", today=workspace.today(), contracts=[
        Contract("Customer data platform", opt_out=date(2026, 11, 14), renews=date(2027, 2, 1), amount=Decimal(312000),
                 url="/acme/vendors/contracts/3/"), …])

Sorted by the opt-out date. The dot stands on that day, its area is the money, the hatched way behind it is too late.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .chart_base import Chart, percent_of

SOON, NEAR = 30, 90
ROOM_FOR_A_WORD = 14


@dataclass
class Contract:
    """`opt_out`: last day to stop it; `renews`: first day of the next term; `decided`: somebody has said what to do."""

    name: str
    opt_out: date
    renews: date
    amount: Decimal
    url: str = ""
    decided: bool = False


@dataclass
class Runway(Chart):
    kind: ClassVar[str] = "runway"
    template: ClassVar[str] = "parts/chart_runway.html"

    today: date = date.min
    days: int = 365
    contracts: list[Contract] = field(default_factory=list)

    @property
    def sorted(self):
        return sorted(self.contracts, key=lambda one: (one.opt_out, -one.amount))

    def at(self, day) -> str:
        return percent_of(min(max((day - self.today).days, 0), self.days), self.days)

    @property
    def months(self) -> list[dict]:
        """The first of each month on the way, for the scale above."""
        first = (self.today.replace(day=1) + timedelta(days=32)).replace(day=1)
        found = []
        while (first - self.today).days < self.days - ROOM_FOR_A_WORD:
            found.append({"x": self.at(first), "word": date_format(first, "M")})
            first = (first + timedelta(days=32)).replace(day=1)
        return found

    @property
    def strips(self) -> list[dict]:
        most = max((one.amount for one in self.contracts), default=Decimal(0)) or Decimal(1)
        return [self.strip(one, most) for one in self.sorted if (one.opt_out - self.today).days <= self.days]

    def strip(self, one, most):
        left = (one.opt_out - self.today).days
        start, end = max(left, 0), min(max((one.renews - self.today).days, 0), self.days)
        return {
            "contract": one,
            "x": self.at(one.opt_out),
            "late_width": percent_of(max(end - start, 0), self.days),
            "radius": f"{4 + 7 * sqrt(one.amount / most):.1f}",
            "tone": tone(one, left),
            "words": self.words(one, left),
        }

    def words(self, one, left) -> str:
        if one.decided:
            return _("decided")
        if left < 0:
            return _("too late to stop")
        return ngettext("%(days)s day to stop it", "%(days)s days to stop it", left) % {"days": left}

    @property
    def heads(self):
        return [_("Contract"), _("Last day to stop it"), _("Renews on"), self.unit or _("Amount"), _("State")]

    @property
    def rows(self):
        return [
            [
                one.name,
                date_format(one.opt_out, "j M Y"),
                date_format(one.renews, "j M Y"),
                self.said(one.amount),
                self.words(one, (one.opt_out - self.today).days),
            ]
            for one in self.sorted
        ]


def tone(contract, left: int) -> str:
    if contract.decided:
        return "green"
    return "red" if left <= SOON else "amber" if left <= NEAR else "unknown"
