"""A version as the page draws it: areas, rows and columns with counts, each cell ready, in four queries.

A hundred activities by thirty roles are three thousand cells, so a cell is one f-string and not a template.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .letters import ORDER
from .models import Holding, Letter


@dataclass
class GridColumn:
    """A role with all its holdings of people who are still here, and those who hold it today."""

    role: object
    holdings: list = field(default_factory=list)
    holders: list = field(default_factory=list)
    counts: Counter = field(default_factory=Counter)
    name: str = ""  # as HTML
    empty: str = ""  # the word for an empty cell

    def __post_init__(self):
        self.name, self.empty = escape(self.role.name), escape(_("empty"))


@dataclass
class GridRow:
    activity: object
    letters: dict = field(default_factory=dict)  # role id → letters
    cells: str = ""  # as HTML
    counts: Counter = field(default_factory=Counter)


@dataclass
class Grid:
    """`areas` is [(area, rows)], in the order in which areas first appear."""

    version: object
    columns: list
    areas: list
    editable: bool

    @property
    def rows(self) -> list:
        return [row for _area, rows in self.areas for row in rows]


def grid_of(version, *, editable=False) -> Grid:
    today = version.workspace.today()
    held = holdings_by_role(version)
    columns = [column_of(column.role, held[column.role_id], today) for column in version.columns.select_related("role")]
    rows = {row.pk: GridRow(row) for row in version.activities.select_related("category")}
    cells = Letter.objects.of(version.workspace_id).filter(activity__version=version).order_by("pk")
    for activity, role, letters in cells.values_list("activity_id", "role_id", "letters"):
        rows[activity].letters[role] = letters
    for row in rows.values():
        draw(row, columns, editable)
    areas = defaultdict(list)
    for row in rows.values():
        areas[row.activity.area].append(row)
    return Grid(version, columns, list(areas.items()), editable)


def holdings_by_role(version):
    held = defaultdict(list)
    holdings = Holding.objects.of(version.workspace_id).filter(member__left_at=None)
    for holding in holdings.select_related("member__user").order_by("pk"):
        held[holding.role_id].append(holding)
    return held


def column_of(role, holdings, today) -> GridColumn:
    return GridColumn(role, holdings, [holding.member for holding in holdings if today in holding.days])


def draw(row, columns, editable):
    """Count a row's letters and draw its cells in one piece: a template a cell would take seconds."""
    name, drawn = escape(row.activity.name), []
    said = _("%(activity)s, %(role)s: %(letters)s")
    for column in columns:
        letters = row.letters.get(column.role.pk, "")
        row.counts.update(letters)
        column.counts.update(letters)
        drawn.append(cell(row.activity.pk, name, column, letters, said) if editable else chips(letters))
    row.cells = mark_safe(f"<td>{'</td><td>'.join(drawn)}</td>" if drawn else "")  # noqa: S308 - names are escaped


def cell(activity: int, name: str, column, letters: str, said: str) -> str:
    """A cell that a click cycles: it sends what the person saw, so that nobody overwrites what they did not see."""
    label = said % {"activity": name, "role": column.name, "letters": " ".join(letters) or column.empty}
    place = f"{activity}.{column.role.pk}"
    return (
        f'<button type="submit" name="cell" value="{place}.{letters}" id="cell-{place}" class="cell" '
        f'aria-label="{label}">{chips(letters)}</button>'
    )


def chips(letters):
    return mark_safe("".join(CHIPS[letter] for letter in letters))  # noqa: S308 - letters come from a checked column


CHIPS = {letter: f'<span class="letter letter-{letter.lower()}">{letter}</span>' for letter in ORDER}


def tally(counts: Counter) -> list[tuple[str, int]]:
    """The counts that are not nothing, in the order of the letters."""
    return [(letter, counts[letter]) for letter in ORDER if counts[letter]]


def tally_row(row) -> str:
    """A row's counts, all five, so that they stand below each other; more than one A is marked."""
    counted = "".join(
        f"<span{MARKS[min(row.counts[x], 2) if x == 'A' else min(row.counts[x], 1)]}>"
        f'<span class="visually-hidden">{x} </span>{row.counts[x]}</span>'
        for x in ORDER
    )
    return mark_safe(f'<span class="tally tally-row" id="row-{row.activity.pk}">{counted}</span>')  # noqa: S308


MARKS = (' class="tally-none"', "", ' class="tally-off"')
