"""What every chart has in common, drawn by the script or on the server."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from django.utils.text import slugify

from planning.shared.wording import amount_text, short_text, unit_words


@dataclass
class Chart:
    """A title, a unit, a sentence that says what to see, and a key that is unique on its page.

    Each kind adds `heads` and `rows`: the same facts as a table, which is always in the page.
    """

    kind: ClassVar[str] = ""
    template: ClassVar[str] = "parts/chart_canvas.html"

    title: str
    unit: str = ""
    note: str = ""
    key: str = ""

    def __post_init__(self):
        self.key = "chart-" + (self.key or slugify(self.title) or self.kind)

    def said(self, value) -> str:
        return amount_text(value, self.unit)

    def said_shortly(self, value) -> str:
        return short_text(value, self.unit)

    @property
    def facts(self) -> dict:
        """What the script draws: plain JSON, numbers as text beside their wording."""
        return {
            "kind": self.kind,
            "title": str(self.title),
            "unit": str(self.unit),
            "thousands": unit_words(),
            **self.shape(),
        }


def exact(values) -> list:
    """Decimals as text, so that no binary float stands between the books and the drawing."""
    return [None if value is None else format(Decimal(value), "f") for value in values]


def percent_of(part, whole) -> str:
    """A length for an SVG attribute: percent_of(1, 8) → "12.5%"."""
    return f"{float(part) / float(whole) * 100:.3f}%" if whole else "0%"
