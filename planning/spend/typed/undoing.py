"""A typed invoice leaves the books, or comes back to them. The caller holds documents and writes the history."""

from planning.calendar import periods
from planning.shared.locking import lock_all

from .. import posting
from ..models import Entry, Import


def held(workspace, batch_id) -> Import | None:
    """The import of a typed invoice, locked; None for a ledger's."""
    found = lock_all(Import.objects.of(workspace).filter(pk=batch_id, file=None))
    if not found:
        return None
    found[0].workspace = workspace
    return found[0]


def withdraw(batch, member, replaced_by=None) -> None:
    """It counts nowhere, and what it used of its commitment is committed again. Refused: in a month that is shut."""
    now = batch.workspace.now()
    Entry.objects.of(batch.workspace).filter(batch=batch, undone_at=None).update(undone_at=now)
    posting.take_back(batch, member)
    batch.reversed, batch.billed = list(range(1, batch.postings + 1)), {}
    batch.state, batch.undone_at, batch.replaced_by = Import.State.UNDONE, now, replaced_by
    batch.save(update_fields=["reversed", "billed", "state", "undone_at", "replaced_by"])


def revive(batch, member) -> None:
    """It counts as it did when it was withdrawn; what was taken out of it before stays out. Refused: in a month that is
    shut."""
    rows = Entry.objects.of(batch.workspace).filter(batch=batch)
    periods.hold_for_posting(member, {row.books_in for row in rows})
    rows.filter(undone_at=batch.undone_at).update(undone_at=None)
    batch.state, batch.undone_at, batch.replaced_by = Import.State.DONE, None, None
    batch.save(update_fields=["state", "undone_at", "replaced_by"])
    posting.post(batch, member, rows)
