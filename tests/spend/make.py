"""Ledger files, and imports brought to their end without a worker."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile

from planning.people.scope import whole
from planning.spend import actions, tasks
from planning.spend.models import Import

HEADER = ["Date", "Supplier", "Document no", "Amount", "Department", "Category"]


def ledger(*rows, header=HEADER, name="ledger.csv", encoding="utf-8", delimiter=",") -> SimpleUploadedFile:
    """A file of rows of text under `header`."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([header, *rows])
    return SimpleUploadedFile(name, text.getvalue().encode(encoding))


def row(amount, vendor="Northwind Ltd", document="INV-1", day="2026-05-14", department="Brand", category="Advertising"):
    return [day, vendor, document, str(amount), department, category]


def brought(member, file, mapping=None) -> Import:
    """The import of `file`, read and booked as a worker would."""
    batch = actions.upload(member, file, mapping)
    tasks.run_import(batch.workspace_id, batch.pk)
    with whole():  # what could not be opened is seen by few
        return Import.objects.select_related("workspace", "file", "source").get(pk=batch.pk)


def total(batch, part="file") -> dict:
    return batch.totals.get(part, {})
