"""Unapproved technology spend: technology bought without an approved request before the vendor's first payment.

Technology is what the ledger's category says (a person's word before a guess), else what the line's category says. What
neither says is unknown and shown apart, never counted as zero. Refunds are net; a vendor is one, however it is spelled;
a row of a name that no vendor carries has no request, unless it is the invoice of one that was approved by then. What
was paid after a vendor was adopted (amnesty.py) counts as asked for; what was paid before stays what it was. Amounts in
the workspace's currency; days inclusive.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models.expressions import RawSQL

from planning.people.scope import whole_rows
from planning.shared.money import ZERO

from .recharge import payers

# What can be asked of what was judged: how Postgres says it, and the columns that it tells apart. The side is the one
# whose department paid, else whose line it is on alone; the department and the category are the ledger's own words.
DIMENSIONS = {
    "month": ("j.month", ["month"]),
    "side": ("j.side", ["department"]),
    "department": ("j.department", ["department"]),
    "category": ("j.category_text", []),
    "vendor": ("coalesce(j.vendor_id::text, 'name:' || j.vendor_key)", ["vendor_key"]),
}
SIDE = """CASE WHEN e.department = ANY(%(marketing)s) THEN 'marketing'
                WHEN e.department = ANY(%(technology)s) THEN 'technology'
                WHEN r.marketing_weight = 100 THEN 'marketing' WHEN r.marketing_weight = 0 THEN 'technology'
                ELSE '' END"""
# Rows that are judged alike are added up before anybody asks what they are: a million rows are a few hundred sums. What
# is asked of each row is a join: Postgres does not share out a look at rows that asks a question of its own for each.
JUDGED = """
WITH adopted AS NOT MATERIALIZED (
    SELECT vendor_id, min(decided_on) AS day FROM spend_amnesty
     WHERE workspace_id = %(workspace)s AND state = 'adopted' GROUP BY vendor_id
), requests AS NOT MATERIALIZED (
    SELECT id, (approved_at AT TIME ZONE %(zone)s)::date AS day FROM purchases_purchase
     WHERE workspace_id = %(workspace)s AND approved_at IS NOT NULL
), approved AS MATERIALIZED (
    SELECT vendor_id, min((approved_at AT TIME ZONE %(zone)s)::date) AS day FROM purchases_purchase
     WHERE workspace_id = %(workspace)s AND approved_at IS NOT NULL AND vendor_id IS NOT NULL GROUP BY vendor_id
), first_paid AS MATERIALIZED (
    SELECT a.vendor_id, (SELECT min(p.posting_date) FROM spend_entry p
                          WHERE p.workspace_id = %(workspace)s AND p.vendor_id = a.vendor_id AND p.undone_at IS NULL
                            AND p.kind IN ('invoice', 'card')) AS day
      FROM approved a
), e AS (
    SELECT e.vendor_id, e.category_text, e.line_id, {columns},
           coalesce(d.day < e.posting_date, false) OR coalesce(p.day <= e.posting_date, false) AS adopted
      FROM spend_entry e LEFT JOIN adopted d ON d.vendor_id = e.vendor_id
      LEFT JOIN requests p ON p.id = e.purchase_id AND e.vendor_id IS NULL
     WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL AND e.waits <> 'split'
       AND e.kind IN ('invoice', 'credit', 'card')
       AND (%(first)s::date IS NULL OR e.posting_date >= %(first)s)
       AND (%(last)s::date IS NULL OR e.posting_date <= %(last)s)
     {group}
), judged AS (
    SELECT e.*, coalesce(k.domain, nullif(c.domain, ''), 'unknown') AS domain, {side} AS side,
           coalesce(a.day <= f.day, false) OR e.adopted AS asked
      FROM e
      LEFT JOIN spend_categorykind k ON k.workspace_id = %(workspace)s AND k.text = left(e.category_text, 200)
      LEFT JOIN budgets_revision r ON r.workspace_id = %(workspace)s AND r.line_id = e.line_id AND upper_inf(r.in_force)
      LEFT JOIN calendar_category c ON c.id = r.category_id
      LEFT JOIN first_paid f ON f.vendor_id = e.vendor_id
      LEFT JOIN approved a ON a.vendor_id = e.vendor_id
)
"""
ADDED_UP = "sum(e.converted) AS converted, count(*) FILTER (WHERE e.converted IS NULL) AS unconverted"
NAMED = "min(e.vendor_name) AS vendor_name, max(e.id) AS id, count(*) AS rows"


def added_up(apart=(), sums: str = ADDED_UP, side: str = "NULL") -> str:
    """The statement's beginning: `judged`, sums of rows that are judged alike and have equal columns `apart`."""
    columns = [f"e.{name}" for name in apart]
    return JUDGED.format(
        columns=", ".join([*columns, sums]),
        group=", ".join(["GROUP BY e.vendor_id, e.category_text, e.line_id, adopted", *columns]),
        side=side,
    )


