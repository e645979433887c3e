"""Spend by two of its facts: rows and columns of vendor, category, month, side, department, line, kind or source.

Everything booked counts, credits taken off; a split row counts by its parts. Amounts in the workspace's currency: what
has no rate yet is counted apart. The largest rows are shown, the others are one row, so the total is the whole.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.models import Side
from planning.shared.money import ZERO
from planning.vendors.models import Vendor

from . import bypass
from .line_names import named
from .models import Entry, Kind, Source

REVISION = (
    " LEFT JOIN budgets_revision r ON r.workspace_id = e.workspace_id AND r.line_id = e.line_id"
    " AND upper_inf(r.in_force)"
)
# key: (words, what Postgres groups by, what it must join for that)
DIMENSIONS = {
    "vendor": (gettext_lazy("Vendor"), "coalesce(e.vendor_id::text, ':' || e.vendor_key)", ""),
    "category": (gettext_lazy("Category"), "e.category_text", ""),
    "month": (gettext_lazy("Month"), "e.month", ""),
    "side": (gettext_lazy("Side"), bypass.SIDE, REVISION),
    "department": (gettext_lazy("Department"), "e.department", ""),
    "line": (gettext_lazy("Budget line"), "e.line_id", ""),
    "kind": (gettext_lazy("Kind"), "e.kind", ""),
    "source": (gettext_lazy("Source"), "e.source_id", ""),
}
ROWS_SHOWN, COLUMNS_SHOWN = 50, 14
OTHERS = "others"
READ = """
WITH sums AS (
    SELECT {row} AS row, {column} AS col, sum(e.converted) AS amount, count(*) AS rows,
           count(*) FILTER (WHERE e.converted IS NULL) AS unconverted
      FROM spend_entry e {joins}
     WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL AND e.waits <> 'split'
       AND (%(first)s::date IS NULL OR e.posting_date >= %(first)s)
       AND (%(last)s::date IS NULL OR e.posting_date <= %(last)s)
     GROUP BY 1, 2
), large AS (
    SELECT row, true AS kept FROM sums GROUP BY row ORDER BY abs(sum(amount)) DESC NULLS LAST, row LIMIT %(most)s
)
SELECT coalesce(large.row::text, ''), large.kept IS NULL AS other,
       sums.col::text, sum(amount), sum(rows), sum(unconverted)
  FROM sums LEFT JOIN large ON large.row IS NOT DISTINCT FROM sums.row GROUP BY 1, 2, 3
