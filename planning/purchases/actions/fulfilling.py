"""After the last approver: ordered, received, invoiced, closed. Nothing goes to a vendor before."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets import promises
from planning.notices.telling import tell
from planning.shared.money import ZERO, money_text
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..holding import held, url_of
from ..models import Purchase, State


@action(_("ordered {subject}"))
def order(purchase, member, order_number: str = "") -> Purchase:
    """The order went to the vendor. Without a number of the company's own, ours is used. Refused: not approved."""
    purchase = step(purchase, member, State.ORDERED, State.APPROVED)
    purchase.order_number = order_number.strip()[:60] or purchase.order_number or purchase.code
    purchase.ordered_at = purchase.workspace.now()
    return told(order, purchase, member, {"order_number": purchase.order_number})


@action(_("received {subject}"))
def receive(purchase, member, note: str = "") -> Purchase:
    """What was ordered is there. Refused: not ordered."""
    return told(receive, step(purchase, member, State.RECEIVED, State.ORDERED), member, note=note)


@action(_("noted the last invoice of {subject}"))
def invoice(purchase, member, note: str = "") -> Purchase:
    """The last invoice is in. Refused: neither ordered nor received."""
    return told(invoice, step(purchase, member, State.INVOICED, State.ORDERED, State.RECEIVED), member, note=note)


@action(_("closed {subject}"))
def close(purchase, member, note: str = "") -> Purchase:
    """Nothing more comes: what is still committed goes back to its lines, once. Refused: not approved, or closed."""
    purchase = step(purchase, member, State.CLOSED, State.APPROVED, State.ORDERED, State.RECEIVED, State.INVOICED)
    released = sum((promises.release(claim, purchase, member) for claim in purchase.claims), ZERO)
    purchase.closed_at = purchase.workspace.now()
    return told(close, purchase, member, {"released": money_text(released, purchase.workspace.currency)}, note)


def step(purchase, member, to, *origins) -> Purchase:
    purchase = held(purchase, member.workspace)
    if purchase.state not in origins:
        raise Refused(
            __("“%(purchase)s” is %(state)s; that step does not follow.")
            % {"purchase": purchase, "state": purchase.get_state_display()}
        )
    purchase.state = to
    return purchase


def told(act, purchase, member, more=None, note="") -> Purchase:
    purchase.save()
    entry = record(act, member, purchase, after={"state": purchase.state} | (more or {}), note=note)
    tell([purchase.requester], entry, url=url_of(purchase))
    return purchase
