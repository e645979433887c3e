"""When does a role fall empty? Every role over the year ahead, drawn on the server."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.chart_base import Chart, percent_of


@dataclass
class Stretch:
    """[start, end) with the names of those who hold the role, none when nobody does."""

    start: date
    end: date
    names: list[str]


@dataclass
class Vacancies(Chart):
    """`roles` is [(name, url, [Holding])]; the picture shows `days` from `today` on."""

    kind: ClassVar[str] = "vacancies"
    template: ClassVar[str] = "roles/_vacancies.html"

    today: date = date.min
    days: int = 365
    roles: list = field(default_factory=list)

    @property
    def end(self) -> date:
        return self.today + timedelta(days=self.days)

    def at(self, day) -> str:
        return percent_of(min(max((day - self.today).days, 0), self.days), self.days)

    @property
    def months(self) -> list[dict]:
        first, found = (self.today.replace(day=1) + timedelta(days=32)).replace(day=1), []
        while (self.end - first).days > 14:
            found.append({"x": self.at(first), "word": date_format(first, "M")})
            first = (first + timedelta(days=32)).replace(day=1)
        return found

    @property
    def strips(self) -> list[dict]:
        """Roles with the first vacancy first, then the rest by name."""
        strips = [
            self.strip(name, url, stretches(holdings, self.today, self.end)) for name, url, holdings in self.roles
        ]
        return sorted(strips, key=lambda strip: (strip["vacant"] is None, strip["vacant"] or self.end, strip["name"]))

    def strip(self, name, url, parts):
        drawn = [
            {
                "x": self.at(part.start),
                "width": percent_of((part.end - part.start).days, self.days),
                "held": bool(part.names),
                "words": self.words(part),
            }
            for part in parts
        ]
        vacant = next((part.start for part in parts if not part.names), None)
        return {"name": name, "url": url, "parts": drawn, "vacant": vacant, "said": self.said_of(vacant)}

    def said_of(self, vacant) -> tuple[str, str]:
        """(tone, words)"""
        if vacant is None:
            return "green", _("filled")
        if vacant <= self.today:
            return "red", _("vacant today")
        soon = vacant <= self.today + timedelta(days=30)
        return "amber" if soon else "unknown", _("vacant from %(day)s") % {"day": date_format(vacant, "j M Y")}

    def words(self, part) -> str:
        who = ", ".join(part.names) or _("nobody")
        return f"{who}: {date_format(part.start, 'j M Y')} – {date_format(part.end, 'j M Y')}"

    @property
    def heads(self):
        return [_("Role"), _("State"), _("Holders and gaps of the year ahead")]

    @property
    def rows(self):
        return [
            [strip["name"], strip["said"][1], "; ".join(part["words"] for part in strip["parts"])]
            for strip in self.strips
        ]


def vacancies_of(grid, url_of) -> Vacancies:
    """`url_of` maps a role to its page."""
    return Vacancies(
        _("Roles over the year ahead"),
        note=_("A gap is hatched: nobody is named for those days."),
        key="vacancies",
        today=grid.version.workspace.today(),
        roles=[(column.role.name, url_of(column.role), column.holdings) for column in grid.columns],
    )


def stretches(holdings, first: date, last: date) -> list[Stretch]:
    """[first, last) cut at every day on which a holder comes or goes; neighbours with the same holders are one."""
    edges = {first, last}
    for holding in holdings:
        edges |= {day for day in (holding.days.lower, holding.days.upper) if day and first < day < last}
    days = sorted(edges)
    parts = []
    for start, end in zip(days, days[1:], strict=False):
        names = [holding.member.name for holding in holdings if start in holding.days]
        if parts and parts[-1].names == names:
            parts[-1].end = end
        else:
            parts.append(Stretch(start, end, names))
    return parts
