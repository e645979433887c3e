"""Putting an agreed version in force: the revisions before it end, and the difference of the plan is booked.

One statement each, however many lines the version holds.
"""

from django.db import connection
from django.db.models import F, Func, Value
from psycopg.types.range import Range

from planning.shared.money import minor_unit
from planning.trail.models import subject_of

from ..models import Revision
from ..movements import refusals

# `spreading.cells` in SQL: marketing's share of the total by its weight, over the months by largest remainder, ties to
# the earlier month; technology has the rest of each month. `unit` is 10 to the power of the currency's digits.
BOOK = """
WITH said AS (
    SELECT line_id, months, total * %(unit)s AS total,
           round(total * %(unit)s * marketing_weight / 100) AS share
      FROM budgets_revision WHERE workspace_id = %(workspace)s AND version_id = %(version)s
), floors AS (
    SELECT s.line_id, m.n, m.amount, s.share,
           coalesce(div(s.share * m.amount * %(unit)s, nullif(s.total, 0)), 0) AS whole,
           coalesce(mod(s.share * m.amount * %(unit)s, nullif(s.total, 0)), 0) AS rest
      FROM said s CROSS JOIN LATERAL unnest(s.months) WITH ORDINALITY AS m(amount, n)
), parts AS (
    SELECT line_id, n, amount,
           (whole + (row_number() OVER (PARTITION BY line_id ORDER BY rest DESC, n)
                     <= share - sum(whole) OVER (PARTITION BY line_id))::int) / %(unit)s AS marketing
      FROM floors
), wanted AS (
    SELECT p.line_id, s.side, (%(months)s::date[])[p.n] AS month,
           CASE s.side WHEN 'marketing' THEN p.marketing ELSE p.amount - p.marketing END AS plan
      FROM parts p CROSS JOIN (VALUES ('marketing'), ('technology')) AS s(side)
), before AS (
    SELECT line_id, side, month, plan FROM budgets_cell
     WHERE workspace_id = %(workspace)s AND line_id IN (SELECT line_id FROM said)
)
INSERT INTO budgets_movement (workspace_id, line_id, side, month, kind, plan, transferred, reserved, committed, actual,
                              cause, cause_id, at)
SELECT %(workspace)s, line_id, side, month, 'plan', coalesce(w.plan, 0) - coalesce(b.plan, 0), 0, 0, 0, 0,
       %(cause)s, 'agreed', %(at)s
  FROM wanted w FULL JOIN before b USING (line_id, side, month)
 WHERE coalesce(w.plan, 0) <> coalesce(b.plan, 0) ORDER BY line_id, side, month
"""


def put_in_force(version) -> None:
    """End what was in force on the version's lines, begin its revisions, and book the new plan less the old, by line,
    side and month. Refused by Postgres: a plan below what is promised and spent.
    """
    end_previous(version)
    workspace = version.workspace
    parameters = {
        "workspace": workspace.pk,
        "version": version.pk,
        "unit": 1 / minor_unit(workspace.currency),
        "months": version.budget.months,
        "cause": subject_of(version),
        "at": workspace.now(),
    }
    with refusals(), connection.cursor() as cursor:
        cursor.execute(BOOK, parameters)


def end_previous(version):
    lines = version.revisions.values("line_id")
    earlier = Revision.objects.of(version.workspace_id).filter(
        line__in=lines, in_force__endswith=None, in_force__isnull=False
    )
    earlier.update(in_force=Func(Func(F("in_force"), function="lower"), Value(version.agreed_as), function="int8range"))
    version.revisions.update(is_open=False, in_force=Range(version.agreed_as, None))
