"""What others changed in the sheet since somebody's page read it: asked every few seconds while the page is looked at.

The mark is the transaction below which all others were finished when the page was read; a row is newer when the one
that wrote it is not older than that. So every writer counts, whatever it changed, without a column of its own.
"""

from django.db import connection

from .answer import row_of
from .cells import Sheet

# What lines say now (as in sql.py), and whether that, or the version it waits in, was written since.
CHANGED = """
SELECT pg_snapshot_xmin(pg_current_snapshot())::text, count(DISTINCT r.line_id) FILTER (WHERE NOT r.removed),
       array_agg(DISTINCT r.line_id) FILTER (
           WHERE least(age(r.xmin), age(v.xmin)) <= age((%(since)s::text::xid8)::xid))
  FROM budgets_version v JOIN budgets_revision r ON r.version_id = v.id
 WHERE v.workspace_id = %(workspace)s AND v.budget_id = %(budget)s AND v.state <> 'interim'
   AND (r.is_open OR r.in_force IS NOT NULL AND upper(r.in_force) IS NULL)
"""
LARGEST = 2**63


def clean_mark(text) -> int | None:
    """A mark as `changes` gave it, else None."""
    text = text or ""
    return int(text) if text.isdecimal() and len(text) < 20 and int(text) < LARGEST else None


def changes(budget, since: int) -> dict:
    """{mark, lines, rows: {line id: {plan, agreed, state}}}: `lines` there are now, `rows` of those written since the
    mark. One query when nothing changed, two more when something did."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGED, {"since": since, "workspace": budget.workspace_id, "budget": budget.pk})
        mark, count, ids = cursor.fetchone()
    rows = Sheet.rows_of(budget, ids) if ids else {}
    return {"mark": mark, "lines": count, "rows": {line_id: row_of(row) for line_id, row in rows.items()}}
