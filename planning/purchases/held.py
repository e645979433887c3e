"""What a purchase keeps of its lines' money, by line and side."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from planning.budgets.availability import availabilities
from planning.budgets.models import Hold
from planning.shared.money import ZERO

from .lines import line_name


@dataclass(frozen=True)
class Keep:
    """One share: what is kept and invoiced of it, and what its line has left for that side. Workspace's currency."""

    side: str
    kept: Decimal
    consumed: Decimal
    forward: Decimal
    available: Decimal


@dataclass(frozen=True)
class Holding:
    line_id: int
    name: str
    keeps: tuple[Keep, ...]
    months: tuple


def holding_of(purchase) -> list[Holding]:
    """What is reserved or committed for it, line by line, marketing before technology. Nothing for a draft."""
    holds = Hold.objects.of(purchase.workspace).filter(claim__in=purchase.claims).annotate(line_name=line_name())
    lines = defaultdict(list)
    for hold in holds:
        lines[hold.line_id, hold.line_name].append(hold)
    room = availabilities(purchase.workspace, [line for line, _name in lines])
    return [
        Holding(line, name, tuple(keeps(rows, room[line])), months_of(rows)) for (line, name), rows in lines.items()
    ]


def kept_by(purchase) -> dict:
    """{(line id, side): what `purchase` keeps of it, what has been invoiced of that among it}."""
    kept = defaultdict(lambda: ZERO)
    for hold in Hold.objects.of(purchase.workspace).filter(claim__in=purchase.claims):
        if hold.state in (Hold.State.RESERVED, Hold.State.COMMITTED):
            kept[hold.line_id, hold.side] += hold.amount - hold.released
    return kept


def keeps(holds, room):
    for side in ("marketing", "technology"):
        mine = [hold for hold in holds if hold.side == side]
        if mine:
            standing = [hold for hold in mine if hold.state in (Hold.State.RESERVED, Hold.State.COMMITTED)]
            yield Keep(
                side,
                sum((hold.left for hold in standing), ZERO),
                sum((hold.consumed for hold in mine), ZERO),
                sum((hold.left for hold in mine if hold.state == Hold.State.FORWARD), ZERO),
                room["by_side"][side]["available"],
            )


def months_of(holds):
    return tuple(sorted({hold.month for hold in holds}))
