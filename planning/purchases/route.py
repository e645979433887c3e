"""The route of a purchase: every seat, who sits there, why, and until when. Previewed and submitted alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext as _

from planning.calendar.business_time import hours_of
from planning.people.models import Member
from planning.people.scope import whole_rows
from planning.roles.routing.row import Row, row_for
from planning.shared.money import ZERO
from planning.shared.refusals import Refused
from planning.signoffs.papers import SeatSpec
from planning.vendors.models import SecurityReview, Vendor

from .frameworks import why_one_key
from .holders import SEATS_OF_SIDES, Chair, chairs
from .lines import revisions
from .models import Purchase
from .rulebook import book_of, ruleset_for
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


def governing(purchase, value) -> Row | None:
    """The row of the matrix in force that governs `purchase` at `value`, its net total contract value."""
    return row_for(purchase.workspace, "purchase", value, purchase.category, purchase.domain)


def route(purchase, worth, row, lines=None, agreed=None, hours=None, book=None) -> list[Stop]:
    """The stops of `purchase` with its `worth` (value.worth), who sits there by `row`. The same input gives the same
    route.

    `lines` are the ids of its lines (default: those of its items); `agreed` their revisions, the business `hours` and
    the `book` of rules, when known already.
    """
    facts = facts_of(purchase, worth, lines, agreed)
    if purchase.call_off_of_id:
        found = [Need(facts.owner, (why_one_key(purchase),))]
    else:
        found = needs(facts, book or book_of(ruleset_for(purchase)))
    workspace = purchase.workspace
    due = (hours or hours_of(workspace)).add_days(workspace.now().astimezone(workspace.zone), DAYS_TO_DECIDE)
    seats = [need.seat for need in found]
    sitting = chairs(workspace, seats, row, purchase.requester)
    return [Stop(need, sitting[need.seat], due) for need in found]


def refuse_empty(stops):
    """An approver without a holder refuses the submission by name; nothing is passed by itself."""
    for stop in stops:
        if stop.chair.is_empty:
            raise Refused(
                _("Nobody can decide for %(seat)s: name somebody who holds it, other than who asks.")
                % {"seat": seat_label(stop.seat)},
                "seats",
            )


def facts_of(purchase, worth, lines=None, agreed=None) -> Facts:
    """What the rules look at, gathered."""
    ids = set(lines if lines is not None else [item.line_id for item in purchase.items.all()])
    agreed = revisions(purchase.workspace, ids) if agreed is None else agreed
    asked_before, reviewed, review_ended = of_vendor(purchase)
    return Facts(
        buyer=purchase.requester.side,
        value=worth.value,
        currency=purchase.workspace.currency,
        data_class=purchase.data_class,
        lines=tuple((revision.side, revision.is_joint) for revision in agreed),
        domain=purchase.domain,
        all_lines_agreed=len(agreed) == len(ids),
        vendor_before=asked_before,
        term_months=purchase.term_months,
        renews=purchase.renews,
        reviewed=reviewed,
        review_ended=review_ended,
        region=purchase.region,
        categories=branch_of(purchase.category),
    )


def branch_of(category) -> tuple[int, ...]:
    """A category and the branches above it, its own first; a query a step up."""
    found = []
    while category is not None and category.pk and category.pk not in found:
        found.append(category.pk)
        category = category.parent if category.parent_id else None
    return tuple(found)


def of_vendor(purchase):
    """(value, reviewed, review_ended): what was asked of its vendor in the last twelve months, this purchase not among
    it (net total value), whether a security review that is valid today covers the vendor and this class of data, and
    when the last one ended if none is."""
    if purchase.vendor_id is None:
        return ZERO, False, None
    workspace, today = purchase.workspace, purchase.workspace.today()
    since = workspace.now() - TWELVE_MONTHS
    asked = Purchase.objects.of(workspace).counted().filter(vendor=OuterRef("pk"), submitted_at__gt=since)
    asked = asked.exclude(pk=purchase.pk).order_by().values("vendor").annotate(sum=Sum("value")).values("sum")
    reviews = SecurityReview.objects.filter(
        vendor=OuterRef("pk"), data_class=purchase.data_class, reviewed_on__lte=today
    ).order_by("-valid_until")
    rows = Vendor.objects.of(workspace).filter(pk=purchase.vendor_id)
    rows = rows.values_list(Subquery(asked), Subquery(reviews.values("valid_until")[:1]))
    ((value, until),) = whole_rows(*rows.query.sql_with_params())  # restricted ones too: a preview is the route
    reviewed = until is not None and until > today
    return value or ZERO, reviewed, None if reviewed else until


def seat_label(seat) -> str:
    return {
        "marketing": _("Marketing"),
        "technology": _("Technology"),
        "finance": _("Finance"),
        "security": _("Security"),
        "legal": _("Legal"),
    }.get(seat, seat)


__all__ = ["SIDES", "Stop", "facts_of", "refuse_empty", "route", "seat_label"]
