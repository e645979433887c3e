"""Forecasts kept to be looked back at, and how far the forecast moved since. Amounts in the workspace's currency."""

from decimal import Decimal

from django.db import connection
from django.db.models import Sum

from planning.shared.money import ZERO

from .forecast import CELLS, facts, last_snapshot
from .models import ForecastSnapshot
from .standing import rows_of

KEPT = (
    CELLS
    + """
INSERT INTO budgets_snapshotcell (workspace_id, snapshot_id, line_id, side, month, forecast)
SELECT %(workspace)s, %(snapshot)s, line_id, side, month, sum(forecast) FROM outlook
 GROUP BY line_id, side, month HAVING sum(forecast) <> 0
"""
)
NOW = (
    CELLS
    + """
SELECT coalesce(sum(forecast), 0) AS forecast FROM outlook
"""
)


def take(budget, member=None, note="", month=None) -> ForecastSnapshot:
    """Keep the whole forecast as it stands now. `month` is the closed month it is kept for; None when a person asks."""
    snapshot = ForecastSnapshot.objects.create(
        workspace_id=budget.workspace_id,
        budget=budget,
        taken_at=budget.workspace.now(),
        by=member,
        note=note,
        month=month,
    )
    with connection.cursor() as cursor:
        cursor.execute(KEPT, facts(budget) | {"snapshot": snapshot.pk})
    return snapshot


def whole(snapshot) -> Decimal:
    """The year's forecast as it was kept."""
    return snapshot.cells.aggregate(sum=Sum("forecast"))["sum"] or ZERO


def kept_by_line(snapshot) -> dict:
    """{line id: the year's forecast as it was kept}; a line without one expected nothing."""
    if snapshot is None:
        return {}
    rows = snapshot.cells.values("line").annotate(sum=Sum("forecast")).order_by("line")
    return {row["line"]: row["sum"] for row in rows}


def forecast_change(budget) -> tuple[ForecastSnapshot, Decimal] | None:
    """(the last kept forecast, the year's forecast today less that one); None while none was kept. Three queries."""
    snapshot = last_snapshot(budget)
    if snapshot is None:
        return None
    return snapshot, rows_of(NOW, facts(budget))[0]["forecast"] - whole(snapshot)
