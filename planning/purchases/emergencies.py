"""The emergency lane: one lead commits at once, and the keys are asked for afterwards.

Both sides see every one of them: in the list, and counted by the side whose lead it was.
"""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from planning.budgets import promises
from planning.calendar.business_time import due_after
from planning.shared.money import ZERO
from planning.shared.refusals import NotYours, Refused
from planning.shared.templatetags.money import money
from planning.signoffs.models import Paper, Seat
from planning.signoffs.ruling import SEAT as SPONSOR

from .holders import chairs
from .models import ENDED, Emergency, Purchase, State
from .route import Stop, refuse_empty
from .rules import SIDES, Need, label

CAP = Decimal(25000)  # net total contract value, the workspace's currency
DAYS_TO_CONFIRM = 2  # business days
LOOK_BACK = timedelta(days=365)


def may_rush(purchase, member) -> bool:
    """Whether `member` may commit it as an emergency now: for the page, which then shows the button."""
    try:
        refuse_lane(purchase, member)
    except Refused:
        return False
    return purchase.value is None or purchase.value <= CAP


def refuse_lane(purchase, member):
    """A lead of either side: with a request of their own that is not sent yet, or with anybody's that waits."""
    if not member.is_lead or member.side not in SIDES:
        raise NotYours(_("A lead of marketing or technology commits an emergency."))
    if purchase.framework:
        raise Refused(_("A framework order is no emergency: it buys nothing by itself."))
    own = purchase.requester_id == member.pk and (purchase.is_draft or purchase.state in ENDED)
    if not own and (not purchase.is_waiting or purchase.is_changing):
        raise Refused(
            _("“%(purchase)s” is %(state)s; an emergency is one's own request, or one that waits.")
            % {"purchase": purchase, "state": purchase.get_state_display()}
        )


def refuse_above_cap(value, currency):
    if value > CAP:
        raise Refused(
            _("It is worth %(value)s %(currency)s in all. One lead commits at most %(cap)s; this needs its keys first.")
            % {"value": money(value, currency), "currency": currency, "cap": money(CAP, currency)},
            "amount",
        )


def clean_reason(reason) -> str:
    if reason not in Emergency.values:
        raise Refused(_("Say which emergency it is: %(known)s.") % {"known": ", ".join(Emergency.values)}, "emergency")
    return reason


def stops_after(purchase, stops, lead, row) -> list[Stop]:
    """Who is asked afterwards: the other side's key in any case, and whoever the rules ask. The lead's own side is left
    out where the lead also asks for it: who asks does not decide."""
    due = due_after(purchase.workspace, days=DAYS_TO_CONFIRM)
    other = SIDES[1 - SIDES.index(lead.side)]
    reason = _("%(side)s committed it as an emergency; this is the second key.") % {"side": label(lead.side)}
    sitting = chairs(purchase.workspace, [other], row, purchase.requester)
    kept = [stop for stop in stops if stop.seat not in SIDES]
    found = [Stop(Need(other, (reason,)), sitting[other], due), *(Stop(stop.need, stop.chair, due) for stop in kept)]
    refuse_empty(found)
    return found


def confirmed_or_not(purchase, member):
    """The keys that were asked afterwards have answered. Refused: what has not been ordered is stopped and its money
    given back; what went to the vendor stays committed, listed as an emergency nobody confirmed."""
    if purchase.paper.state == Paper.State.REFUSED and purchase.state == State.APPROVED:
        if any(promises.held(claim)["consumed"] for claim in purchase.claims):
            return
        for claim in purchase.claims:
            promises.release(claim, purchase, member)
        purchase.state = State.REJECTED


def unconfirmed(workspace):
    """Emergencies whose second key is overdue and that the sponsor has not been asked about, oldest first."""
    late = Seat.objects.of(workspace).filter(
        name__in=SIDES, state=Seat.State.OPEN, due_at__lte=workspace.now(), paper__state=Paper.State.OPEN
    )
    taken = Seat.objects.of(workspace).filter(name=SPONSOR)
    rows = Purchase.objects.of(workspace).emergencies().exclude(state__in=["submitted", "more information"])
    return rows.filter(paper__in=late.values("paper")).exclude(paper__in=taken.values("paper")).order_by("pk")


def counted(workspace) -> dict[str, dict]:
    """{side: {count, worth, open}} of the last twelve months: how often each side's leads used the lane."""
    since = workspace.now() - LOOK_BACK
    rows = Purchase.objects.of(workspace).emergencies().filter(approved_at__gt=since)
    sums = rows.order_by().values("emergency_by__side").annotate(count=Count("pk"), worth=Sum("value"))
    found = {side: {"count": 0, "worth": ZERO} for side in SIDES}
    for row in sums:
        found[row["emergency_by__side"]] = {"count": row["count"], "worth": row["worth"]}
    return found
