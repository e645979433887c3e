"""What stands here on day one beside what a company's other systems say: it is approved when nothing differs."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.vendors.models import Contract

from .models import Cell


@dataclass(frozen=True)
class Check:
    """One total: `here` is what this workspace holds, `there` what the other system says, in its currency."""

    key: str
    label: str
    here: Decimal
    there: Decimal

    @property
    def difference(self) -> Decimal:
        return self.there - self.here


def checks(opening) -> list[Check]:
    """Ledger to date, open orders, contracts. Contracts in other currencies stay out: no sum without a conversion."""
    workspace, first = opening.workspace, opening.first
    actuals = Cell.objects.of(workspace).filter(line__budget=opening.budget, month__lt=first)
    contracts = Contract.objects.of(workspace).filter(
        currency=workspace.currency, starts_on__lte=first, ends_on__gt=first
    )
    return [
        Check("ledger_total", _("Actuals before that month"), total(actuals, "actual"), opening.ledger_total),
        Check("orders_total", _("Open orders"), total(opening.orders.all(), "amount"), opening.orders_total),
        Check("contracts_total", _("Contracts that run"), total(contracts, "value"), opening.contracts_total),
    ]


def total(rows, name) -> Decimal:
    return rows.order_by().aggregate(sum=Sum(name))["sum"] or ZERO
