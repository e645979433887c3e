"""What did silence cost? Contracts that renewed although nobody had decided."""

from collections import defaultdict
from decimal import Decimal

from .renewals import silent_renewals


def cost_of_silence(workspace) -> dict:
    """{times, by_currency: {currency: cost}}: every silent renewal at the value of the term it began."""
    costs, times = defaultdict(Decimal), 0
    for contract in silent_renewals(workspace):
        times += contract.silent_renewals
        costs[contract.currency] += contract.value * contract.silent_renewals
    return {"times": times, "by_currency": dict(costs)}