ROWS = JUDGED.format(columns="e.id, e.month, e.vendor_key, e.department, e.converted", group="", side=SIDE)
FIGURES = """coalesce(sum(converted) FILTER (WHERE domain = 'technology'), 0),
       coalesce(sum(converted) FILTER (WHERE domain = 'technology' AND NOT asked), 0),
       coalesce(sum(converted) FILTER (WHERE domain = 'unknown'), 0)"""
SUMS = f"{added_up()} SELECT {FIGURES}, coalesce(sum(unconverted), 0) FROM judged"  # noqa: S608 - our own words
BY_VENDOR = (
    added_up(["vendor_key"], f"{ADDED_UP}, {NAMED}")
    + """
SELECT coalesce(v.name, min(j.vendor_name)) AS name, j.vendor_id, min(j.vendor_key) AS vendor_key, sum(j.converted)
  AS amount, sum(j.rows) AS rows, max(j.id) AS entry_id, count(*) OVER () AS vendors
  FROM judged j LEFT JOIN vendors_vendor v ON v.id = j.vendor_id
 WHERE j.domain = 'technology' AND NOT j.asked
 GROUP BY j.vendor_id, v.name, CASE WHEN j.vendor_id IS NULL THEN j.vendor_key END
 ORDER BY sum(j.converted) DESC NULLS LAST, 1 LIMIT 100
"""
)
# One look at the rows for all that a page shows of them; a key's `grouping` is 0 where a sum is of one of its values.
BY = """
SELECT {grouping}, {keys}, {figures}, coalesce(sum(unconverted), 0)
  FROM judged j GROUP BY GROUPING SETS ((), ({sets}))
HAVING bool_or(domain IN ('technology', 'unknown')) OR 0 <> ALL(ARRAY[{grouping}])
"""
MOST = 200
# What a reader may ask to see row by row.
JUDGEMENTS = {
    "all": "true",
    "unapproved": "domain = 'technology' AND NOT asked",
    "approved": "domain = 'technology' AND asked",
    "technology": "domain = 'technology'",
    "unknown": "domain = 'unknown'",
}


