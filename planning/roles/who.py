"""Who decides? The matrix in force, the holders of the day, the amount's band. Read by the rooms above."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Subquery

from planning.people.models import Member

from .models import Activity, Column, Holding, Letter, Role, Version

DECIDING = "AG"  # who decides, then who must agree
SPECIALISTS = ("security", "legal")


@dataclass(frozen=True)
class Answer:
    """The row and role that answer for a seat. `member` is None when the role is vacant that day."""

    activity: Activity
    role: Role
    letter: str
    member: Member | None


def decides(workspace, seat: str, amount: Decimal, category=None) -> Member | None:
    """The person whom the matrix in force names for `seat` of a purchase of `amount` (workspace's currency, net total).

    `seat` is marketing, technology, finance, security or legal. None when no matrix is in force, no row's band holds
    the amount, no role of that seat decides or must agree there, or the role is vacant today: the caller's own fallback
    (a lead, whose authority is unlimited) takes the seat. `answer` says which of these it was.
    """
    found = answer(workspace, seat, amount, category)
    return found.member if found else None


def answer(workspace, seat: str, amount: Decimal, category=None) -> Answer | None:
    """The same with the row and the role it came from; None when the matrix does not say."""
    return answers(workspace, [seat], amount, category)[seat]


def answers(workspace, seats, amount: Decimal, category=None) -> dict[str, Answer | None]:
    """The same for several seats at once, in a constant number of queries."""
    covering = [row for row in rows_in_force(workspace) if row.covers(amount)]
    covering.sort(key=lambda row: (not about(row, category), not row.banded, row.number))
    return {seat: next(filter(None, (seat_in(row, seat) for row in covering)), None) for seat in seats}


def rows_in_force(workspace):
    """The rows that route purchases today, with their letters from left to right, roles and the holders of today."""
    today = workspace.today()
    held = Holding.objects.of(workspace).on(today).select_related("member__user").order_by("pk")
    column = Column.objects.filter(version=OuterRef("activity__version"), role=OuterRef("role")).values("number")[:1]
    from_left = Letter.objects.select_related("role").alias(column=Subquery(column)).order_by("column", "pk")
    return (
        Activity.objects.of(workspace)
        .filter(version__in=Version.objects.of(workspace).in_force(today), routes=Activity.Routes.PURCHASE)
        .select_related("version")
        .prefetch_related(
            Prefetch("cells", from_left),
            Prefetch("cells__role__holdings", held, to_attr="held_today"),
        )
    )


def about(row, category) -> bool:
    """Whether a row's area is the category, or a branch above it."""
    while category is not None:
        if row.area and row.area.casefold() == str(category).casefold():
            return True
        category = getattr(category, "parent", None)
    return False


def seat_in(row, seat) -> Answer | None:
    """The role of `seat` that decides in a row, else the one that must agree there; the leftmost of several."""
    cells = [cell for cell in row.cells.all() if sits(cell.role, seat)]
    for letter in DECIDING:
        for cell in cells:
            if letter in cell.letters:
                return Answer(row, cell.role, letter, holder(cell.role))
    return None


def sits(role, seat) -> bool:
    """A side's seat is for that side's roles; security's and legal's for the roles of that key, on any side."""
    return role.key == seat if seat in SPECIALISTS else role.side == seat and role.key not in SPECIALISTS


def holder(role, day=None) -> Member | None:
    """Who holds a role on a day (default today) and may decide; the one named first, when there are several."""
    held = getattr(role, "held_today", None) if day is None else None
    if held is None:
        on = day or role.workspace.today()
        held = (
            Holding.objects.of(role.workspace_id).on(on).filter(role=role).select_related("member__user").order_by("pk")
        )
    return next((holding.member for holding in held if holding.member.can_edit), None)
