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


def row_for(workspace, kind: str, amount: Decimal | None = None, category=None) -> Row | None:
    """The row that governs a thing of `kind` (Activity.Routes) worth `amount` (workspace's currency), today.

    A row about its category comes first, then one with a band, then the upper one. None when no matrix is in force or
    none of its rows governs such things: the room's own rule decides then.
    """
    for name in [kind, *ELSE.get(kind, ())]:
        rows = [row for row in governing(workspace, routes=name) if amount is None or row.covers(amount)]
        if rows:
            return read(min(rows, key=lambda row: (not about(row, category), not row.banded, row.number)))
    return None


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
        .select_related("version")
        .prefetch_related(
            Prefetch("cells", from_left),
            Prefetch("cells__role__holdings", held, to_attr="held_today"),
        )
        .order_by("number", "pk")
    )


def about(row, category) -> bool:
    """Whether a row's area is the category, or a branch above it."""
    while category is not None:
        if row.area and row.area.casefold() == str(category).casefold():
            return True
        category = getattr(category, "parent", None)
    return False


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
