"""What would stop a scenario from being agreed: finance's envelopes, and money that is promised or spent already."""

from dataclasses import dataclass
from decimal import Decimal

from planning.shared.money import ZERO

from ..lines.spreading import SIDES
from ..models import Balance, FundingSide


@dataclass(frozen=True)
class TooLow:
    """A changed line that plans less for a side than is promised and spent there, by `short`."""

    line_id: int
    name: str
    side: str
    short: Decimal

    @property
    def side_word(self):
        return FundingSide(self.side).label


def too_low(scenario) -> list[TooLow]:
    """Lines that the agreement would refuse as they are, the largest gap first. Two queries."""
    rows = {row.line_id: row for row in scenario.lines.filter(changed=True, line__isnull=False)}
    found = []
    for balance in Balance.objects.of(scenario.workspace_id).filter(line__in=rows):
        row = rows[balance.line_id]
        marketing = sum(row.marketing_months, ZERO)
        plan = marketing if balance.side == SIDES[0] else sum(row.months, ZERO) - marketing
        short = balance.used - balance.transferred - plan
        if short > 0 and plan < balance.plan:
            found.append(TooLow(row.line_id, row.name, balance.side, short))
    return sorted(found, key=lambda one: (-one.short, one.name))


def above_envelope(budget, side, plan) -> Decimal | None:
    """What a side plans above finance's envelope (below zero: what is left of it); None without one."""
    envelope = getattr(budget, f"{side}_envelope")
    return None if envelope is None else plan - envelope
