"""What each side has planned, used and left in a budget: one question, without a forecast, however many lines."""

from django.db import connection

from .forecast import facts
from .models import FundingSide
from .standing import Figures

IN_FORCE = """
SELECT b.side, sum(b.plan + b.transferred) AS plan, sum(b.plan) AS agreed, sum(b.transferred) AS transferred,
       sum(b.reserved) AS reserved, sum(b.committed) AS committed, sum(b.actual) AS actual
  FROM budgets_line l JOIN budgets_balance b ON b.workspace_id = l.workspace_id AND b.line_id = l.id
 WHERE l.workspace_id = %(workspace)s AND l.budget_id = %(budget)s GROUP BY b.side
"""
# The sides' shares as spreading.cells rounds them: marketing's half up, technology has the rest.
DRAFTED = """
WITH shares AS (
    SELECT r.total, round(r.total * r.marketing_weight / 100, %(digits)s) AS marketing
      FROM budgets_version v JOIN budgets_revision r ON r.version_id = v.id
     WHERE v.workspace_id = %(workspace)s AND v.budget_id = %(budget)s AND r.is_open AND NOT r.removed
)
SELECT 'marketing' AS side, coalesce(sum(marketing), 0) AS plan FROM shares
UNION ALL SELECT 'technology', coalesce(sum(total - marketing), 0) FROM shares
"""


def by_side(budget) -> dict:
    """{side: Figures}: of what is in force; before the first agreement, the plan as it is drafted. No forecast."""
    found = {side: Figures() for side in FundingSide}
    with connection.cursor() as cursor:
        cursor.execute(DRAFTED if budget.before_agreement else IN_FORCE, facts(budget))
        names = [column.name for column in cursor.description]
        for row in cursor.fetchall():
            amounts = dict(zip(names, row, strict=True))
            found[FundingSide(amounts.pop("side"))] = Figures(**amounts)
    return found
