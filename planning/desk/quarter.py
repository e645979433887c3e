"""What one side can still spend in the fiscal quarter of today."""

from decimal import Decimal

from django.db.models import F, Sum

from planning.budgets.models import Cell
from planning.shared import periods
from planning.shared.money import ZERO


def free_this_quarter(workspace, side) -> Decimal:
    """Plan and transfers of the quarter's months less what is reserved, committed and spent in them, over all lines."""
    free = F("plan") + F("transferred") - F("reserved") - F("committed") - F("actual")
    months = periods.quarter(workspace, workspace.today())
    return Cell.objects.of(workspace).filter(side=side, month__in=months).aggregate(sum=Sum(free))["sum"] or ZERO
