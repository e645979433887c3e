"""A mid-year cut: how far each side plans above the envelope finance set, and what its lines could give back.

Money is given back by lowering lines in a change request: what both keys agree to leaves the plan.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from planning.shared.money import ZERO

from .models import FundingSide
from .standing import by_line, shown_revisions


@dataclass
class Gap:
    """One side, in the workspace's currency. `gap` is what it plans above the envelope: nothing when it keeps to it,
    or has none. `lines` are (revision, free): what is neither promised nor spent, the most first.
    """

    side: str
    label: str
    plan: Decimal
    envelope: Decimal | None
    lines: list = field(default_factory=list)

    @property
    def gap(self) -> Decimal:
        return max(self.plan - self.envelope, ZERO) if self.envelope is not None else ZERO

    @property
    def free(self) -> Decimal:
        return sum((free for _revision, free in self.lines), ZERO)


def gaps(budget) -> list[Gap]:
    """Marketing, then technology. Two queries."""
    standing, revisions = by_line(budget), shown_revisions(budget)
    return [gap_of(budget, side, standing, revisions) for side in FundingSide]


def gap_of(budget, side, standing, revisions) -> Gap:
    plan = sum((sides[side]["plan"] for sides in standing.values()), ZERO)
    known = [(one, standing[one.line_id][side].available) for one in revisions if one.line_id in standing]
    lines = sorted(((one, free) for one, free in known if free > 0), key=lambda pair: (-pair[1], pair[0].line_id))
    return Gap(str(side), str(side.label), plan, getattr(budget, f"{side}_envelope"), lines)
