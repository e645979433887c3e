"""Money kept for somebody's claim: reserved when asked, committed when approved, consumed by invoices, released once.

A claim is a UUID of the room that asks; this room knows no more of it. Use a fresh one for every submission. `cause`
is the thing it is for (a model instance, or its text "purchases.purchase:12"): the line's page leads to it. All
amounts are in the workspace's currency. Call inside a transaction; nothing here writes history.
"""

import uuid
from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.locking import lock_all
from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from .availability import availabilities
from .holding import booked, drawn, gathered, is_forward, keep, lines_for_promises, parts, spared, state_in
from .models import Hold
from .movements import Shortfall, append, text_of

__all__ = ["Shortfall", "commit", "consume", "held", "release", "reserve", "shrink"]


def reserve(claim, shares, member, cause) -> list[Hold]:
    """Hold `shares`, [(line, month as its first day, amount)], for `claim`: all of them or none. Returns the holds.

    Each amount falls on the sides by the line's weights; an odd cent goes to the side with more available. Months
    after the line's year become forward holds, which touch no balance. Refused: a Shortfall naming line, side and
    amount (with an `offer` where the other side of a joint line could take the rest), a line that is not agreed or is
    closed, an amount not above zero, a month before the line's year, and a claim that holds money already.
    """
    workspace = member.workspace
    wanted = gathered(shares, workspace.currency)
    lines = lines_for_promises(workspace, wanted)
    if Hold.objects.of(workspace).of_claim(claim).exists():
        raise Refused(_("This request holds money already."))
    room = availabilities(workspace, lines)
    holds = [
        Hold(
            workspace=workspace,
            claim=claim,
            line=line,
            side=side,
            month=month,
            amount=part,
            state=state_in(line, month),
            cause=text_of(cause),
            member=member,
            at=workspace.now(),
        )
        for (line_id, month), amount in sorted(wanted.items())
        for line in [lines[line_id]]
        for side, part in parts(line, amount, room[line_id]).items()
        if part
    ]
    return keep(workspace, holds)


def commit(claim, cause, member=None) -> Decimal:
    """What was reserved for `claim` becomes committed; returns the amount. Refused: nothing is reserved for it.

    Months after the last agreed year stay forward, marked as approved: on their year's lines they are committed.
    """
    asked = Hold.objects.of_claim(claim).filter(state__in=[Hold.State.RESERVED, Hold.State.FORWARD])
    found = lock_all(asked.select_related("workspace"))
    if not found:
        raise Refused(_("Nothing is reserved for this request."))
    if forward := [hold.pk for hold in found if is_forward(hold)]:
        Hold.objects.filter(pk__in=forward).update(approved=True)
    holds = [hold for hold in found if not is_forward(hold)]
    if not holds:
        return ZERO
    append(
        holds[0].workspace,
        [
            booked(hold, "commit", reserved=-hold.left, committed=hold.left, member=member, cause=cause)
            for hold in holds
        ],
    )
    Hold.objects.filter(pk__in=[hold.pk for hold in holds]).update(state=Hold.State.COMMITTED)
    return sum((hold.left for hold in holds), ZERO)


def release(claim, cause, member=None) -> Decimal:
    """Give back what `claim` still keeps, reserved or committed; returns the amount. A second time there is nothing."""
    holds = lock_all(Hold.objects.of_claim(claim).exclude(state=Hold.State.CLOSED).select_related("workspace"))
    if not holds:
        return ZERO
    standing = [hold for hold in holds if not is_forward(hold)]
    append(
        holds[0].workspace,
        [booked(hold, "release", member=member, cause=cause, **{hold.state: -hold.left}) for hold in standing],
    )
    total = sum((hold.left for hold in standing), ZERO)
    for hold in holds:
        hold.released += hold.left
        hold.state = Hold.State.CLOSED
    Hold.objects.bulk_update(holds, ["released", "state"])
    return total


def shrink(claim, shares, cause, member=None, step="") -> Decimal:
    """An approved (or requested) claim costs less: from now on it is for `shares`, [(line, month, amount)], and the
    difference is released; returns it. What `shares` leave out is released whole. Nobody needs to approve.

    Each line and month shrinks on both sides in proportion, the odd cent from where it was taken. `step` names the
    occasion (a version's number): the same occasion of a claim books once. Refused: an amount above what is held, a
    line or month that holds nothing, and an amount below what was invoiced already.
    """
    holds = lock_all(Hold.objects.of_claim(claim).exclude(state=Hold.State.CLOSED).select_related("workspace"))
    if not holds:
        raise Refused(_("Nothing is held for this request."))
    workspace = holds[0].workspace
    wanted = gathered(shares, workspace.currency) if shares else {}
    given_back = spared(holds, wanted, workspace.currency)
    occasion = f"{claim}:{step or uuid.uuid4()}"
    append(
        workspace,
        [
            booked(hold, "release", member=member, cause=cause, cause_id=occasion, **{hold.state: -part})
            for hold, part in given_back.items()
            if not is_forward(hold)
        ],
    )
    for hold, part in given_back.items():
        hold.released += part
    Hold.objects.bulk_update(list(given_back), ["released"])
    return sum(given_back.values(), ZERO)


def consume(claim, rows, cause, cause_id, member=None) -> Decimal:
    """Invoices of `rows`, [(line_id, month, amount)], use up what was committed for `claim`, never below zero.

    Call it beside `postings.post_actuals` with the same `cause` and `cause_id`: `undo_actuals` gives both back. The
    month of the invoice is used first, then the others in order; both sides shrink in proportion to what they still
    keep, and the last invoice takes the rest. Returns the amount used. Credits (below zero) use nothing.
    """
    holds = lock_all(Hold.objects.of_claim(claim).filter(state=Hold.State.COMMITTED).select_related("workspace"))
    used = defaultdict(lambda: ZERO)
    for line_id, month, amount in rows:
        mine = [hold for hold in holds if hold.line_id == line_id]
        for hold, part in drawn(mine, month, max(amount, ZERO), used):
            used[hold] += part
    if not used:
        return ZERO
    append(
        holds[0].workspace,
        [
            booked(hold, "actual", committed=-part, member=member, cause=cause, cause_id=cause_id)
            for hold, part in used.items()
        ],
    )
    for hold, part in used.items():
        hold.consumed += part
    Hold.objects.bulk_update(list(used), ["consumed"])
    return sum(used.values(), ZERO)


def held(claim) -> dict:
    """{reserved, committed, consumed, released, forward} of a claim, in the workspace's currency."""
    result = dict.fromkeys(("reserved", "committed", "consumed", "released", "forward"), ZERO)
    for hold in Hold.objects.of_claim(claim):
        if hold.state != Hold.State.CLOSED:
            result[hold.state] += hold.left
        result["consumed"] += hold.consumed
        result["released"] += hold.released
    return result
