"""A transfer in its parts by line, side and month, which sum to zero; and who must agree to it."""

from django.utils.translation import gettext as _

from planning.people.models import Member, Side
from planning.shared.money import ZERO, split
from planning.signoffs.papers import SeatSpec

from ..lines.spreading import cells
from ..models import Cell, Limits, OwnerSide


def parts_of(moved: dict) -> dict:
    """{(line id, side, month): amount} of {revision in force: amount}, givers below zero; each month sums to zero.

    Money leaves the months still to come (this one included) in proportion to what is free in them, and arrives in
    the same months; on every line it falls on the sides by the line's own shares.
    """
    months = months_to_come(next(iter(moved)).line.budget)
    parts, left = {}, [ZERO] * len(months)
    for giver, amount in moved.items():
        if amount < 0:
            weights = free_by_month(giver.line_id, months) or [1] * len(months)
            by_month = split(-amount, weights, giver.currency)
            left = [one + more for one, more in zip(left, by_month, strict=True)]
            parts |= placed(giver, by_month, months, -1)
    for taker, amount in moved.items():
        if amount > 0:
            by_month = split(amount, left, taker.currency)
            left = [one - less for one, less in zip(left, by_month, strict=True)]
            parts |= placed(taker, by_month, months, 1)
    return parts


def placed(revision, by_month, months, sign) -> dict:
    return {
        (revision.line_id, side, months[row]): sign * part
        for (side, row), part in cells(by_month, revision.weights, revision.currency).items()
        if part
    }


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


def seats_for_move(revisions, amount, member) -> tuple[list[SeatSpec], bool]:
    """(seats, whether the mover may hold one) for the lines it touches. No seats: the planner moves alone, and the
    history says so.

    Inside one side: alone below the small limit on one's own side, else one approval by somebody other than the
    mover. Across sides, or touching a joint line: both keys, and finance from its limit on.
    """
    workspace, sides = member.workspace, set().union(*(sides_of(revision) for revision in revisions))
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
