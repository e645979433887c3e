"""Is it there already? What whoever decides a request should know of its vendor and of what does the same."""

from dataclasses import dataclass

from django.db.models import Q

from planning.vendors.models import Contract, DataClass, SecurityReview, Vendor

from .models import Purchase

MOST = 5


@dataclass(frozen=True)
class Overlap:
    """`contracts` run today, with the vendor or in the category; `purchases` of the vendor are waiting or approved.

    `review` is the vendor's security review for the request's class of data that is valid today; `needs_review` when
    the request touches data that asks for one.
    """

    vendor: Vendor
    contracts: list[Contract]
    purchases: list[Purchase]
    review: SecurityReview | None
    needs_review: bool


def overlap_of(purchase) -> Overlap | None:
    """None while nobody said who sells it."""
    if purchase.vendor is None:
        return None
    today, vendor = purchase.workspace.today(), purchase.vendor
    about = Q(vendor=vendor)
    if purchase.category_id:
        about |= Q(vendor__category=purchase.category_id)
    contracts = Contract.objects.of(purchase.workspace).filter(about, ends_on__gt=today).select_related("vendor")
    reviews = SecurityReview.objects.of(purchase.workspace).filter(
        vendor=vendor, data_class=purchase.data_class, reviewed_on__lte=today, valid_until__gt=today
    )
    return Overlap(
        vendor,
        list(contracts.order_by("-value", "pk")[:MOST]),
        others_at(purchase),
        reviews.order_by("-valid_until").first(),
        purchase.data_class in (DataClass.PERSONAL, DataClass.UNKNOWN),
    )


def others_at(purchase) -> list[Purchase]:
    """The vendor's other purchases that wait or are approved, newest first; a framework's page lists its call-offs."""
    asked = Purchase.objects.of(purchase.workspace).waiting() | Purchase.objects.of(purchase.workspace).standing()
    others = asked.filter(vendor=purchase.vendor).exclude(pk=purchase.pk)
    return list((others.filter(call_off_of=None) if purchase.framework else others).order_by("-number")[:MOST])
