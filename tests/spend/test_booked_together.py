"""What Postgres asks once for all rows that are booked together: is their vendor merged, is their import there?"""

import pytest
from django.db import IntegrityError, transaction

from planning.spend.models import Entry, Import
from planning.vendors.actions import register
from planning.vendors.merging.acting import merge
from planning.vendors.models import Vendor

from .make import brought, ledger, row


def test_rows_follow_a_merge_and_open_what_was_kept_back(inside):
    brought(inside.finance, ledger(row("10.00", document="A"), row("20.00", document="B"), row("5.00", document="C")))
    kept, gone, hidden = (register(inside.cmo, name) for name in ("Larchwood Print", "Larch Print", "Quiet Tools"))
    merge(gone, kept, inside.cmo)
    Vendor.objects.filter(pk=hidden.pk).update(kept_back=True)

    rows = list(Entry.objects.of(inside.workspace).order_by("row"))
    for entry, vendor in zip(rows, (gone, hidden, None), strict=True):
        entry.pk, entry.nth, entry.vendor = None, 2, vendor
    Entry.objects.bulk_create(rows)

    booked = Entry.objects.of(inside.workspace).filter(nth=2).order_by("row")
    assert [entry.vendor_id for entry in booked] == [kept.pk, hidden.pk, None]
    assert not Vendor.objects.get(pk=hidden.pk).kept_back


def test_rows_stay_with_an_import_that_is_there(inside):
    batch = brought(inside.finance, ledger(row("10.00", document="A")))
    other = brought(inside.finance, ledger(row("5.00", document="B")))
    [entry] = Entry.objects.of(inside.workspace).filter(batch=batch)

    loose = Entry.objects.get(pk=entry.pk)
    loose.pk, loose.nth, loose.batch_id = None, 2, other.pk + 1000
    for act, sentence in (
        (loose.save, "There is no import"),
        (lambda: Entry.objects.filter(pk=entry.pk).update(batch=other), "stays with its import"),
        (lambda: Import.objects.filter(pk=batch.pk)._raw_delete("default"), "has entries"),
    ):
        with pytest.raises(IntegrityError, match=sentence), transaction.atomic():
            act()
