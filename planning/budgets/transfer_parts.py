"""A transfer in its parts by line, side and month, which sum to zero; and who must agree to it."""

from django.utils.translation import gettext as _

from planning.people.models import Member, Side
from planning.shared.money import ZERO, split
from planning.signoffs.papers import SeatSpec

from .models import Cell, Limits, OwnerSide
from .spreading import cells


def parts_of(giver, taker, amount) -> dict:
    """{(line id, side, month): amount}, the giver's below zero. `giver` and `taker` are revisions in force.

    Money leaves the months still to come (this one included) in proportion to what is free in them, and arrives in
    the same months; on both lines it falls on the sides by the line's own shares.
    """
    months = months_to_come(giver.line.budget)
    weights = free_by_month(giver.line_id, months) or [1] * len(months)
    by_month = split(amount, weights, giver.currency)
    parts = {}
    for revision, sign in ((giver, -1), (taker, 1)):
        for (side, row), part in cells(by_month, revision.weights, revision.currency).items():
            if part:
                parts[revision.line_id, side, months[row]] = sign * part
    return parts


def months_to_come(budget):
    """This month and those after it; the whole year before it starts, its last month once it is over."""
    this = budget.workspace.today().replace(day=1)
    return [month for month in budget.months if month >= this] or budget.months[-1:]


def free_by_month(line_id, months):
    free = dict.fromkeys(months, ZERO)
    for cell in Cell.objects.filter(line=line_id, month__in=months):
        free[cell.month] += max(cell.available, ZERO)
    return list(free.values()) if any(free.values()) else None


def sides_of(revision) -> set:
    """Whose agreement money of this line needs: one side's, or both for a joint line."""
    return (
        {Side.MARKETING, Side.TECHNOLOGY}
        if revision.is_joint or revision.side == OwnerSide.JOINT
        else {Side(revision.side)}
    )


def seats_for_move(giver, taker, amount, member) -> tuple[list[SeatSpec], bool]:
    """(seats, whether the mover may hold one). No seats: the planner moves alone, and the history says so.

    Inside one side: alone below the small limit on one's own side, else one approval by somebody other than the
    mover. Across sides, or touching a joint line: both keys, and finance from its limit on.
    """
    workspace, sides = giver.workspace, sides_of(giver) | sides_of(taker)
    limits = Limits.of(workspace)
    if len(sides) == 1:
        side = sides.pop()
        if amount < limits.small_move and member.side == side:
            return [], True
        return [one_approval(workspace, side, member)], False
    seats = [
        SeatSpec(side, reason=_("It crosses sides or touches a joint line"))
        for side in (Side.MARKETING, Side.TECHNOLOGY)
    ]
    if amount >= limits.finance_move and Member.objects.of(workspace).leads(Side.FINANCE).exists():
        seats.append(SeatSpec(Side.FINANCE, reason=_("The amount reaches finance's limit")))
    return seats, True


def one_approval(workspace, side, mover) -> SeatSpec:
    """A lead of the side; where the mover is the only one, a planner of that side, else finance."""
    reason = _("Inside one side: somebody other than the mover agrees")
    if Member.objects.of(workspace).leads(side).exclude(pk=mover.pk).exists():
        return SeatSpec(side, reason=reason)
    others = [
        one
        for one in Member.objects.of(workspace).active().on(side).order_by("pk")
        if one.can_edit and one.pk != mover.pk
    ]
    return SeatSpec(side, holder=others[0], reason=reason) if others else SeatSpec(Side.FINANCE, reason=reason)
