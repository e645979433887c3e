"""How many letters does each person carry, and on how few people do the decisions lie? By the holders of today."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _

from planning.shared.charts import Bars, Series

from ..findings.loads import WEIGHTS
from ..letters import ORDER


@dataclass
class Load:
    """One person: letters over all roles they hold today; `points` are 3A + 2R + C + G."""

    member: object
    counts: Counter = field(default_factory=Counter)
    decides: set = field(default_factory=set)
    over: bool = False

    @property
    def points(self) -> int:
        return sum(WEIGHTS[letter] * count for letter, count in self.counts.items())

    @property
    def tiles(self) -> list[tuple[str, range]]:
        """(letter, as many as there are), in the order of the letters."""
        return [(letter, range(self.counts[letter])) for letter in ORDER if self.counts[letter]]


@dataclass
class Loads:
    """`people` by side, those who carry most first. `middle` is the median of those with any load."""

    people: list[Load]
    middle: Decimal

    def of(self, *sides) -> list[Load]:
        return [one for one in self.people if one.member.side in sides]

    @property
    def sides(self) -> dict[str, list[Load]]:
        return {side: self.of(side) for side in ("marketing", "technology")}

    @property
    def others(self) -> list[Load]:
        return [one for one in self.people if one.member.side not in ("marketing", "technology")]


def loads_in(grid) -> Loads:
    found = {}
    for row in grid.rows:
        for column in grid.columns:
            letters = row.letters.get(column.role.pk, "")
            for member in column.holders if letters else ():
                one = found.setdefault(member.pk, Load(member))
                one.counts.update(letters)
                if "A" in letters:
                    one.decides.add(row.activity.pk)
    people = sorted(found.values(), key=lambda one: (-one.points, one.member.name))
    points = [one.points for one in people if one.points]
    middle = Decimal(str(median(points))) if points else Decimal(0)
    for one in people:
        one.over = 2 * one.points > 3 * middle
    return Loads(people, middle)


def concentration(grid, loads: Loads) -> Bars:
    """The decisions of each person; one has too many with three and half of all."""
    total = sum("A" in letters for row in grid.rows for letters in row.letters.values())
    most = sorted((one for one in loads.people if one.decides), key=lambda one: -len(one.decides))
    half = [one.member.name for one in most if len(one.decides) >= 3 and 2 * len(one.decides) >= total]
    note = _("Nobody decides half of the %(total)s activities.") % {"total": total}
    if half:
        note = _("%(people)s decides at least half of the %(total)s activities.")
        note %= {"people": ", ".join(half), "total": total}
    series = [
        Series(word, [Decimal(len(one.decides)) if one.member.side in sides else None for one in most], tone, "all")
        for word, tone, sides in (
            (_("Marketing"), "marketing", ("marketing",)),
            (_("Technology"), "technology", ("technology",)),
            (_("Others"), "soft", ("finance", "sponsor", "guest")),
        )
    ]
    return Bars(
        _("Who decides how much"),
        _("activities with an A"),
        note=note,
        key="concentration",
        categories=[one.member.name for one in most],
        series=[one for one in series if any(one.values)],
        sideways=True,
    )
