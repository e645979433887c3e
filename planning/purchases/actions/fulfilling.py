"""After the last approver: ordered, received, invoiced, closed. Nothing goes to a vendor before."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.budgets import promises
from planning.shared.money import ZERO, clean_money, money_text
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money
from planning.trail.acts import action, record

from ..holding import held
from ..invoicing import price_in_all
from ..models import Purchase, State
from ..restricted import tell


@action(_("ordered {subject}"))
def order(purchase, member, order_number: str = "") -> Purchase:
    """The order went to the vendor. Without a number of the company's own, ours is used. Refused: not approved, and a
    number that another purchase carries."""
    purchase = step(purchase, member, State.ORDERED, State.APPROVED)
    purchase.order_number = clean_number(purchase, order_number) or purchase.order_number or purchase.code
    purchase.ordered_at = purchase.workspace.now()
    return told(order, purchase, member, {"order_number": purchase.order_number})


@action(_("gave {subject} its order number"))
def number(purchase, member, order_number: str) -> Purchase:
    """Take back the number that the company's own system gave it; invoices find it by that. It asks nobody.

    Refused: a purchase that nobody approved, no number, and a number that another purchase carries.
    """
    purchase = held(purchase, member.workspace)
    if purchase.approved_at is None:
        raise Refused(__("“%(purchase)s” has not been approved; it has no order yet.") % {"purchase": purchase})
    before, purchase.order_number = purchase.order_number, clean_number(purchase, order_number)
    if not purchase.order_number:
        raise Refused(__("Which number did the order get?"), "order_number")
    purchase.save(update_fields=["order_number"])
    entry = record(
        number,
        member,
        purchase,
        before={"order_number": before},
        after={"order_number": purchase.order_number},
    )
    tell(purchase, [purchase.requester], entry)
    return purchase


@action(_("received {subject}"))
def receive(purchase, member, amount=None, note: str = "") -> Purchase:
    """What was ordered is there: all of it, or the part that is worth `amount` of its price (its own currency, net).

    Refused: not ordered, and more than what was ordered.
    """
    purchase = step(purchase, member, State.ORDERED, State.ORDERED)
    whole = price_in_all(purchase)
    open_part = whole - purchase.received
    part = open_part if amount in (None, "") else clean_money(amount, purchase.currency, "amount")
    if not 0 < part <= open_part:
        raise Refused(
            __("Of its price %(open)s %(currency)s has not been received; it cannot be more than that.")
            % {"open": money(open_part, purchase.currency), "currency": purchase.currency},
            "amount",
        )
    purchase.received += part
    if purchase.received == whole:
        purchase.state = State.RECEIVED
    return told(receive, purchase, member, {"received": money_text(purchase.received, purchase.currency)}, note)


@action(_("noted the last invoice of {subject}"))
def invoice(purchase, member, note: str = "") -> Purchase:
    """The last invoice is in. Refused: neither ordered nor received."""
    return told(invoice, step(purchase, member, State.INVOICED, State.ORDERED, State.RECEIVED), member, note=note)


@action(_("closed {subject}"))
def close(purchase, member, note: str = "") -> Purchase:
    """Nothing more comes: what is still committed goes back to its lines, once.

    Refused: not approved, or closed; and an order that is closed short, below what was committed, without a reason.
    """
    purchase = step(purchase, member, State.CLOSED, State.APPROVED, State.ORDERED, State.RECEIVED, State.INVOICED)
    released = sum((promises.release(claim, purchase, member) for claim in purchase.claims), ZERO)
    if released and purchase.ordered_at and not note.strip():
        raise Refused(
            __("%(amount)s %(currency)s of the order has not been invoiced. Say why nothing more comes.")
            % {"amount": money(released, purchase.workspace.currency), "currency": purchase.workspace.currency},
            "note",
        )
    purchase.closed_at = purchase.workspace.now()
    return told(close, purchase, member, {"released": money_text(released, purchase.workspace.currency)}, note)


def clean_number(purchase, order_number) -> str:
    """The number as it is kept. An invoice that names one number must find one purchase."""
    said = " ".join(str(order_number).split())[:60]
    taken = Purchase.objects.of(purchase.workspace).filter(order_number__iexact=said).exclude(pk=purchase.pk).first()
    if said and taken:
        raise Refused(
            __("“%(number)s” is the order number of %(code)s already.") % {"number": said, "code": taken.code},
            "order_number",
        )
    return said


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
    tell(purchase, [purchase.requester], entry)
    return purchase
