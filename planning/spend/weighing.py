"""How much did each vendor get in the last twelve months? Pushed down to the register, which orders by it."""

from django.db import connection

WEIGH = """
UPDATE vendors_vendor v SET spent = coalesce(paid.amount, 0)
  FROM vendors_vendor known LEFT JOIN (
       SELECT vendor_id, sum(converted) AS amount FROM spend_entry
        WHERE workspace_id = %(workspace)s AND undone_at IS NULL AND waits <> 'split'
          AND converted IS NOT NULL AND kind <> 'accrual'
          AND kind <> 'reversal' AND posting_date > %(today)s::date - interval '12 months'
        GROUP BY vendor_id) AS paid ON paid.vendor_id = known.id
 WHERE known.id = v.id AND v.workspace_id = %(workspace)s AND v.spent <> coalesce(paid.amount, 0)
"""


def weigh_vendors(workspace) -> int:
    """Vendors whose sum changed. Net, in the workspace's currency, by posting date; accruals and their reversals cancel
    and are left out, what was undone too."""
    with connection.cursor() as cursor:
        cursor.execute(WEIGH, {"workspace": workspace.pk, "today": workspace.today()})
        return cursor.rowcount
