"""Which row of the matrix in force governs a thing, and who stands in it today?"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Prefetch, Subquery

from planning.people.models import Member

from ..letters import ORDER
from ..models import Activity, Column, Holding, Letter, Version

# What governs a thing when no row names it by itself: a transfer is a budget change.
ELSE = {"transfer": ["budget"]}


@dataclass(frozen=True)
class Stand:
    """One letter of one role in the row, and who holds the role today: the first named of several, or nobody."""

    letter: str
    role: str
    name: str
    side: str
    member: Member | None


@dataclass(frozen=True)
class Row:
    """A row with its people of one day, in the order of the letters and then of the columns."""

    activity: Activity
    stands: tuple[Stand, ...]

    def of(self, *letters) -> list[Stand]:
        return [stand for stand in self.stands if stand.letter in letters]

    def snapshot(self) -> dict:
        """The row as it read: {version, row, key, band, seats: [{letter, role, key, side, holder}]}. People are ids."""
        return {
            "version": self.activity.version.number,
            "row": self.activity.name,
            "key": self.activity.key,
            "from": self.activity.low,
            "to": self.activity.high,
            "seats": [
                {
                    "letter": stand.letter,
                    "role": stand.name,
                    "key": stand.role,
                    "side": stand.side,
                    "holder": stand.member and stand.member.pk,
                }
                for stand in self.stands
            ],
        }


def row_for(workspace, kind: str, amount: Decimal | None = None, category=None, domain: str = "") -> Row | None:
    """The row that governs a thing of `kind` (Activity.Routes) worth `amount` (workspace's currency), today.

    A row for one kind of spend governs nothing else: its category is that of the thing or a branch above it, or its
    domain the thing's. Of those that fit, the one for the nearest category comes first, then one whose area is called
    like the category, then one for the domain, then one with a band, then the upper one. None when no matrix is in
    force or none of its rows governs such things: the room's own rule decides then.
    """
    branch = branch_of(category)
    for name in [kind, *ELSE.get(kind, ())]:
        rows = [row for row in governing(workspace, routes=name) if amount is None or row.covers(amount)]
        rows = [row for row in rows if fits(row, branch, domain)]
        if rows:
            return read(min(rows, key=lambda row: closeness(row, branch)))
    return None


def branch_of(category) -> list:
    """A category and the branches above it, its own first."""
    found = []
    while category is not None and category not in found:
        found.append(category)
        category = category.parent
    return found


def fits(row, branch, domain) -> bool:
    """Whether a row is for this spend: for any, for its category or a branch above, or for its domain."""
    if row.category_id:
        return any(one.pk == row.category_id for one in branch)
    return not row.domain or row.domain == domain


def closeness(row, branch) -> tuple:
    """What is closest comes first: of rows that fit."""
    steps = [at for at, one in enumerate(branch) if one.pk and one.pk == row.category_id]
    return (steps[0] if steps else len(branch), not about(row, branch), not row.domain, not row.banded, row.number)


def row_of(workspace, activity_id) -> Row | None:
    """One row of the matrix in force by its id."""
    found = governing(workspace, pk=activity_id).first()
    return found and read(found)


def governing(workspace, **which):
    """Rows of the matrix in force, with their letters from left to right, roles and the holders of today."""
    today = workspace.today()
    column = Column.objects.filter(version=OuterRef("activity__version"), role=OuterRef("role")).values("number")[:1]
    from_left = Letter.objects.select_related("role").alias(column=Subquery(column)).order_by("column", "pk")
    held = Holding.objects.of(workspace).on(today).select_related("member__user", "member__workspace").order_by("pk")
    return (
        Activity.objects.of(workspace)
        .filter(version__in=Version.objects.of(workspace).in_force(today), **which)
        .select_related("version", "category")
        .prefetch_related(
            Prefetch("cells", from_left),
            Prefetch("cells__role__holdings", held, to_attr="held_today"),
        )
        .order_by("number", "pk")
    )


def about(row, branch) -> bool:
    """Whether a row's area is called like the category, or like a branch above it."""
    return bool(row.area) and any(row.area.casefold() == str(one).casefold() for one in branch)


def read(activity) -> Row:
    stands = [
        Stand(letter, cell.role.key, cell.role.name, cell.role.side, first_of(cell.role, letter))
        for letter in ORDER
        for cell in activity.cells.all()
        if letter in cell.letters
    ]
    return Row(activity, tuple(stands))


def first_of(role, letter) -> Member | None:
    """Who decides must be able to; whoever holds the role may work, be asked and be told."""
    able = [held.member for held in role.held_today if held.member.can_edit or letter in "RCI"]
    return next((member for member in able if not member.is_guest), None)
