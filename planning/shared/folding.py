"""A long list in two parts: what comes first is shown, the rest stands behind a click with its number and its sum."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from .money import ZERO

SHOWN, FEW = 10, 2  # a rest of so few is shown too: a click costs more than a row


@dataclass(frozen=True)
class Folded:
    """`amount` is the sum of the rest, in the workspace's currency."""

    first: list
    rest: list
    amount: Decimal


def folded(rows: Iterable, amount: Callable = lambda row: None) -> Folded:
    """`rows` in the order they have; `amount` gives what one stands for, or None where it stands for no money."""
    rows = list(rows)
    first = rows if len(rows) <= SHOWN + FEW else rows[:SHOWN]
    rest = rows[len(first) :]
    return Folded(first, rest, sum((amount(row) or ZERO for row in rest), ZERO))
