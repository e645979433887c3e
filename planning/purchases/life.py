"""What has happened to an approved purchase, and what is still to come: ordered, received, invoiced, closed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.templatetags.money import money

from .invoicing import price_in_all
from .models import State

ORDER = (State.APPROVED, State.ORDERED, State.RECEIVED, State.INVOICED, State.CLOSED)


@dataclass(frozen=True)
class Step:
    """`done` wholly, or in `part`; `note` says how much of it."""

    word: str
    done: bool
    part: bool = False
    day: datetime | None = None
    note: str = ""


def life_of(purchase, holding) -> list[Step]:
    """The steps of a purchase that was approved, with `holding` as held.holding_of gives it; else nothing."""
    if purchase.approved_at is None or purchase.is_waiting:
        return []
    at = ORDER.index(purchase.state) if purchase.state in ORDER else 0
    whole, invoiced, left = price_in_all(purchase), used(holding), still_open(holding)
    received = at >= 2 and purchase.received == 0 or purchase.received == whole
    short = purchase.state == State.CLOSED and purchase.currency == purchase.workspace.currency and invoiced < whole
    open_or_given_back = whole - invoiced if short else left
    bill = _("%(part)s of %(whole)s %(currency)s")
    home = purchase.workspace.currency
    return [
        Step(_("Approved"), True, day=purchase.approved_at),
        Step(_("Ordered"), bool(purchase.ordered_at), day=purchase.ordered_at, note=purchase.order_number),
        Step(
            _("Received"),
            received,
            purchase.received > 0,
            note=said(bill, purchase.received, whole, purchase.currency) if 0 < purchase.received < whole else "",
        ),
        Step(
            _("Invoiced"),
            at >= 3 and not left and not (short and invoiced),
            invoiced > 0,
            note=said(bill, invoiced, invoiced + open_or_given_back, home) if invoiced and open_or_given_back else "",
        ),
        Step(_("Closed"), purchase.state == State.CLOSED, day=purchase.closed_at),
    ]


def used(holding):
    return sum((keep.consumed for line in holding for keep in line.keeps), ZERO)


def still_open(holding):
    """What is committed and not invoiced, months of years that are not agreed yet among it. Workspace's currency."""
    return sum((keep.kept + keep.forward for line in holding for keep in line.keeps), ZERO)


def said(sentence, part, whole, currency) -> str:
    return sentence % {"part": money(part, currency), "whole": money(whole, currency), "currency": currency}
