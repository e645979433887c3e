"""What variance is compared with when it is not the current plan: the original budget, the last forecast, last year.

The original budget is what the first agreement booked. Last year is its actuals, month against month; a line is
compared with the one it goes on from, else with the one of its name.
"""

from datetime import date

from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from ..forecast import last_snapshot
from ..models import Budget, Line, Revision
from ..standing import rows_of
from .groups import narrowing, shaped

READ = """
WITH o AS (<base>), <said>, summed AS (
    SELECT <key> AS key, coalesce(sum(o.amount) FILTER (WHERE o.month <= %(through)s), 0) AS plan,
           sum(o.amount) AS year_plan
      FROM o <lines> WHERE <only> GROUP BY <key>
)
SELECT coalesce(s.key::text, '') AS key, coalesce(<name>, '') AS label, s.plan, s.year_plan
  FROM summed s <names>
"""
ORIGINAL = """SELECT line_id, side, month, plan AS amount FROM budgets_movement
    WHERE workspace_id = %(workspace)s AND kind = 'plan' AND cause = %(cause)s"""
LAST = """SELECT c.line_id, c.side, (c.month + interval '1 year')::date AS month, c.actual AS amount
     FROM budgets_cell c JOIN budgets_line l ON l.id = c.line_id
    WHERE c.workspace_id = %(workspace)s AND l.budget_id = %(budget)s"""
FORECAST = """SELECT line_id, side, month, forecast AS amount FROM budgets_snapshotcell
    WHERE workspace_id = %(workspace)s AND snapshot_id = %(snapshot)s"""
KNOWN = ("plan", "original", "forecast", "last")


def baseline(budget, by, through: date, only, against) -> dict:
    """{key of the group: (label, amount up to the month, amount of the year)}. Refused: an unknown baseline."""
    if against == "original":
        first = budget.versions.filter(agreed_as=1).first()
        return read(budget, by, through, only, ORIGINAL, cause=f"budgets.version:{first.pk}" if first else "")
    if against == "last" and (earlier := year_before(budget)):
        followed = {} if {"line"}.isdisjoint({by, *only}) else followers(budget, earlier)
        asked = only | {"line": next((old for old, new in followed.items() if new == only.get("line")), "0")}
        found = read(earlier, by, through, asked if "line" in only else only, LAST)
        return {followed.get(key, key if by != "line" else f"last {key}"): facts for key, facts in found.items()}
    if against == "forecast" and (kept := last_snapshot(budget)):
        return read(budget, by, through, only, FORECAST, snapshot=kept.pk)
    if against not in KNOWN:
        raise Refused(_("Variance is compared with %(known)s.") % {"known": ", ".join(KNOWN)}, "against")
    return {}


def read(budget, by, through, only, base, **facts) -> dict:
    sql = shaped(READ.replace("<base>", base), by, only)
    facts |= {"workspace": budget.workspace_id, "budget": budget.pk, "through": through} | narrowing(only)
    return {row["key"]: (row["label"], row["plan"], row["year_plan"] or ZERO) for row in rows_of(sql, facts)}


def offered(budget) -> list[str]:
    """The baselines there is something in: the current plan and the original always."""
    return ["plan", "original", *(["forecast"] if last_snapshot(budget) else []),
            *(["last"] if year_before(budget) else [])]  # fmt: skip


def year_before(budget) -> Budget | None:
    return Budget.objects.of(budget.workspace_id).filter(year=budget.year - 1, agreed_count__gt=0).first()


def followers(budget, earlier) -> dict:
    """{key of last year's line: key of this year's}, as text: by where a line goes on from, else by its name."""
    said = Revision.objects.of(budget.workspace_id).in_force().annotate(lower=Lower("name"))
    names = {name: line for line, name in said.filter(line__budget=budget).values_list("line_id", "lower")}
    found = {
        str(line): str(names[name])
        for line, name in said.filter(line__budget=earlier).values_list("line_id", "lower")
        if name in names
    }
    origins = Line.objects.of(budget.workspace_id).filter(budget=budget, origin__budget=earlier)
    return found | {str(origin): str(line) for line, origin in origins.values_list("pk", "origin_id")}
