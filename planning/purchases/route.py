"""The route of a purchase: every seat that decides, who sits there, why, and until when. Previewed and submitted alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Sum
from django.utils.translation import gettext as _

from planning.budgets.models import Revision
from planning.calendar.business_time import due_after
from planning.people.models import Member
from planning.shared.money import ZERO
from planning.shared.refusals import Refused
from planning.signoffs.papers import SeatSpec

from .holders import SEATS_OF_SIDES, Chair, chair
from .models import Purchase
from .rules import SIDES, Facts, Need, needs

DAYS_TO_DECIDE = 2
TWELVE_MONTHS = timedelta(days=365)


@dataclass(frozen=True)
class Stop:
    """One seat of the route."""

    need: Need
    chair: Chair
    due: datetime

    @property
    def seat(self) -> str:
        return self.need.seat

    @property
    def holder(self) -> Member | None:
        return self.chair.holder

    def spec(self) -> SeatSpec:
        side = self.seat if self.seat in SEATS_OF_SIDES else ""
        return SeatSpec(self.seat, side=side, holder=self.holder, reason=self.need.reason, due=self.due)


def route(purchase, worth, lines=None) -> list[Stop]:
    """The stops of `purchase` with its `worth` (value.worth). The same input gives the same route."""
    facts = facts_of(purchase, worth, lines)
    due = due_after(purchase.workspace, days=DAYS_TO_DECIDE)
    return [
        Stop(need, chair(purchase.workspace, need.seat, worth.value, purchase.category, purchase.requester), due)
        for need in needs(facts)
    ]


def refuse_empty(stops):
    """An approver without a holder refuses the submission by name; nothing is passed by itself."""
    for stop in stops:
        if stop.chair.is_empty:
            raise Refused(
                _("Nobody can decide for %(seat)s: name somebody who holds it, other than who asks.")
                % {"seat": seat_label(stop.seat)},
                "seats",
            )


def facts_of(purchase, worth, lines=None) -> Facts:
    """What the rules look at, gathered. `lines` are ids of its lines; default: those of its items."""
    ids = set(lines if lines is not None else purchase.items.values_list("line_id", flat=True))
    agreed = list(
        Revision.objects.of(purchase.workspace).in_force().filter(line__in=ids, removed=False).order_by("line_id")
    )
    return Facts(
        buyer=purchase.requester.side,
        value=worth.value,
        currency=purchase.workspace.currency,
        data_class=purchase.data_class,
        lines=tuple((revision.side, revision.is_joint) for revision in agreed),
        domain=purchase.category.domain if purchase.category else "other",
        all_lines_agreed=len(agreed) == len(ids),
        vendor_before=twelve_months_at(purchase.vendor, purchase) if purchase.vendor_id else ZERO,
        term_months=purchase.term_months,
        renews=purchase.renews,
        reviewed=has_review(purchase),
    )


def twelve_months_at(vendor, purchase):
    """Net total value of what was asked of the vendor in the last twelve months, this purchase not among it."""
    since = purchase.workspace.now() - TWELVE_MONTHS
    asked = Purchase.objects.of(purchase.workspace).asked_for().filter(vendor=vendor, submitted_at__gt=since)
    return asked.exclude(pk=purchase.pk).aggregate(sum=Sum("value"))["sum"] or ZERO


def has_review(purchase) -> bool:
    """Whether a security review that is valid today covers this vendor and this class of data."""
    today = purchase.workspace.today()
    return (
        purchase.vendor_id is not None
        and purchase.vendor.reviews.filter(
            data_class=purchase.data_class, reviewed_on__lte=today, valid_until__gt=today
        ).exists()
    )


def seat_label(seat) -> str:
    return {
        "marketing": _("Marketing"),
        "technology": _("Technology"),
        "finance": _("Finance"),
        "security": _("Security"),
        "legal": _("Legal"),
    }.get(seat, seat)


__all__ = ["SIDES", "Stop", "facts_of", "refuse_empty", "route", "seat_label"]
