"""Do the balances still say what the movements say? Recomputed from the facts, in the workspace's currency.

Only Postgres writes balances, so a difference means that somebody changed the tables by hand or lost a part of a
restore; nothing mends it silently.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from .models.books import STATES

SUMS = ", ".join(f"sum({state}) AS {state}" for state in STATES)
KEPT = ", ".join(STATES)
DIFFERS = " OR ".join(f"coalesce(b.{state}, 0) <> coalesce(m.{state}, 0)" for state in STATES)
EACH = ", ".join(f"coalesce(b.{state}, 0) - coalesce(m.{state}, 0)" for state in STATES)
SQL = """
SELECT line_id, side, {month}, {each}
  FROM (SELECT line_id, side, {keys} {kept} FROM {table} WHERE workspace_id = %(workspace)s) b
  FULL JOIN (SELECT line_id, side, {keys} {sums} FROM budgets_movement WHERE workspace_id = %(workspace)s
              GROUP BY line_id, side {by}) m USING (line_id, side {by})
 WHERE {differs} ORDER BY 1, 2, 3
"""
BALANCES = SQL.format(
    table="budgets_balance", keys="", by="", month="NULL::date", kept=KEPT, sums=SUMS, each=EACH, differs=DIFFERS
)
CELLS = SQL.format(
    table="budgets_cell", keys="month,", by=", month", month="month", kept=KEPT, sums=SUMS, each=EACH, differs=DIFFERS
)


@dataclass(frozen=True)
class Drift:
    """A balance (month None) or a month's cell that is `off` from its movements: {state: amount too much}."""

    line_id: int
    side: str
    month: object
    off: dict[str, Decimal]

    def __str__(self):
        where = f"{self.line_id} {self.side}" + (f" {self.month:%Y-%m}" if self.month else "")
        return f"{where}: " + ", ".join(f"{state} {amount:+f}" for state, amount in self.off.items())


def drifts(workspace) -> list[Drift]:
    """Every balance and cell of the workspace that differs from the sum of its movements. Two queries."""
    found = []
    with connection.cursor() as cursor:
        for sql in (BALANCES, CELLS):
            cursor.execute(sql, {"workspace": workspace.pk})
            for line_id, side, month, *amounts in cursor.fetchall():
                off = {state: amount for state, amount in zip(STATES, amounts, strict=True) if amount}
                found.append(Drift(line_id, side, month, off))
    return found
