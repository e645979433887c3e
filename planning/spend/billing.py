"""A person says which purchase a row is an invoice of, where number and amount did not, or said it wrongly."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.purchases.models import Purchase
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import assigning
from .models import SETTLED, Entry

OFFERED = 50


@action(_("said which purchase {subject} is an invoice of"))
def attribute(entry, member, purchase=None) -> Entry:
    """The row is an invoice of `purchase`, whose commitment shrinks by it; of none, and the commitment comes back. A
    credit is one of the purchase whose invoice it takes back.

    Refused: a row that is gone or bills nothing, a purchase nobody approved, and moving money in a month that is shut.
    """
    workspace = member.workspace
    found = assigning.held(workspace, Entry.objects.of(workspace).live().filter(pk=entry.pk))
    if not found:
        raise Refused(__("This row is not there any more. Its import was undone."))
    entry = found[0]
    if purchase and entry.kind not in SETTLED:
        raise Refused(__("This row bills nothing, so it uses no commitment up."), "purchase")
    if purchase and purchase.approved_at is None:
        raise Refused(__("“%(purchase)s” was not approved.") % {"purchase": purchase}, "purchase")
    before = entry.purchase_id
    moved = assigning.Moved()
    if not entry.waits:
        assigning.refuse_shut(member, entry)
        moved.away(entry)
    entry.purchase = purchase
    entry.save(update_fields=["purchase"])
    if not entry.waits:
        moved.here(entry)
    moved.post(member)
    after = {"purchase": purchase and purchase.code}
    record(attribute, member, entry, before={"purchase": before and code_of(before)}, after=after)
    return entry


def code_of(purchase_id) -> str:
    return Purchase.objects.get(pk=purchase_id).code


def to_choose(entry) -> list[Purchase]:
    """The approved purchases this row may be an invoice of: its vendor's, or everybody's when it names none known."""
    if entry.undone_at or entry.kind not in SETTLED:
        return []
    rows = Purchase.objects.of(entry.workspace_id).filter(approved_at__isnull=False).order_by("-number")
    if entry.vendor_id:
        rows = rows.filter(vendor=entry.vendor_id)
    return list(rows[:OFFERED])
