"""Money kept for somebody's claim: reserved when asked, committed when approved, consumed by invoices, released once.

A claim is a UUID of the room that asks; this room knows no more of it. Use a fresh one for every submission. `cause`
is the thing it is for (a model instance, or its text "purchases.purchase:12"): the line's page leads to it. All
amounts are in the workspace's currency. Call inside a transaction; nothing here writes history.
"""

from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.locking import lock_all
from planning.shared.money import ZERO, round_money
from planning.shared.refusals import Refused

from .availability import availabilities
from .models import Budget, Hold, Line, Movement, Revision
from .movements import Shortfall, append, moves, refusals, text_of  # noqa: F401 - Shortfall is for callers
from .shortfalls import explained
from .spreading import SIDES
from .spreading import shares as shares_of

__all__ = ["Shortfall", "commit", "consume", "held", "release", "reserve"]


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
    """What was reserved for `claim` becomes committed; returns the amount. Refused: nothing is reserved for it."""
    holds = lock_all(Hold.objects.of_claim(claim).filter(state=Hold.State.RESERVED).select_related("workspace"))
    if not holds:
        if Hold.objects.of_claim(claim).filter(state=Hold.State.FORWARD).exists():
            return ZERO
        raise Refused(_("Nothing is reserved for this request."))
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


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def keep(workspace, holds) -> list[Hold]:
    """Save unsaved holds and book what they reserve, all or none; a Shortfall names every side that is short."""
    with explained(workspace, holds), refusals():
        Hold.objects.bulk_create(holds)
        append(
            workspace,
            [
                booked(hold, "reserve", reserved=hold.amount, member=hold.member)
                for hold in holds
                if not is_forward(hold)
            ],
        )
    return holds


def gathered(shares, currency) -> dict:
    """{(line id, month): amount}; several shares of one line and month are one."""
    wanted = defaultdict(lambda: ZERO)
    for line, month, amount in shares:
        if amount <= 0 or amount != round_money(amount, currency):
            raise Refused(
                _("A promise is for an amount above zero, in whole minor units of %(currency)s.")
                % {"currency": currency},
                "amount",
            )
        wanted[getattr(line, "pk", line), month.replace(day=1)] += amount
    if not wanted:
        raise Refused(_("Name at least one budget line: money that belongs to nobody cannot be promised."), "line")
    return wanted


def lines_for_promises(workspace, wanted) -> dict:
    """{id: line}, held in order of id, each with its `revision` in force. Refused: unknown, not agreed, closed."""
    ids = {line_id for line_id, _month in wanted}
    lines = {line.pk: line for line in lock_all(Line.objects.of(workspace).filter(pk__in=ids).select_related("budget"))}
    for revision in Revision.objects.of(workspace).in_force().filter(line__in=lines, removed=False):
        lines[revision.line_id].revision = revision
    for line_id in ids:
        line = lines.get(line_id)
        if line is None:
            raise Refused(_("There is no such budget line here."), "line")
        if not hasattr(line, "revision") or line.budget.state == Budget.State.CLOSED:
            raise Refused(
                _("“%(line)s” is not an agreed, open line; money can be promised once both keys have agreed to it.")
                % {"line": line},
                "line",
            )
    for line_id, month in wanted:
        line = lines[line_id]
        line.budget.workspace = workspace
        if month < line.budget.months[0]:
            raise Refused(
                _("%(month)s lies before the year of “%(line)s”.")
                % {"month": month.strftime("%Y-%m"), "line": line.revision},
                "month",
            )
    return lines


def state_in(line, month) -> str:
    return Hold.State.FORWARD if month > line.budget.months[-1] else Hold.State.RESERVED


def is_forward(hold) -> bool:
    return hold.state == Hold.State.FORWARD


def parts(line, amount, room) -> dict:
    available = {side: room["by_side"][side]["available"] for side in SIDES}
    return shares_of(amount, line.revision.weights, line.workspace.currency, available)


def booked(hold, kind, *, member, cause=None, cause_id=None, **deltas) -> Movement:
    """The movement of one step of a hold."""
    return Movement(
        line_id=hold.line_id,
        side=hold.side,
        month=hold.month,
        kind=kind,
        hold=hold,
        member=member,
        cause=text_of(cause) if cause else hold.cause,
        cause_id=cause_id or f"{hold.claim}:{kind}",
        **deltas,
    )


def drawn(holds, month, amount, used):
    """(hold, part) pairs that use up `amount` of the holds of one line."""
    left = {hold: hold.left - used[hold] for hold in holds}
    currency = holds[0].workspace.currency if holds else ""
    for row in sorted({hold.month for hold in holds}, key=lambda other: (other != month, other)):
        here = [hold for hold in holds if hold.month == row]
        whole = sum((left[hold] for hold in here), ZERO)
        taken = min(amount, whole)
        if not taken:
            continue
        amount -= taken
        rest = taken
        for hold in here[:-1]:
            part = min(left[hold], round_money(taken * left[hold] / whole, currency))
            rest -= part
            yield hold, part
        yield here[-1], rest
