"""The forecast: actuals + commitments by service month + remaining plan; or, on lines marked steady, the run rate.

Months before this one: what was spent and what is still committed in them; plan that was not used there is gone. This
month and those after it: what is spent and committed, and the plan of those months that is left after it, placed in
the months where plan is not yet covered. A commitment in a month without plan of its own so uses up the plan of
others. Steady lines: each month to come is at least the mean of the last three closed months (fewer when the year is
younger; the plan when it has none), rounded to the currency's minor unit. Typed lines: each month to come is what
somebody typed for it, a month without a figure its own plan, and never less than what is spent and committed in it.
What was accrued before this month and is not taken back yet, as far as commitments of those months stand beside it, is
expected once: the accrual and the commitment are one invoice.

Most lines promise no more in any month to come than is planned for it: their forecast of such a month is the larger of
plan and use, row by row. Only the others, and lines that are steady or typed (`picked`), have their months to
come looked at together, and what they expect beyond that (`moved`) is added.

`CELLS` is one SQL statement's beginning: it ends in `outlook(line_id, side, month, plan, agreed, transferred,
reserved, committed, actual, forecast)` of one budget, all in the workspace's currency. Its rows are to be summed: a
line, side and month may have two, one of the cell (`base`) and one that moves its forecast (`moved`). Who sums very
many does it before the two are put together.
"""

from planning.shared.money import minor_unit
from planning.shared.periods import add_months

from .models import ForecastSnapshot

CELLS = """
WITH base AS NOT MATERIALIZED (
    SELECT c.line_id, c.side, c.month, c.plan + c.transferred AS plan, c.plan AS agreed, c.transferred, c.reserved,
           c.committed, c.actual, c.committed + c.actual AS used,
           CASE WHEN c.month >= %(this)s THEN greatest(c.plan + c.transferred, c.committed + c.actual)
                ELSE c.committed + c.actual END AS forecast
      FROM budgets_cell c WHERE c.workspace_id = %(workspace)s AND c.budget_id = %(budget)s
), picked AS MATERIALIZED (
    SELECT l.id, l.way = 'steady' AND %(elapsed)s > 0 AS steady, l.way = 'typed' AS typed
      FROM (SELECT id, coalesce(%(method)s, forecast) AS way FROM budgets_line
             WHERE workspace_id = %(workspace)s AND budget_id = %(budget)s) l
     WHERE l.way <> 'plan'
        OR l.id IN (SELECT c.line_id FROM budgets_cell c
                     WHERE c.workspace_id = %(workspace)s AND c.budget_id = %(budget)s AND c.month >= %(this)s
                       AND c.committed > c.plan + c.transferred - c.actual)
), cells AS MATERIALIZED (
    SELECT p.id AS line_id, c.side, c.month, c.plan, c.used, c.actual, p.steady, p.typed
      FROM picked p CROSS JOIN LATERAL (
           SELECT * FROM base WHERE line_id = p.id AND month >= least(%(rate_from)s, %(this)s) OFFSET 0) c
), rates AS (
    SELECT line_id, side, round(sum(actual) / %(elapsed)s, %(digits)s) AS rate
      FROM cells WHERE steady AND month >= %(rate_from)s AND month < %(this)s GROUP BY line_id, side
), typed AS (
    SELECT t.line_id, t.side, t.month, t.amount
      FROM budgets_typedforecast t JOIN budgets_line l ON l.id = t.line_id
     WHERE l.workspace_id = %(workspace)s AND l.budget_id = %(budget)s
       AND coalesce(%(method)s, l.forecast) = 'typed'
), accrued AS MATERIALIZED (
    SELECT m.line_id, m.side, max(m.month) AS month, sum(m.actual) AS standing
      FROM budgets_movement m JOIN budgets_line l ON l.id = m.line_id
     WHERE m.workspace_id = %(workspace)s AND l.budget_id = %(budget)s AND m.kind = 'accrual' AND m.month < %(this)s
     GROUP BY m.line_id, m.side
), twice AS MATERIALIZED (
    SELECT a.line_id, a.side, a.month, greatest(least(a.standing, sum(c.committed)), 0) AS amount
      FROM accrued a JOIN base c ON c.line_id = a.line_id AND c.side = a.side AND c.month < %(this)s
     GROUP BY a.line_id, a.side, a.month, a.standing
), filled AS (
    SELECT line_id, side, month, plan, used, steady, typed FROM cells WHERE month >= %(this)s
    UNION ALL
    SELECT t.line_id, t.side, t.month, 0, 0, false, true
      FROM typed t
     WHERE t.month >= %(this)s
       AND NOT EXISTS (SELECT FROM cells c WHERE c.line_id = t.line_id AND c.side = t.side AND c.month = t.month)
    UNION ALL
    SELECT r.line_id, r.side, m.month, 0, 0, true, false
      FROM rates r CROSS JOIN unnest(%(months)s::date[]) AS m(month)
     WHERE m.month >= %(this)s
       AND NOT EXISTS (SELECT FROM cells c WHERE c.line_id = r.line_id AND c.side = r.side AND c.month = m.month)
), placed AS (
    SELECT *, greatest(plan - used, 0) AS uncovered, greatest(sum(plan - used) OVER whole, 0) AS remaining,
           nullif(sum(greatest(plan - used, 0)) OVER whole, 0) AS open,
           sum(greatest(plan - used, 0)) OVER (whole ORDER BY month) AS upto
      FROM filled WINDOW whole AS (PARTITION BY line_id, side)
), moved AS (
    SELECT p.line_id, p.side, p.month, p.used - greatest(p.plan, p.used)
           + CASE WHEN p.steady THEN greatest(coalesce(r.rate, 0) - p.used, 0)
                  WHEN p.typed THEN greatest(coalesce(t.amount, p.plan) - p.used, 0)
                  ELSE coalesce(round(p.remaining * p.upto / p.open, %(digits)s)
                                - round(p.remaining * (p.upto - p.uncovered) / p.open, %(digits)s), 0) END AS amount
      FROM placed p LEFT JOIN rates r USING (line_id, side) LEFT JOIN typed t USING (line_id, side, month)
    UNION ALL SELECT line_id, side, month, -amount FROM twice
), outlook AS (
    SELECT line_id, side, month, plan, agreed, transferred, reserved, committed, actual, forecast FROM base
    UNION ALL
    SELECT line_id, side, month, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, amount FROM moved WHERE amount <> 0
)
"""


def facts(budget, method=None) -> dict:
    """The parameters of `CELLS` for a budget, as of the workspace's today. `method` (of `Line.Forecast`) asks what
    the forecast of every line would be if it were made that way; None: each line's own.
    """
    this = budget.workspace.today().replace(day=1)
    elapsed = min(3, sum(month < this for month in budget.months))
    return {
        "workspace": budget.workspace_id,
        "budget": budget.pk,
        "this": this,
        "months": budget.months,
        "elapsed": elapsed,
        "rate_from": add_months(min(this, add_months(budget.months[-1], 1)), -3),
        "method": method,
        "digits": -minor_unit(budget.workspace.currency).as_tuple().exponent,
    }


def last_snapshot(budget) -> ForecastSnapshot | None:
    """The newest forecast of the budget that was kept; what "last forecast" means in a comparison."""
    return ForecastSnapshot.objects.of(budget.workspace_id).filter(budget=budget).order_by("-pk").first()
