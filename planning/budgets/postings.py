"""Actuals: facts that always post, aggregated, and can be taken back whole.

`rows` are [(line_id, month as its first day, amount)] in the workspace's currency, already summed by the caller (at
most lines × months of them however many entries an import has); one statement splits them by the lines' shares (half
away from zero to marketing, the rest to technology) and books them. An overspent line says so, refuses new promises,
and goes on.
"""

from django.db import connection
from django.utils.translation import gettext as _

from planning.shared.locking import lock_all
from planning.shared.money import ZERO, minor_unit
from planning.shared.refusals import Refused

from .models import Hold, Movement
from .movements import refusals, text_of

POST = """
WITH wanted AS (
    SELECT line_id, month, sum(amount) AS amount
      FROM unnest(%(lines)s::bigint[], %(months)s::date[], %(amounts)s::numeric[]) AS r(line_id, month, amount)
     GROUP BY line_id, month
), funded AS (
    SELECT DISTINCT ON (r.line_id) r.line_id, r.marketing_weight
      FROM budgets_revision r
     WHERE r.workspace_id = %(workspace)s AND r.line_id = ANY(%(lines)s::bigint[])
     ORDER BY r.line_id, (upper_inf(r.in_force)) DESC NULLS LAST, r.id DESC
), shared AS (
    SELECT w.line_id, w.month, w.amount, round(w.amount * f.marketing_weight / 100, %(digits)s) AS marketing
      FROM wanted w JOIN funded f USING (line_id)
), parts AS (
    SELECT line_id, month, 'marketing' AS side, marketing AS part FROM shared
    UNION ALL SELECT line_id, month, 'technology', amount - marketing FROM shared
)
INSERT INTO budgets_movement (workspace_id, line_id, side, month, kind, cause, cause_id, member_id, at,
                              plan, transferred, reserved, committed, actual)
SELECT %(workspace)s, line_id, side, month, %(kind)s, %(cause)s, %(cause_id)s, %(member)s, %(at)s, 0, 0, 0, 0, part
  FROM parts WHERE part <> 0 ORDER BY line_id, side, month
"""
UNDO = """
INSERT INTO budgets_movement (workspace_id, line_id, side, month, kind, hold_id, cause, cause_id, member_id, at,
                              plan, transferred, reserved, committed, actual)
SELECT m.workspace_id, m.line_id, m.side, m.month, 'undo', m.hold_id, m.cause, m.cause_id, %(member)s, %(at)s, 0, 0, 0,
       CASE WHEN max(h.state) = 'closed' THEN 0 ELSE least(-sum(m.committed), max(h.consumed)) END, -sum(m.actual)
  FROM budgets_movement m LEFT JOIN budgets_hold h ON h.id = m.hold_id
 WHERE m.workspace_id = %(workspace)s AND m.cause = %(cause)s AND m.cause_id = %(cause_id)s
   AND m.kind IN ('actual', 'credit')
 GROUP BY m.workspace_id, m.line_id, m.side, m.month, m.hold_id, m.cause, m.cause_id
 ORDER BY m.line_id, m.side, m.month
"""
GIVE_BACK = """
UPDATE budgets_hold h SET consumed = h.consumed - least(m.used, h.consumed)
  FROM (SELECT hold_id, -sum(committed) AS used FROM budgets_movement
         WHERE workspace_id = %(workspace)s AND cause = %(cause)s AND cause_id = %(cause_id)s
           AND kind = 'actual' AND hold_id IS NOT NULL GROUP BY hold_id) m
 WHERE h.id = m.hold_id AND h.state <> 'closed'
"""


def post_actuals(workspace, rows, cause, cause_id, member=None, kind: str = Movement.Kind.ACTUAL) -> None:
    """Book `rows` as actual under (`cause`, `cause_id`). The same cause posts once: again it is refused.

    Amounts below zero (credits, reversals) are as welcome as others. Refused: an unknown line, an amount finer than
    the currency's minor unit.
    """
    rows = list(rows)
    if not rows:
        return
    unit = minor_unit(workspace.currency)
    if any(amount % unit for _line, _month, amount in rows):
        raise Refused(_("An actual has more decimals than %(currency)s.") % {"currency": workspace.currency}, "amount")
    lines, months, amounts = (list(column) for column in zip(*rows, strict=True))
    facts = named(workspace, cause, cause_id, member) | {
        "lines": lines,
        "months": months,
        "amounts": amounts,
        "kind": str(kind),
        "digits": -unit.as_tuple().exponent,
    }
    with refusals(), connection.cursor() as cursor:
        refuse_unknown(cursor, workspace, lines)
        cursor.execute(POST, facts)


def undo_actuals(workspace, cause, cause_id, member=None) -> None:
    """Take back what was posted and consumed under (`cause`, `cause_id`): every balance is as before. Posts once.

    A commitment whose claim was closed meanwhile stays closed: only the actual comes back. What a credit gave back of
    the use already is not given back again.
    """
    facts = named(workspace, cause, cause_id, member)
    with refusals(), connection.cursor() as cursor:
        lock_all(Hold.objects.of(workspace).filter(pk__in=used_by(workspace, facts)))
        cursor.execute(UNDO, facts)
        cursor.execute(GIVE_BACK, facts)


def used_by(workspace, facts):
    """Ids of the holds that this cause used up."""
    mine = Movement.objects.of(workspace).filter(cause=facts["cause"], cause_id=facts["cause_id"], hold__isnull=False)
    return mine.values("hold_id")


def posted(workspace, cause, cause_id):
    """What stands under (`cause`, `cause_id`): the sum of actuals in the workspace's currency."""
    rows = (
        Movement.objects.of(workspace)
        .filter(cause=text_of(cause), cause_id=str(cause_id))
        .values_list("actual", flat=True)
    )
    return sum(rows, ZERO)


def named(workspace, cause, cause_id, member) -> dict:
    return {
        "workspace": workspace.pk,
        "cause": text_of(cause),
        "cause_id": str(cause_id),
        "member": member and member.pk,
        "at": workspace.now(),
    }


def refuse_unknown(cursor, workspace, lines):
    """Row-level security hides other workspaces' lines, so an unknown line is one that is not here."""
    cursor.execute(
        "SELECT count(DISTINCT wanted) FROM unnest(%s::bigint[]) AS wanted "
        "WHERE NOT EXISTS (SELECT FROM budgets_revision r WHERE r.workspace_id = %s AND r.line_id = wanted)",
        [lines, workspace.pk],
    )
    if cursor.fetchone()[0]:
        raise Refused(_("There is no such budget line here."), "line")
