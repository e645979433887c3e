"""Unspent months: what lines planned for months that are over and neither spent nor promised, and where it can go.

Per line and side it is what those months together left (a month over plan eats what another left), and never more than
the side still has available. Amounts in the workspace's currency.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.money import ZERO, split
from planning.shared.refusals import Refused

from .lines.spreading import SIDES
from .models import Balance, Cell, FundingSide, Revision
from .standing import shown_revisions
from .transfers.parts import months_to_come


@dataclass
class Unspent:
    """`months` is {(side, month): amount}, amounts above zero."""

    revision: Revision
    months: dict = field(default_factory=dict)

    @property
    def by_side(self) -> dict:
        return {
            side: sum((amount for (one, _month), amount in self.months.items() if one == side), ZERO) for side in SIDES
        }

    @property
    def marketing(self) -> Decimal:
        return self.by_side[FundingSide.MARKETING]

    @property
    def technology(self) -> Decimal:
        return self.by_side[FundingSide.TECHNOLOGY]

    @property
    def total(self) -> Decimal:
        return sum(self.months.values(), ZERO)


def unspent(budget) -> list[Unspent]:
    """A row for each agreed line with unspent months, by name. Three queries; none before the first month is over."""
    workspace, this = budget.workspace, budget.workspace.today().replace(day=1)
    revisions = shown_revisions(budget) if budget.agreed_count else []
    left, room = {}, {}
    for balance in Balance.objects.of(workspace).filter(line__budget=budget):
        room[balance.line_id, balance.side] = balance.available
    for cell in Cell.objects.of(workspace).filter(line__budget=budget, month__lt=this).order_by("month"):
        left.setdefault((cell.line_id, cell.side), {})[cell.month] = cell.available
    rows = []
    for revision in revisions:
        row = Unspent(revision)
        for side in SIDES:
            key = (revision.line_id, str(side))
            row.months |= placed(side, left.get(key, {}), room.get(key, ZERO), workspace.currency)
        if row.months:
            rows.append(row)
    return rows


def placed(side, months, room, currency) -> dict:
    """{(side, month): amount}: what the months left together, taken from those that left something."""
    amount = min(sum(months.values(), ZERO), room)
    if amount <= 0:
        return {}
    free = [max(one, ZERO) for one in months.values()]
    return {(side, month): part for month, part in zip(months, split(amount, free, currency), strict=True) if part}


def chosen(budget, line_ids) -> list[Unspent]:
    """The rows of these lines. Refused: a line without unspent months, no line at all."""
    rows, wanted = unspent(budget), {int(line_id) for line_id in line_ids}
    found = [row for row in rows if row.revision.line_id in wanted]
    if not found or len(found) < len(wanted):
        raise Refused(_("Choose lines with months that are over and not spent."), "lines")
    return found


def parts_into(rows, taker, months) -> dict:
    """{(line id, side, month): amount} of a transfer: out of the months that are over, into `months` of the line
    `taker` (a revision), each side's money staying that side's. Refused: a line that a giving side does not pay for.
    """
    parts = {}
    for row in rows:
        for (side, month), amount in row.months.items():
            parts[row.revision.line_id, str(side), month] = -amount
    for side in SIDES:
        amount = sum((row.by_side[side] for row in rows), ZERO)
        if amount and not taker.weights[side]:
            raise Refused(
                _("“%(line)s” is not paid by %(side)s, which gives a part of it.")
                % {"line": taker, "side": side.label.lower()},
                "taker",
            )
        for month, part in zip(months, split(amount, [1] * len(months), taker.currency), strict=True):
            if part:
                parts[taker.line_id, str(side), month] = part
    return parts


def later(row, budget) -> list[Decimal]:
    """The line's twelve months with what was not spent moved evenly to the months to come; the total stays."""
    months, moved, currency = list(row.revision.months), ZERO, row.revision.currency
    for at, month in enumerate(budget.months):
        unspent_here = sum((amount for (_side, one), amount in row.months.items() if one == month), ZERO)
        taken = min(unspent_here, months[at])
        months[at] -= taken
        moved += taken
    ahead = [budget.months.index(month) for month in months_to_come(budget)]
    for at, part in zip(ahead, split(moved, [1] * len(ahead), currency), strict=True):
        months[at] += part
    return months
