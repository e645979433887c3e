"""Names that the register learned after their rows came: an alias added later, a vendor registered later.

Rows of an import find their vendor when they are booked. What a person teaches the register afterwards reaches the
rows that are there already by one click: on the vendor's page for its own names, in the queue for all of them.
"""

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from planning.trail.acts import action, record
from planning.vendors.models import Alias, Vendor

from . import amnesty, assigning, posting
from .models import Entry
from .typed import documents, replacing

LINK = """
UPDATE spend_entry e SET vendor_id = names.vendor_id
  FROM (SELECT key, min(vendor_id) AS vendor_id
          FROM (SELECT key, id AS vendor_id FROM vendors_vendor WHERE workspace_id = %(workspace)s
                UNION ALL SELECT key, vendor_id FROM vendors_alias WHERE workspace_id = %(workspace)s) AS said
         GROUP BY key) AS names
 WHERE e.workspace_id = %(workspace)s AND e.vendor_id IS NULL AND e.undone_at IS NULL AND e.vendor_key <> ''
   AND e.vendor_key = names.key AND (%(vendor)s::bigint IS NULL OR names.vendor_id = %(vendor)s)
RETURNING e.id
"""


@action(_("matched earlier rows with the names of {subject}"))
def recognise(member, vendor=None) -> int:
    """Rows without a vendor whose name the register knows by now become that vendor's, posted ones too, and the rules
    are asked about what waits. Of one vendor's names, or of all. Gives the number of rows."""
    workspace = member.workspace
    documents.share(workspace)
    with connection.cursor() as cursor:
        cursor.execute(LINK, {"workspace": workspace.pk, "vendor": vendor and vendor.pk})
        linked = [pk for (pk,) in cursor.fetchall()]
    give_way(member, linked)
    placed = len(assigning.apply_rules(member)) if linked else 0
    if linked:
        record(recognise, member, vendor or workspace, after={"rows": len(linked), "placed": placed})
        tell_what_ended(workspace, linked)
    return len(linked)


def give_way(member, entry_ids) -> dict[int, list[int]]:
    """Actuals that turn out to be a document which somebody typed are invoices of its purchase from now on, where their
    month is open, and the typed one is withdrawn. Refused: while that one lies in a month that is shut.

    Gives {import of a typed one: rows that became invoices of its purchase}.
    """
    moved, became = assigning.Moved(), {}
    for typed, rows in replacing.give_way_to_actuals(member.workspace, member, entry_ids):
        shut, became[typed.batch_id] = posting.shut_months(member), []
        for row in assigning.held(member.workspace, Entry.objects.filter(pk__in=rows, purchase=None)):
            if row.books_in not in shut:
                moved.away(row)
                row.purchase_id = typed.purchase_id
                row.save(update_fields=["purchase"])
                moved.here(row)
                became[typed.batch_id].append(row.pk)
        moved.gone.append(typed)
    moved.post(member)
    return became


def tell_what_ended(workspace, entry_ids) -> None:
    """Rows that turn out to be a stopped vendor's raise the alert that their import could not raise."""
    for found in amnesty.ended(workspace, Entry.objects.of(workspace).filter(pk__in=entry_ids)):
        amnesty.alert(*found)


def unlinked(workspace, vendor=None):
    """The rows that `recognise` would give to their vendor."""
    rows = Entry.objects.of(workspace).filter(undone_at=None, vendor=None).exclude(vendor_key="")
    if vendor is not None:
        return rows.filter(vendor_key__in=[vendor.key, *vendor.aliases.values_list("key", flat=True)])
    names = {"workspace": workspace, "key": OuterRef("vendor_key")}
    return rows.filter(Exists(Vendor.objects.filter(**names)) | Exists(Alias.objects.filter(**names)))
