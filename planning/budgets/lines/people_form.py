"""The people of a line in its form: rows of group, number, months and rate, shown to those who may see them."""

from itertools import groupby

from django.utils.formats import date_format

from planning.shared.money import money_text

from ..models import FundingSide
from .people import as_text, people_of

FIELDS = ("group", "fte", "from", "until", "rate")
OFFERED = 4  # rows of an empty form; a filled one has two more than it needs


class PeopleRows:
    """`may`: whether the member sees and changes them. `locked`: the line is people cost, of people they do not see."""

    def __init__(self, budget, data, revision, member):
        self.budget, self.data, self.revision = budget, data, revision
        self.sealed = bool(revision and revision.is_people)
        sides = [revision.side] if self.sealed else FundingSide.values
        self.may = member is not None and any(member.reads_people_of(side) for side in sides)
        self.locked = self.sealed and not self.may
        self.months = [(f"{month:%Y-%m}", date_format(month, "M Y")) for month in budget.months]

    @property
    def said(self) -> list[dict]:
        """The rows that say anything, as `clean_people` takes them."""
        if self.data is None or not self.may:
            return []
        columns = [self.data.getlist(f"people_{name}") for name in FIELDS]
        rows = [dict(zip(FIELDS, row, strict=True)) for row in zip(*columns, strict=False)]
        for row in rows:
            row["rate"] = row["rate"].replace(",", "").replace("\u00a0", "").replace(" ", "")
        return [row for row in rows if row["group"].strip() or row["fte"].strip() or row["rate"]]

    @property
    def rows(self) -> list[dict]:
        rows = self.said if self.data is not None else self.kept
        return rows + [{}] * max(2, OFFERED - len(rows))

    @property
    def kept(self) -> list[dict]:
        """What the line has: a group whose number changes in the year has several rows."""
        found = people_of([self.revision]).get(self.revision.pk) if self.sealed and self.may else None
        return [row for group in (found.groups if found else ()) for row in self.rows_of(group)]

    def rows_of(self, group):
        runs = groupby(zip(self.budget.months, group.fte, strict=True), key=lambda pair: pair[1])
        for number, run in runs:
            months = [month for month, _number in run]
            if number:
                yield {
                    "group": group.name,
                    "fte": as_text(number),
                    "from": f"{months[0]:%Y-%m}",
                    "until": f"{months[-1]:%Y-%m}",
                    "rate": money_text(group.rate, self.budget.workspace.currency),
                }
