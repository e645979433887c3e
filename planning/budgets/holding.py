"""How promises are held: what is asked is gathered, its lines checked, its parts booked, used up and given back."""

from collections import defaultdict

from django.utils.translation import gettext as _

from planning.shared.locking import lock_all
from planning.shared.money import ZERO, round_money, split
from planning.shared.refusals import Refused

from .lines.spreading import SIDES
from .lines.spreading import shares as shares_of
from .models import Budget, Hold, Line, Movement, Revision
from .movements import append, refusals, text_of
from .shortfalls import explained


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


def spared(holds, wanted, currency) -> dict:
    """{hold: what it gives back} when each line and month is to hold no more than `wanted`."""
    by_place = defaultdict(list)
    for hold in holds:
        by_place[hold.line_id, hold.month].append(hold)
    if wanted.keys() - by_place.keys():
        raise Refused(_("A promise shrinks where it stands; other lines or months are a new request."), "line")
    result = {}
    for place, here in by_place.items():
        standing = [hold.amount - hold.released for hold in here]
        less = sum(standing, ZERO) - wanted.get(place, ZERO)
        if less < 0:
            raise Refused(_("A promise only shrinks here; more money is asked for with a new request."), "amount")
        if less > sum((hold.left for hold in here), ZERO):
            raise Refused(_("More than that was invoiced already."), "amount")
        for hold, part in zip(here, split(less, standing, currency) if less else (), strict=False):
            result[hold] = min(part, hold.left)
        owed = less - sum((result.get(hold, ZERO) for hold in here), ZERO)
        for hold in here:
            more = min(owed, hold.left - result.get(hold, ZERO))
            if more:
                result[hold] += more
                owed -= more
    return {hold: part for hold, part in result.items() if part}


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
