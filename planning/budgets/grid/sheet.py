"""Every line of a budget with its figures by side, for files. Two queries, however many lines."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ..lines.spreading import SIDES
from ..models import FundingSide, Revision
from ..standing import Figures, by_line, shown_revisions


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


class Sheet:
    """All lines of a budget, by name."""

    def __init__(self, budget):
        self.budget = budget

    @cached_property
    def rows(self) -> list[Row]:
        standing = by_line(self.budget) if self.budget.agreed_count else {}
        return [
            Row(revision, standing.get(revision.line_id) or planned(revision), revision.line_id in standing)
            for revision in shown_revisions(self.budget)
        ]


def planned(revision) -> dict:
    """Figures of a line that is not agreed yet: a plan and nothing else."""
    return {side: Figures(plan=revision.shares[side], forecast=revision.shares[side]) for side in SIDES}
