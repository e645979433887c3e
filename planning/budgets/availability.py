"""What is left on a line: available = plan + transfers − reserved − committed − actual, per side. One query a call."""

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
    """{line id: availability} of many lines, in one query."""
    found = {line_id: {side: nothing() for side in SIDES} for line_id in line_ids}
    for balance in Balance.objects.of(workspace).filter(line__in=found):
        found[balance.line_id][balance.side] = {name: getattr(balance, name) for name in AMOUNTS}
    return {line_id: summed(by_side) for line_id, by_side in found.items()}


def promisable(workspace, room) -> dict:
    """{line id: {side: Decimal}}: what the stop lets promises take of `room` (from `availabilities`).

    That is what is available and, above it, the workspace's tolerance in percent of the line's plan after transfers. A
    transfer gives only what is available.
    """
    percent = Limits.of(workspace).tolerance_percent
    return {
        line_id: {
            side: amounts["available"] + max(amounts["plan"] + amounts["transferred"], ZERO) * percent / 100
            for side, amounts in standing["by_side"].items()
        }
        for line_id, standing in room.items()
    }


def nothing() -> dict:
    return dict.fromkeys(AMOUNTS, ZERO)


def summed(by_side: dict) -> dict:
    """A dictionary by side, with the sums beside it."""
    sums = {name: sum((amounts[name] for amounts in by_side.values()), ZERO) for name in AMOUNTS}
    return sums | {"by_side": {str(side): amounts for side, amounts in by_side.items()}}
