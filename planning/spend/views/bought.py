"""Parts of lower rooms' pages: the invoices of a purchase, with a person's word on which row is one, and what the
ledgers say of a vendor."""

from django.db.models import Sum
from django.shortcuts import get_object_or_404, render

from planning.people.doors import anyone, door, editors
from planning.purchases.models import Purchase, State
from planning.vendors.models import Vendor

from .. import billing, known_names
from ..models import Entry

SHOWN, NEWEST = 50, 5


@door(anyone)
def of_purchase(request, purchase_id):
    purchase = get_object_or_404(Purchase.objects.of(request.workspace), pk=purchase_id)
    entries = Entry.objects.of(request.workspace).live().filter(purchase=purchase)
    posted = entries.posted().aggregate(sum=Sum("converted"))["sum"]
    newest = entries.select_related("source").order_by("-posting_date", "-pk")[:SHOWN]
    back_dated = purchase.amnesties.select_related("owner__user", "vendor").order_by("pk")
    may_type = request.member.can_edit and purchase.approved_at and purchase.state != State.CLOSED
    facts = {"purchase": purchase, "entries": newest, "posted": posted, "amnesties": back_dated, "may_type": may_type}
    return render(request, "spend/_of_purchase.html", facts)


@door(post=editors, does=billing.attribute)
def invoice(request, entry_id):
    entry = get_object_or_404(Entry.objects.of(request.workspace), pk=entry_id)
    chosen = request.POST.get("purchase", "")
    approved = Purchase.objects.of(request.workspace).filter(approved_at__isnull=False)
    purchase = get_object_or_404(approved, pk=int(chosen)) if chosen.isdecimal() else None
    billing.attribute(entry, request.member, purchase)
    return request.go("spend:entry", entry.pk)


@door(anyone)
def of_vendor(request, vendor_id):
    """What its own page shows of a vendor: its newest rows, and those of its names that are not its yet."""
    vendor = get_object_or_404(Vendor.objects.of(request.workspace), pk=vendor_id)
    entries = Entry.objects.of(request.workspace).live().filter(vendor=vendor)
    facts = {
        "vendor": vendor,
        "entries": entries.order_by("-posting_date", "-pk")[:NEWEST],
        "rows": entries.count(),
        "unlinked": known_names.unlinked(request.workspace, vendor).count(),
    }
    return render(request, "spend/_of_vendor.html", facts)
