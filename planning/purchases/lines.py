"""Which lines can pay, and what a purchase does to them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, OuterRef, Subquery

from planning.budgets.availability import availabilities
from planning.budgets.lines.spreading import SIDES, shares
from planning.budgets.models import Budget, Revision
from planning.shared.money import ZERO


@dataclass(frozen=True)
class Share:
    """One side of a line, in the workspace's currency: free now, what the purchase takes, free afterwards.

    `promisable` is what the line lets be promised: what is free, and the workspace's tolerance above it.
    """

    side: str
    free: Decimal
    taken: Decimal
    promisable: Decimal

    @property
    def left(self) -> Decimal:
        return self.free - self.taken

    @property
    def short(self) -> Decimal:
        return max(self.taken - self.promisable, ZERO) if self.taken else ZERO

    @property
    def is_tolerated(self) -> bool:
        """More than is free, and yet within the tolerance."""
        return self.taken > max(self.free, ZERO) and not self.short

    @property
    def percent_taken(self) -> int:
        """How much of what is free it takes, 0 to 100, for a bar."""
        if self.free <= 0:
            return 100 if self.taken else 0
        return min(100, round(100 * self.taken / self.free))


@dataclass(frozen=True)
class Effect:
    """What a purchase does to one line: `taken` falls into its year, `forward` into years that are not agreed yet."""

    line_id: int
    name: str
    shares: tuple[Share, ...]
    taken: Decimal
    forward: Decimal

    @property
    def is_short(self) -> bool:
        return any(share.short for share in self.shares)


def agreed_lines(workspace):
    """What is agreed of each line, with its budget."""
    return (
        Revision.objects.of(workspace)
        .in_force()
        .filter(removed=False)
        .select_related("line__budget__workspace", "category__parent__parent")
    )


def open_lines(workspace) -> list[Revision]:
    """What is agreed and open, newest year first, by name: the lines a purchase can be charged to."""
    open_ones = agreed_lines(workspace).exclude(line__budget__state=Budget.State.CLOSED)
    return list(open_ones.order_by("-line__budget__year", "name", "pk"))


def revisions(workspace, line_ids) -> list[Revision]:
    """What is agreed of these lines; one that is not agreed is missing."""
    return list(agreed_lines(workspace).filter(line__in=line_ids).order_by("line_id"))


def category_of(line_ids, workspace, agreed=None):
    """The category of the first of these lines: what a request is about that does not say it. None: it has none."""
    agreed = revisions(workspace, line_ids[:1]) if agreed is None else agreed
    return next((revision.category for revision in agreed if revision.line_id == line_ids[0]), None)


def line_name(path="line"):
    """The name of a line beside a row that points at it: what is agreed, else its draft."""
    newest = Revision.objects.filter(line=OuterRef(path)).order_by(F("in_force").desc(nulls_last=True), "-pk")
    return Subquery(newest.values("name")[:1])


def effects(workspace, worth, agreed, back=None) -> list[Effect]:
    """The effect of `worth` on each of its lines, on the availability of now. `agreed`: their revisions in force;
    `back`: {(line id, side): amount} that is given back first, by what is asked for anew."""
    by_line = {revision.line_id: revision for revision in agreed}
    room = availabilities(workspace, list(by_line))
    for (line_id, side), amount in (back or {}).items():
        if line_id in room:
            for kind in ("available", "promisable"):
                room[line_id]["by_side"][side][kind] += amount
    return [
        effect(by_line[line_id], worth, room[line_id]["by_side"], workspace.currency)
        for line_id in worth.by_line()
        if line_id in by_line
    ]


def effect(revision, worth, by_side, currency) -> Effect:
    last: date = revision.line.budget.months[-1]
    mine = [charge for charge in worth.charges if charge.line_id == revision.line_id]
    free = {side: by_side[side]["available"] for side in SIDES}
    taken = dict.fromkeys(SIDES, ZERO)
    for charge in mine:
        if charge.month <= last:
            for side, part in shares(charge.amount, revision.weights, currency, free).items():
                taken[side] += part
    return Effect(
        revision.line_id,
        revision.name,
        tuple(
            Share(str(side), free[side], taken[side], by_side[side]["promisable"])
            for side in SIDES
            if revision.weights[side] or taken[side]
        ),
        sum(taken.values(), ZERO),
        sum((charge.amount for charge in mine if charge.month > last), ZERO),
    )