@dataclass(frozen=True)
class Bypass:
    technology_spend: Decimal
    bypassed: Decimal
    unknown: Decimal
    unconverted: int

    @property
    def share(self) -> Decimal | None:
        """Percent of technology spend, two decimals, half away from zero; None when there is none."""
        if not self.technology_spend:
            return None
        return (self.bypassed / self.technology_spend * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def approved(self) -> Decimal:
        return self.technology_spend - self.bypassed


def bypass(workspace, first=None, last=None) -> Bypass:
    """The share between two days, both included; None leaves an end open."""
    technology, bypassed, unknown, unconverted = _rows(SUMS, workspace, first, last)[0]
    return Bypass(technology or ZERO, bypassed or ZERO, unknown or ZERO, unconverted)


def by_vendor(workspace, first=None, last=None) -> list[dict]:
    """Vendors nobody approved before they were paid, largest money first: [{name, vendor_id, vendor_key, amount,
    rows, entry_id, vendors}], `entry_id` their newest row, `vendors` how many there are with those that are too many to
    be given."""
    names = ("name", "vendor_id", "vendor_key", "amount", "rows", "entry_id", "vendors")
    return [dict(zip(names, row, strict=True)) for row in _rows(BY_VENDOR, workspace, first, last)]


def by(dimension: str, workspace, first=None, last=None) -> list[tuple]:
    """[(key, Bypass)] of a key of DIMENSIONS, the largest unapproved money first; months in their order."""
    return seen(workspace, first, last, dimension)[1]


def seen(workspace, first, last, *dimensions) -> list:
    """The Bypass of all, then what `by` gives of each dimension: one look at the rows, however many are asked."""
    keys = [DIMENSIONS[name][0] for name in dimensions]
    apart = dict.fromkeys(column for name in dimensions for column in DIMENSIONS[name][1])
    words = {"keys": ", ".join(keys), "sets": "), (".join(keys), "figures": FIGURES}
    words["grouping"] = ", ".join(f"grouping({key})" for key in keys)
    judged = added_up(apart, side=SIDE if "side" in dimensions else "NULL")
    most, whole, parts = len(keys), None, [[] for _key in keys]
    for row in _rows(judged + BY.format(**words), workspace, first, last):
        of, sums = row[:most], Bypass(*row[2 * most :])
        if 0 in of:
            parts[of.index(0)].append((row[most + of.index(0)], sums))
        else:
            whole = sums
    return [whole, *(ordered(name, part) for name, part in zip(dimensions, parts, strict=True))]


def ordered(dimension, found) -> list[tuple]:
    if dimension == "month":
        return sorted((row for row in found if row[0]), key=lambda row: row[0])
    return sorted(
        found, key=lambda row: (-row[1].bypassed, -row[1].technology_spend, -row[1].unknown, row[0] is None, row[0])
    )[:MOST]


def narrowed(entries, workspace, judgement: str, first=None, last=None, **where):
    """The rows behind a figure: `entries` judged so, where dimensions have these values."""
    conditions = [JUDGEMENTS[judgement], *(f"{DIMENSIONS[name][0]} = %({name}_is)s" for name in where)]
    facts = parameters(workspace, first, last, sides="side" in where)
    facts |= {f"{name}_is": value for name, value in where.items()}
    sql, values = positional(f"{ROWS} SELECT id FROM judged j WHERE {' AND '.join(conditions)}", facts)  # noqa: S608
    return entries.filter(pk__in=RawSQL(sql, values))  # noqa: S611 - our own words, values apart


def positional(sql: str, facts: dict) -> tuple[str, list]:
    """Named parameters as numbered ones, which a part of a larger query needs."""
    values = []

    class Named(dict):
        def __getitem__(self, name):
            values.append(facts[name])
            return "%s"

    return (sql.replace("%(", "\0(").replace("%", "%%").replace("\0(", "%(")) % Named(), values


def parameters(workspace, first, last, sides: bool = True) -> dict:
    """What the statements here ask for; whose department is whose costs a query of its own, where `sides` are asked."""
    sides = payers(workspace, first or date(1900, 1, 1), last or date(2999, 12, 31)) if sides else {}
    return {
        "workspace": workspace.pk,
        "zone": workspace.timezone,
        "first": first,
        "last": last,
        "marketing": [name for name, side in sides.items() if side == "marketing"],
        "technology": [name for name, side in sides.items() if side == "technology"],
    }


def _rows(sql, workspace, first, last):
    """One number, whoever asks."""
    return whole_rows(sql, parameters(workspace, first, last, sides="%(marketing)s" in sql))
