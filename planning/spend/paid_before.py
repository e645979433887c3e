"""Which payments is a back-dated request for? Those made before it was approved: once its vendor is adopted they are
its invoices, so that their money does not stand as an actual and as a commitment at once.

Their months may be closed meanwhile: line, month and amount stay as they are, only the commitment goes.
"""

from planning.purchases.models import Purchase

from . import assigning, posting
from .models import SETTLED, Entry


def held(amnesty) -> list[Entry]:
    """The payments, locked: actuals on the lines that its request asks for, invoices of nothing yet."""
    purchase = Purchase.objects.filter(amnesties=amnesty.pk, approved_at__isnull=False).first()
    if purchase is None:
        return []
    approved = purchase.approved_at.astimezone(amnesty.workspace.now().tzinfo).date()
    paid = Entry.objects.of(amnesty.workspace).posted().filter(vendor=amnesty.vendor_id, kind__in=SETTLED)
    lines = purchase.items.values("line")
    return assigning.held(
        amnesty.workspace,
        paid.filter(purchase=None, line__in=lines, posting_date__lte=approved, converted__isnull=False),
    )


def bill(entries, purchase, member) -> None:
    """They are invoices of this purchase from now on, and its commitment shrinks by them."""
    moved = assigning.Moved()
    posting.hold_months(member.workspace, {entry.books_in for entry in entries})
    for entry in entries:
        moved.away(entry)
        entry.purchase = purchase
        moved.here(entry)
    Entry.objects.bulk_update(entries, ["purchase"], batch_size=2000)
    moved.post(member)
