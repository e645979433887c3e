"""The budget on one page: lines grouped and summed, money by state or by month. Three queries, however many lines."""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.templatetags.money import currency_digits

from .models import FundingSide, OwnerSide, Revision
from .spreading import SIDES
from .standing import Figures, by_line, shown_revisions

GROUPS = ("side", "category", "kpi", "vendor")
SHOWS = ("money", "months")


@dataclass
class Row:
    """A line as it is shown: its revision and its figures by side."""

    revision: Revision
    by_side: dict
    agreed: bool

    @property
    def marketing(self) -> Figures:
        return self.by_side[FundingSide.MARKETING]

    @property
    def technology(self) -> Figures:
        return self.by_side[FundingSide.TECHNOLOGY]

    @cached_property
    def both(self) -> Figures:
        return self.marketing + self.technology

    @property
    def months(self) -> list[Decimal]:
        return self.revision.months


@dataclass
class Group:
    label: str
    side: str = ""
    rows: list = field(default_factory=list)

    def summed(self, side) -> Figures:
        return sum((row.by_side[side] for row in self.rows), Figures())

    @cached_property
    def marketing(self) -> Figures:
        return self.summed(FundingSide.MARKETING)

    @cached_property
    def technology(self) -> Figures:
        return self.summed(FundingSide.TECHNOLOGY)

    @cached_property
    def both(self) -> Figures:
        return self.marketing + self.technology

    @cached_property
    def year(self) -> Decimal:
        """The agreed plan before transfers, as the months show it."""
        return sum(self.months, ZERO)

    @cached_property
    def months(self) -> list[Decimal]:
        return [sum(column, ZERO) for column in zip(*(row.months for row in self.rows), strict=True)] or [ZERO] * 12


class Sheet:
    """`grouped_by` side, category, kpi or vendor; `showing` money (states and forecast) or months. Unknown: the
    first.
    """

    def __init__(self, budget, grouped_by="side", showing="money"):
        self.budget = budget
        self.grouped_by = grouped_by if grouped_by in GROUPS else GROUPS[0]
        self.showing = showing if showing in SHOWS else SHOWS[0]

    @cached_property
    def rows(self) -> list[Row]:
        standing = by_line(self.budget) if self.budget.agreed_count else {}
        return [
            Row(revision, standing.get(revision.line_id) or planned(revision), revision.line_id in standing)
            for revision in shown_revisions(self.budget)
        ]

    @cached_property
    def groups(self) -> list[Group]:
        gathered = defaultdict(list)
        for row in self.rows:
            gathered[self.key_of(row.revision)].append(row)
        if self.grouped_by == "side":
            sides = [side for side in OwnerSide if side in gathered]
            return [Group(str(side.label), str(side), gathered[side]) for side in sides]
        return [
            Group(label or _("None"), "", rows)
            for label, rows in sorted(gathered.items(), key=lambda item: (not item[0], item[0].lower()))
        ]

    def key_of(self, revision):
        if self.grouped_by == "side":
            return revision.side
        named = getattr(revision, self.grouped_by)
        return str(named) if named else ""

    @cached_property
    def total(self) -> Group:
        return Group(_("Total"), "", self.rows)

    @cached_property
    def digits(self) -> int:
        """Decimals that the sheet shows: none while every amount is whole, else the currency's, so that sums always
        agree.
        """
        amounts = [amount for row in self.rows for figures in row.by_side.values() for amount in figures.values()]
        amounts += [amount for row in self.rows for amount in row.months]
        whole = all(amount == amount.to_integral_value() for amount in amounts)
        return 0 if whole else currency_digits(self.budget.workspace.currency)

    @cached_property
    def months(self) -> list[dict]:
        """The twelve months with whether they are over."""
        this = self.budget.workspace.today().replace(day=1)
        return [{"month": month, "over": month < this, "here": month == this} for month in self.budget.months]


def planned(revision) -> dict:
    """Figures of a line that is not agreed yet: a plan and nothing else."""
    return {side: Figures(plan=revision.shares[side], forecast=revision.shares[side]) for side in SIDES}
