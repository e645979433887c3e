"""How much of a commitment invoices have used up, set to what they say in all: after a credit, or when one of them was
taken back or belongs to another promise.

`promises.consume` books the use of one invoice. This books the difference to where all of them together should be, so
that the order in which invoices and credits came, or were undone, does not matter.
"""

import uuid
from decimal import Decimal

from planning.shared.money import ZERO, round_money

from .holding import booked, drawn
from .models import Hold
from .movements import append


def set_used(holds, used: Decimal, month, cause, member=None) -> Decimal:
    """The committed `holds` of one line (locked by the caller) are used up by `used` in all, of their workspace's
    currency. Returns what was booked: above zero, more is used; below, that much is committed again.

    More falls on `month` first; what comes back comes from the latest months, from both sides in proportion. It comes
    back even on a line that facts have pushed over its plan: a credit is a fact.
    """
    difference = used - sum((hold.consumed for hold in holds), ZERO)
    if not difference:
        return ZERO
    if difference > 0:
        parts = dict(drawn(holds, month, difference, dict.fromkeys(holds, ZERO)))
        kind, sign = "actual", 1
    else:
        parts, kind, sign = dict(given_back(holds, -difference)), "undo", -1
    occasion = f"used:{uuid.uuid4()}"
    append(
        holds[0].workspace,
        [
            booked(hold, kind, committed=-sign * part, member=member, cause=cause, cause_id=occasion)
            for hold, part in parts.items()
        ],
    )
    for hold, part in parts.items():
        hold.consumed += sign * part
    Hold.objects.bulk_update(list(parts), ["consumed"])
    return sign * sum(parts.values(), ZERO)


def given_back(holds, amount):
    """(hold, part) pairs that take `amount` of what was used up back, the latest months first."""
    for month in sorted({hold.month for hold in holds}, reverse=True):
        here = [hold for hold in holds if hold.month == month and hold.consumed]
        whole = sum((hold.consumed for hold in here), ZERO)
        rest = taken = min(amount, whole)
        if not taken:
            continue
        amount -= taken
        for hold in here[:-1]:
            part = min(hold.consumed, rest, round_money(taken * hold.consumed / whole, hold.workspace.currency))
            rest -= part
            yield hold, part
        yield here[-1], rest