"""


@dataclass
class Row:
    key: str
    name: str
    cells: list
    total: Decimal
    rows: int


@dataclass
class Pivot:
    """`columns` are [(key, name)]; cells stand in their order, None where nothing was spent."""

    row: str
    column: str
    columns: list
    rows: list[Row]
    unconverted: int = 0

    @property
    def totals(self) -> list:
        return [sum((row.cells[at] or ZERO for row in self.rows), ZERO) for at in range(len(self.columns))]

    @property
    def total(self) -> Decimal:
        return sum((row.total for row in self.rows), ZERO)

    @property
    def heads(self) -> list:
        return [DIMENSIONS[self.row][0], *(name for _key, name in self.columns), _("Total"), _("Rows")]


def pivot(workspace, row="vendor", column="", first=None, last=None) -> Pivot:
    """The table of `row` by `column` ("" for none) between two days, both included. Unknown keys are not asked."""
    parameters = bypass.parameters(workspace, first, last) if "side" in (row, column) else {}
    parameters |= {"workspace": workspace.pk, "first": first, "last": last, "most": ROWS_SHOWN}
    joins = REVISION if "side" in (row, column) else ""
    sql = READ.format(row=DIMENSIONS[row][1], column=DIMENSIONS[column][1] if column else "NULL", joins=joins)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found = cursor.fetchall()
    return laid_out(workspace, row, column, found)


def laid_out(workspace, row, column, found) -> Pivot:
    sums: dict = {}
    of_column: dict = {}
    for key, other, col, amount, rows, _unconverted in found:
        key = OTHERS if other else key
        one = sums.setdefault(key, {"cells": {}, "total": ZERO, "rows": 0})
        one["cells"][col] = one["cells"].get(col, ZERO) + (amount or ZERO)
        one["total"] += amount or ZERO
        one["rows"] += int(rows)
        of_column[col] = of_column.get(col, ZERO) + abs(amount or ZERO)
    kept = columns_of(column, of_column)
    words = names(workspace, row, [key for key in sums if key != OTHERS])
    heads = names(workspace, column, [key for key in kept if key != OTHERS]) if column else {}
    order = sorted(
        sums, key=(lambda key: key) if row == "month" else lambda key: (key == OTHERS, -abs(sums[key]["total"]))
    )
    rows = [
        Row(
            key,
            called(key, words),
            cells_of(sums[key]["cells"], kept),
            sums[key]["total"],
            sums[key]["rows"],
        )
        for key in order
    ]
    columns = [(key, called(key, heads)) for key in kept]
    return Pivot(row, column, columns, rows, int(sum(one[5] for one in found)))


def called(key, words) -> str:
    """The heading of a row or column: its name as it is written, or what there is instead."""
    return capfirst(_("all others")) if key == OTHERS else words.get(key) or capfirst(_("not said"))


def columns_of(column, sizes) -> list:
    """The keys of the columns: months in their order, the newest when there are many; else the largest first."""
    if not column:
        return []
    if column == "month":
        keys = sorted(sizes, key=lambda key: key or "")
        return ([OTHERS] if len(keys) > COLUMNS_SHOWN else []) + keys[-COLUMNS_SHOWN:]
    keys = sorted(sizes, key=lambda key: (-sizes[key], key or ""))
    return keys[:COLUMNS_SHOWN] + ([OTHERS] if len(keys) > COLUMNS_SHOWN else [])


def cells_of(cells, kept) -> list:
    rest = sum((amount for key, amount in cells.items() if key not in kept), ZERO)
    return [rest or None if key == OTHERS else cells.get(key) for key in kept]


def names(workspace, dimension, keys) -> dict:
    """{key as text: its words}."""
    keys = [key for key in keys if key]
    if dimension == "vendor":
        return vendor_names(workspace, keys)
    if dimension == "month":
        return {key: date_format(date.fromisoformat(key), "M Y") for key in keys}
    if dimension == "line":
        lines = named(workspace)
        return {key: lines.get(int(key), "") for key in keys}
    if dimension == "source":
        return {str(source.pk): source.name for source in Source.objects.of(workspace)}
    if dimension == "kind":
        return {str(key): capfirst(word) for key, word in Kind.choices}
    if dimension == "side":
        return {str(key): capfirst(word) for key, word in Side.choices}
    return dict(zip(keys, keys, strict=True))


def vendor_names(workspace, keys) -> dict:
    known = {str(pk): name for pk, name in Vendor.objects.of(workspace)
             .filter(pk__in=[int(key) for key in keys if key.isdecimal()]).values_list("pk", "name")}  # fmt: skip
    unknown = [key[1:] for key in keys if key.startswith(":")]
    said = Entry.objects.of(workspace).live().filter(vendor=None, vendor_key__in=unknown).order_by()
    spelled = said.values_list("vendor_key", "vendor_name").distinct("vendor_key").order_by("vendor_key", "pk")
    return known | {f":{key}": name for key, name in spelled}


def of_side(entries, workspace, side: str):
    """The rows of `entries` whose side is this one; "" for those of neither."""
    facts = bypass.parameters(workspace, None, None) | {"is_side": "" if side == "none" else side}
    sql, values = bypass.positional(
        f"SELECT e.id FROM spend_entry e {REVISION} WHERE e.workspace_id = %(workspace)s"  # noqa: S608 - our own words
        f" AND ({bypass.SIDE}) = %(is_side)s",
        facts,
    )
    return entries.filter(pk__in=RawSQL(sql, values))  # noqa: S611 - our own words, values apart
