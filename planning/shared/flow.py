"""Where money flows: from the departments through categories to vendors, as bands whose height is money. Drawn on the
server.

    Flow(_("Where the money flows"), unit="GBP", heads_of=[_("Department"), _("Category"), _("Vendor")],
         streams=[Stream(("Marketing", "Agencies", "Halden & Frost"), Decimal(402000), tone="marketing")])
    {% include "parts/chart.html" with chart=flow %}

A stream goes through one node of every column; its tone is that of the department it starts in. Columns keep the
largest nodes and gather the others. Amounts below zero (credits) have no height: they are in the table only.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar

from django.utils.translation import gettext as _

from .chart_base import Chart
from .templatetags.money import short_money

GAP, WIDE, LEAST, NAMED = 8, 1.2, 1.0, 13
HIGH = 420
MOST = 12


@dataclass(frozen=True)
class Stream:
    """`places` names one node of every column, first to last."""

    places: tuple
    amount: Decimal
    tone: str = "soft"


@dataclass
class Node:
    """A block of one column: where it begins and how high it is, in pixels; `x` in percent of the width."""

    name: str
    column: int
    amount: Decimal
    x: float
    y: float = 0
    height: float = 0
    tone: str = ""

    @property
    def is_named(self) -> bool:
        return self.height >= NAMED

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2 + 4, 1)


@dataclass
class Flow(Chart):
    kind: ClassVar[str] = "flow"
    template: ClassVar[str] = "parts/chart_flow.html"

    heads_of: list = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)

    # ── What is drawn ──
    @property
    def high(self) -> int:
        return HIGH + GAP * MOST

    @property
    def drawn(self) -> dict:
        """{nodes, bands}: blocks with their labels, and the bands between neighbouring columns as SVG paths."""
        streams = self.gathered()
        nodes = self.placed(streams)
        return {"nodes": [self.labelled(one) for one in nodes.values()], "bands": self.bands(streams, nodes)}

    def gathered(self) -> list[Stream]:
        """Streams above zero, with the small nodes of each column as one."""
        streams = [one for one in self.streams if one.amount > 0]
        for column in range(1, len(self.heads_of)):
            sums = defaultdict(Decimal)
            for one in streams:
                sums[one.places[column]] += one.amount
            kept = set(sorted(sums, key=lambda name: -sums[name])[:MOST]) if len(sums) > MOST else set(sums)
            streams = [renamed(one, column, one.places[column] if one.places[column] in kept else _("others"))
                       for one in streams]  # fmt: skip
        return streams

    def placed(self, streams) -> dict:
        """{(column, name): Node}, the largest on top; the first column in the order of its streams."""
        columns, last = len(self.heads_of), max(len(self.heads_of) - 1, 1)
        total = sum((one.amount for one in streams), Decimal(0)) or Decimal(1)
        nodes = {}
        for column in range(columns):
            sums, tones = defaultdict(Decimal), {}
            for one in streams:
                sums[one.places[column]] += one.amount
                tones[one.places[column]] = one.tone
            top = 0.0
            for name in sums if column == 0 else sorted(sums, key=lambda name: (-sums[name], name)):
                height = max(LEAST, float(sums[name] / total) * HIGH)
                x = (100 - WIDE) * column / last
                tone = tones[name] if column == 0 else ""
                nodes[column, name] = Node(name, column, sums[name], x, round(top, 1), round(height, 1), tone)
                top += height + GAP
        return nodes

    def bands(self, streams, nodes) -> list[dict]:
        total = sum((one.amount for one in streams), Decimal(0)) or Decimal(1)
        leaving, arriving = defaultdict(float), defaultdict(float)
        sums = defaultdict(Decimal)
        for one in streams:
            for column in range(len(self.heads_of) - 1):
                sums[column, one.places[column], one.places[column + 1], one.tone] += one.amount
        drawn = []
        for (column, start, end, tone), amount in sorted(sums.items(), key=lambda item: order(item[0], nodes)):
            height = float(amount / total) * HIGH
            first, second = nodes[column, start], nodes[column + 1, end]
            y0, y1 = first.y + leaving[column, start], second.y + arriving[column, end]
            leaving[column, start] += height
            arriving[column, end] += height
            said = f"{start} → {end}: {short_money(amount, self.unit)} {self.unit}"
            drawn.append({"path": band(first.x + WIDE, y0, second.x, y1, height), "tone": tone, "said": said})
        return drawn

    def labelled(self, node) -> dict:
        at_end = node.column == len(self.heads_of) - 1
        return {
            "node": node,
            "x": f"{node.x:.2f}%",
            "label_x": f"{node.x - 0.8 if at_end else node.x + WIDE + 0.8:.2f}%",
            "anchor": "end" if at_end else "start",
            "words": node.name if len(node.name) < 30 else f"{node.name[:28]}…",
            "money": short_money(node.amount, self.unit),
        }

    # ── The same as a table ──
    @property
    def heads(self):
        return [*self.heads_of, self.unit or _("Amount")]

    @property
    def rows(self):
        largest_first = sorted(self.streams, key=lambda one: -one.amount)
        return [[*one.places, self.said(one.amount)] for one in largest_first]


def renamed(stream, column, name) -> Stream:
    places = (*stream.places[:column], name, *stream.places[column + 1 :])
    return Stream(places, stream.amount, stream.tone)


def order(key, nodes):
    """Bands lie in the order of the blocks they join, so that they cross as little as they can."""
    column, start, end, tone = key
    return column, nodes[column, start].y, nodes[column + 1, end].y, tone


def band(x0, y0, x1, y1, height) -> str:
    """A band from (x0, y0) to (x1, y1), as high at both ends."""
    middle, low0, low1 = (x0 + x1) / 2, y0 + height, y1 + height
    upper = f"M{x0:.2f} {y0:.1f}C{middle:.2f} {y0:.1f} {middle:.2f} {y1:.1f} {x1:.2f} {y1:.1f}"
    return f"{upper}V{low1:.1f}C{middle:.2f} {low1:.1f} {middle:.2f} {low0:.1f} {x0:.2f} {low0:.1f}Z"
