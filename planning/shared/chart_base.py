"""What every chart has in common, drawn by the script or on the server."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.text import slugify

from planning.shared.wording import amount_text


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

    @property
    def facts(self) -> dict:
        """What the script draws: plain JSON, numbers as text beside their wording."""
        return {"kind": self.kind, "title": str(self.title), "unit": str(self.unit), **self.shape()}


def percent_of(part, whole) -> str:
    """A length for an SVG attribute: percent_of(1, 8) → "12.5%"."""
    return f"{float(part) / float(whole) * 100:.3f}%" if whole else "0%"
