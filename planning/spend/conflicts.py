"""Documents that an earlier import holds with other amounts: both sides shown, a person decides."""

from collections import defaultdict

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import booking
from .models import Entry, Import, Outcome
from .typed import replacing

SHOWN = 50


@action(_("decided conflicting documents of {subject}"))
def settle(batch, member, staged_ids, verdict: str) -> Import:
    """Decide rows of documents that an earlier import holds with other amounts.

    `verdict`: "keep" leaves them out, "book" books them beside what is there. Refused: rows that are not in conflict.
    """
    batch = lock(Import.objects.of(member.workspace).select_related("file"), batch.pk)
    rows = batch.staged.filter(pk__in=staged_ids, outcome=Outcome.CONFLICT)
    chosen = list(rows.values_list("pk", flat=True))
    if not batch.is_done or not chosen or len(chosen) != len(set(staged_ids)):
        raise Refused(__("Some of these rows are not waiting for a decision any more."))
    if verdict == "book":
        booking.book_chosen(batch, member, chosen)
        batch.save(update_fields=["counts", "totals"])
        for typed in batch.gone:
            replacing.exchange(typed, member, replacing.LEDGER)
    else:
        rows.update(outcome=Outcome.KEPT)
    record(settle, member, batch, after={"rows": len(chosen), "verdict": verdict})
    return batch


def documents(batch) -> list[dict]:
    """[{vendor, document, rows, held}] still to be decided: rows of the file beside entries of earlier imports."""
    waiting = list(
        batch.staged.filter(outcome=Outcome.CONFLICT).order_by("vendor_name", "document", "row")[: SHOWN * 10]
    )
    by_document = defaultdict(list)
    for row in waiting:
        by_document[row.vendor_key, row.document].append(row)
    held = defaultdict(list)
    earlier = Entry.objects.of(batch.workspace_id).filter(
        undone_at=None, split_of=None, source=batch.source_id, document__in={row.document for row in waiting}
    )
    for entry in earlier.exclude(batch=batch).order_by("pk"):
        held[entry.vendor_key, entry.document].append(entry)
    return [
        {"vendor": rows[0].vendor_name, "document": rows[0].document, "rows": rows, "held": held[key]}
        for key, rows in list(by_document.items())[:SHOWN]
    ]
