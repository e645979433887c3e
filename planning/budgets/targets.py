"""The target from above beside the plan from below, and what of it no line has yet."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from planning.shared.money import ZERO

from .lines.spreading import SIDES
from .models import FundingSide, Target
from .standing import shown_revisions


@dataclass
class Row:
    """One target, amounts in the workspace's currency. `held` is what placeholder lines hold of the plan."""

    target: Target
    planned: Decimal
    held: Decimal

    @property
    def unallocated(self) -> Decimal:
        """Wanted and on no line; below zero, the plan is above the target."""
        return self.target.amount - self.planned


def rows(budget) -> list[Row]:
    """Every target of the budget, marketing's first, the whole year before its categories. Two queries.

    A category's plan counts its leaves. The plan is what the budget's page shows: in force, or drafted before the first
    agreement.
    """
    targets = budget.targets.select_related("category").order_by("side", "category__name", "pk")
    planned, held = sums(budget)
    order = {side: row for row, side in enumerate(SIDES)}
    found = [
        Row(target, planned[target.side, target.category_id], held[target.side, target.category_id])
        for target in targets
    ]
    return sorted(found, key=lambda row: (order[FundingSide(row.target.side)], row.target.category is not None))


def sums(budget):
    """({(side, category id or None): planned}, the same of placeholder lines)."""
    planned, held = defaultdict(lambda: ZERO), defaultdict(lambda: ZERO)
    for revision in shown_revisions(budget):
        for side in SIDES:
            for category in {None, revision.category_id, revision.category.parent_id}:
                planned[str(side), category] += revision.shares[side]
                if revision.placeholder:
                    held[str(side), category] += revision.shares[side]
    return planned, held
