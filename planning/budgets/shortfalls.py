"""When a promise does not fit: which lines and sides are short by how much, and what would fit instead."""

from collections import defaultdict
from contextlib import contextmanager

from django.utils.translation import gettext as _

from planning.shared.money import ZERO, minor_unit, round_money
from planning.shared.templatetags.money import money

from .availability import availabilities
from .lines.spreading import SIDES
from .models import FundingSide, Hold, Line
from .movements import Shortfall


@contextmanager
def explained(workspace, holds):
    """A Shortfall inside the block names every line and side that is short of these holds, not only the first."""
    try:
        yield
    except Shortfall as first:
        raise named(workspace, holds, first) from first


def named(workspace, holds, first) -> Shortfall:
    needed = defaultdict(lambda: ZERO)
    for hold in holds:
        if hold.state != Hold.State.FORWARD:
            needed[hold.line_id, hold.side] += hold.amount
    room = room_for(holds, availabilities(workspace, {line_id for line_id, _side in needed}))
    names = {line.pk: str(line) for line in Line.objects.filter(pk__in=room)}
    short = [
        {
            "line": line_id,
            "name": names[line_id],
            "side": side,
            "shortfall": round_money(amount - available, workspace.currency),
        }
        for (line_id, side), amount in sorted(needed.items())
        for available in [room[line_id][side]]
        if amount > available
    ]
    if not short:
        return first
    offer = counter_split(needed, room, short, workspace.currency)
    return Shortfall(sentence(workspace, short, offer), short, offer, field="amount")


def room_for(holds, room) -> dict:
    """{line id: {side: amount}} that `holds` may take; a transfer gives only what is there."""
    gives = any(hold.cause.startswith("budgets.transfer:") for hold in holds)
    name = "available" if gives else "promisable"
    return {
        line_id: {side: amounts[name] for side, amounts in standing["by_side"].items()}
        for line_id, standing in room.items()
    }


def sentence(workspace, short, offer) -> str:
    """ "“Web shop” is short by 12.00 EUR for Technology; nothing was reserved. …" """
    money_of = lambda amount: f"{money(amount, workspace.currency)} {workspace.currency}"  # noqa: E731
    says = "; ".join(
        _("“%(line)s” is short by %(amount)s for %(side)s")
        % {"line": row["name"], "amount": money_of(row["shortfall"]), "side": FundingSide(row["side"]).label}
        for row in short
    )
    if offer:
        says += ". " + _("It would fit as %(split)s") % {
            "split": ", ".join(f"{FundingSide(side).label} {money_of(amount)}" for side, amount in offer.items())
        }
    return says + "."


def counter_split(needed, room, short, currency):
    """{side: amount} that fits a single joint line which is short on one side only; None when nothing does."""
    lines = {line_id for line_id, _side in needed}
    if len(lines) != 1 or len(short) != 1 or len(needed) < 2:
        return None
    line_id, side = short[0]["line"], short[0]["side"]
    other = next(one for one in SIDES if one != side)
    available = {one: room[line_id][one] for one in SIDES}
    total = sum(needed.values(), ZERO)
    mine = max(whole_units(available[side], currency), ZERO)
    if total - mine > available[other]:
        return None
    return {one: mine if one == side else total - mine for one in SIDES}


def whole_units(amount, currency):
    """Rounded down, so that it still fits."""
    return amount // minor_unit(currency) * minor_unit(currency)
