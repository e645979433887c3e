"""What is left on a line: available = plan + transfers − reserved − committed − actual, per side. One query a call."""

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from planning.shared.money import ZERO

from .lines.spreading import SIDES
from .models import Balance, Limits
from .models.books import STATES

AMOUNTS = (*STATES, "available")


def availability(line) -> dict:
    """{plan, transferred, reserved, committed, actual, available, by_side: {side: the same six}}.

    Decimals in the workspace's currency, over the line's whole year.
    """
    return availabilities(line.workspace_id, [line.pk])[line.pk]


def availabilities(workspace, line_ids) -> dict:
    """{line id: availability} of many lines, in one query. A side also knows what is `promisable`: what the stop lets
    promises take, which is what is available and, above it, the workspace's tolerance in percent of the plan after
    transfers. A transfer gives only what is available.
    """
    tolerance = Limits.objects.filter(workspace=OuterRef("workspace")).values("tolerance_percent")
    balances = Balance.objects.of(workspace).filter(line__in=line_ids)
    found = {line_id: {side: nothing() for side in SIDES} for line_id in line_ids}
    for balance in balances.annotate(tolerance=Coalesce(Subquery(tolerance), ZERO)):
        above = max(balance.ceiling, ZERO) * balance.tolerance / 100
        amounts = {name: getattr(balance, name) for name in AMOUNTS}
        found[balance.line_id][balance.side] = amounts | {"promisable": balance.available + above}
    return {line_id: summed(by_side) for line_id, by_side in found.items()}


def nothing() -> dict:
    return dict.fromkeys((*AMOUNTS, "promisable"), ZERO)


def summed(by_side: dict) -> dict:
    """A dictionary by side, with the sums beside it."""
    sums = {name: sum((amounts[name] for amounts in by_side.values()), ZERO) for name in AMOUNTS}
    return sums | {"by_side": {str(side): amounts for side, amounts in by_side.items()}}
