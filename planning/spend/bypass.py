"""Unapproved technology spend: technology bought without an approved request before the vendor's first payment.

Technology is what the ledger's category says (a person's word before a guess), else what the line's category says. What
neither says is unknown and shown apart, never counted as zero. Refunds are net; a vendor is one, however it is spelled;
a row of a name that no vendor carries has no request. Amounts in the workspace's currency; days inclusive.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import connection

from planning.shared.money import ZERO

ROWS = """
WITH first_paid AS (
    SELECT vendor_id, min(posting_date) AS day FROM spend_entry
     WHERE workspace_id = %(workspace)s AND undone_at IS NULL AND vendor_id IS NOT NULL GROUP BY vendor_id
), approved AS (
    SELECT vendor_id, min((approved_at AT TIME ZONE %(zone)s)::date) AS day FROM purchases_purchase
     WHERE workspace_id = %(workspace)s AND approved_at IS NOT NULL AND vendor_id IS NOT NULL GROUP BY vendor_id
), judged AS (
    SELECT e.id, e.month, e.vendor_id, e.vendor_name, e.vendor_key, e.department, e.category_text, e.converted,
      e.line_id,
           coalesce(k.domain, nullif(c.domain, ''), 'unknown') AS domain,
           coalesce(a.day <= f.day, false) AS asked
      FROM spend_entry e
      LEFT JOIN spend_categorykind k ON k.workspace_id = e.workspace_id AND k.text = left(e.category_text, 200)
      LEFT JOIN budgets_revision r ON r.workspace_id = e.workspace_id AND r.line_id = e.line_id AND
        upper_inf(r.in_force)
      LEFT JOIN calendar_category c ON c.id = r.category_id
      LEFT JOIN first_paid f ON f.vendor_id = e.vendor_id
      LEFT JOIN approved a ON a.vendor_id = e.vendor_id
     WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL AND e.kind IN ('invoice', 'credit', 'card')
       AND (%(first)s::date IS NULL OR e.posting_date >= %(first)s) AND (%(last)s::date IS NULL OR e.posting_date
         <= %(last)s)
)
"""
SUMS = (
    ROWS
    + """
SELECT coalesce(sum(converted) FILTER (WHERE domain = 'technology'), 0),
       coalesce(sum(converted) FILTER (WHERE domain = 'technology' AND NOT asked), 0),
       coalesce(sum(converted) FILTER (WHERE domain = 'unknown'), 0),
       count(*) FILTER (WHERE converted IS NULL)
  FROM judged
"""
)
BY_VENDOR = (
    ROWS
    + """
SELECT coalesce(v.name, min(j.vendor_name)) AS name, j.vendor_id, min(j.vendor_key) AS vendor_key, sum(j.converted)
  AS amount, count(*) AS rows
  FROM judged j LEFT JOIN vendors_vendor v ON v.id = j.vendor_id
 WHERE j.domain = 'technology' AND NOT j.asked
 GROUP BY j.vendor_id, v.name, CASE WHEN j.vendor_id IS NULL THEN j.vendor_key END
 ORDER BY sum(j.converted) DESC NULLS LAST, 1 LIMIT 50
"""
)
BY_MONTH = (
    ROWS
    + """
SELECT month, coalesce(sum(converted) FILTER (WHERE NOT asked), 0), coalesce(sum(converted) FILTER (WHERE asked), 0)
  FROM judged WHERE domain = 'technology' AND month IS NOT NULL GROUP BY month ORDER BY month
"""
)


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


def bypass(workspace, first=None, last=None) -> Bypass:
    """The share between two days, both included; None leaves an end open."""
    technology, bypassed, unknown, unconverted = _rows(SUMS, workspace, first, last)[0]
    return Bypass(technology or ZERO, bypassed or ZERO, unknown or ZERO, unconverted)


def by_vendor(workspace, first=None, last=None) -> list[dict]:
    """Vendors nobody approved before they were paid, largest money first: [{name, vendor_id, vendor_key, amount,
    rows}]."""
    names = ("name", "vendor_id", "vendor_key", "amount", "rows")
    return [dict(zip(names, row, strict=True)) for row in _rows(BY_VENDOR, workspace, first, last)]


def by_month(workspace, first=None, last=None) -> list[tuple]:
    """[(month, bypassed, approved)] of technology spend."""
    return _rows(BY_MONTH, workspace, first, last)


def _rows(sql, workspace, first, last):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"workspace": workspace.pk, "zone": workspace.timezone, "first": first, "last": last})
        return cursor.fetchall()
