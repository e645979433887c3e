"""From departments through categories to vendors: the actuals of a year as they were posted, credits taken off.

An entry falls on the departments by its line's shares (marketing's part rounded half away from zero, technology takes
the rest), on the line's category, and on its own vendor.
"""

from django.db import connection
from django.utils.translation import gettext as _

from planning.budgets.models import FundingSide
from planning.shared.flow import Flow, Stream
from planning.shared.money import minor_unit
from planning.shared.periods import months

READ = """
WITH spent AS (
    SELECT e.line_id, coalesce(v.name, min(e.vendor_name)) AS vendor, sum(e.converted) AS amount
      FROM spend_entry e LEFT JOIN vendors_vendor v ON v.id = e.vendor_id
     WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL AND e.waits = ''
       AND coalesce(e.prior_in, e.month) BETWEEN %(first)s AND %(last)s
     GROUP BY e.line_id, v.name, CASE WHEN e.vendor_id IS NULL THEN e.vendor_key END
), said AS (
    SELECT DISTINCT ON (r.line_id) r.line_id, r.marketing_weight, c.name AS category
      FROM budgets_revision r JOIN calendar_category c ON c.id = r.category_id
     WHERE r.workspace_id = %(workspace)s AND r.in_force IS NOT NULL
     ORDER BY r.line_id, upper_inf(r.in_force) DESC, r.id DESC
), halves AS (
    SELECT category, vendor, amount, round(amount * marketing_weight / 100, %(digits)s) AS marketing
      FROM spent JOIN said USING (line_id)
)
SELECT side, category, vendor, sum(part) AS part
  FROM (SELECT 'marketing' AS side, category, vendor, marketing AS part FROM halves
        UNION ALL SELECT 'technology', category, vendor, amount - marketing FROM halves) AS parts
 GROUP BY side, category, vendor HAVING sum(part) <> 0 ORDER BY side, sum(part) DESC, category, vendor
"""


def money_flow(workspace, year: int) -> Flow:
    """The picture of the fiscal year labelled `year`; without streams when nothing is posted. One query."""
    first, *_between, last = months(workspace, year)
    digits = -minor_unit(workspace.currency).as_tuple().exponent
    with connection.cursor() as cursor:
        cursor.execute(READ, {"workspace": workspace.pk, "first": first, "last": last, "digits": digits})
        rows = cursor.fetchall()
    return Flow(
        _("Where the money flows"),
        unit=workspace.currency,
        heads_of=[_("Department"), _("Category"), _("Vendor")],
        streams=[
            Stream((str(FundingSide(side).label), category, vendor or _("no name")), amount, side)
            for side, category, vendor, amount in rows
        ],
        note=_("Actuals of the year as they were posted; a band's height is money."),
    )
