"""What people do with ledgers: bring a file, confirm how it is read, take it back, place what nothing placed."""

from django.db import transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.files import reading, storing
from planning.notices.telling import tell
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import booking, mappings, opening, payroll, posting, remembering, tasks
from .models import Entry, Import, Source
from .typed import documents, replacing

HEAD = 4096  # bytes


# ── A file comes in ──────────────────────────────────────────────────────────────────────────────────────────────────
@action(_("brought the file {subject}"))
def upload(member, file, mapping=None, confirmed: bool = True) -> Import:
    """Keep a file; a worker opens it and proposes how to read it. `mapping` may be whole, in part or nothing.

    A source that is known lends its mapping. `confirmed`: the file goes on by itself when nothing about it is in doubt
    (the API); a page shows the mapping first, unless a person confirmed that source's mapping before.
    Refused: files that are empty, too large, or no table at first sight, and mappings that make no sense. What only
    opening it tells (a password, damage, no rows) ends the import, saying so.
    """
    batch = taken_in(member, file, {} if mapping is None else mapping, shown_first=not confirmed)
    record(upload, member, batch, after=facts_of(batch))
    return batch


def taken_in(member, file, mapping, drop=None, shown_first=False) -> Import:
    """Keep the file and have it opened: by a worker, or at once when it is short. Until it is known what it holds, it
    is as private as payroll. Plain: the action that calls records it."""
    mapping = mappings.cleaned(mapping)
    reading.refuse_no_table(file.read(HEAD))
    file.seek(0)
    batch = Import(
        workspace=member.workspace,
        file=storing.store(file, member),
        started_by=member,
        drop=drop,
        created_at=member.workspace.now(),
        state=Import.State.RUNNING,
        mapping=mapping,
        shown_first=shown_first,
        private=True,
    )
    if opening.is_short(batch.file):
        _look(batch, batch.file.size)
    batch.save()
    if batch.is_running:
        _send(batch)
    return batch


def facts_of(batch) -> dict:
    return {"sha256": batch.file.sha256, "size": batch.file.size, "state": batch.state}


@action(_("confirmed how {subject} is read"))
def confirm(batch, member, mapping) -> Import:
    """Read the file by this mapping and book it. Refused: what is running or done, and mappings that leave doubt."""
    batch = lock(Import.objects.of(member.workspace).select_related("file"), batch.pk)
    if not batch.waits_for_mapping:
        raise Refused(__("This file is being read or was read already."))
    proposed = opening.propose(batch, mappings.cleaned(mapping), opening.TRIED)
    if not proposed.is_certain:
        raise Refused(mappings.doubt(proposed), mappings.field_of(proposed.doubts[0]))
    before = batch.mapping
    batch.mapping, batch.confidence = proposed.mapping, proposed.confidence
    batch.private = batch.private or payroll.is_called_payroll(batch.name, proposed)
    _run(batch, proposed.headers, confirmed_by=member, proposed=before)
    batch.save()
    _send(batch)
    record(confirm, member, batch, before={"mapping": before}, after={"mapping": batch.mapping})
    return batch


def _look(batch, size) -> None:
    """Propose how a file is read that is text by now, and let it go on where nobody need look first."""
    batch.text_size = size
    if proposed := opening.looked_at(batch):
        _run(batch, proposed.headers)


def _send(batch) -> None:
    """To a worker, once this is committed. Should the broker be away, the clock sends it later."""
    transaction.on_commit(lambda: tasks.run_import.delay(batch.workspace_id, batch.pk), robust=True)


def _run(batch, headers, confirmed_by=None, proposed=None):
    batch.source = source_of(batch.workspace, headers, batch, confirmed_by, proposed or {})
    batch.state, batch.phase, batch.failure = Import.State.RUNNING, Import.Phase.READING, ""
    batch.rows_read = batch.bytes_read = batch.attempts = 0
    batch.lease = batch.lease_until = None
    if batch.pk:
        batch.staged.all().delete()


def source_of(workspace, headers, batch, confirmed_by, proposed) -> Source:
    """The source of this name whose files have this header, with the mapping that was used last."""
    known = remembering.sources_of(workspace, headers)
    name = batch.mapping.get("source") or (known[0].name if known else remembering.name_for(batch.name, headers))
    source = next((source for source in known if source.name == name), None)
    if source is None:
        source, _new = Source.objects.get_or_create(
            workspace=workspace,
            fingerprint=known[0].fingerprint if known else remembering.fingerprint(headers),
            name=name,
            defaults={"created_at": workspace.now()},
        )
    batch.mapping["source"] = source.name
    source.mapping = remembering.to_remember(batch.mapping, source.mapping, proposed)
    source.confirmed_by = confirmed_by or source.confirmed_by
    source.used_at = workspace.now()
    source.save(update_fields=["mapping", "confirmed_by", "used_at"])
    return source


# ── The clock works on it ────────────────────────────────────────────────────────────────────────────────────────────
@action(_("opened the file {subject}"), by="clock")
def look(batch, lease, size: int, parts=()) -> Import | None:
    """Propose how a file is read that a worker opened: `size` bytes of text. `parts` names the files of a zip that
    holds several: each becomes an import of its own. Only who holds the lease may; None for others.

    One that came by itself and waits for a person tells who opened its drop.
    """
    batch = _held(batch, lease)
    if batch is None:
        return None
    if parts:
        for other in opening.take_apart(batch, parts):
            _send(other)
    else:
        _look(batch, size)
    batch.save()
    waits = batch.state == Import.State.MAPPING
    entry = record(look, batch.started_by, batch, after={"files": list(parts)} if parts else {"state": batch.state})
    if batch.drop_id and waits:
        tell([batch.started_by], entry, url=place(batch.workspace, "spend:import", batch.pk), needs=True)
    return batch


def _held(batch, lease) -> Import | None:
    """The import, held until the transaction ends, when this lease is still its own."""
    everything = Import.objects.of(batch.workspace).select_related(
        "file", "source", "drop", "started_by__user", "workspace"
    )
    batch = lock(everything, batch.pk)
    return batch if batch.lease == lease and batch.is_running else None


@action(_("booked the file {subject}"), by="clock")
def book(batch, lease, short=None) -> Import | None:
    """Turn what was read into entries and actuals, all or nothing: what was staged, or a `short` file
    (`staging.stage`). Only who holds the lease may; None for others."""
    batch = _held(batch, lease)
    if batch is None:
        return None
    member = batch.started_by
    booking.book(batch, member, short)
    batch.state, batch.done_at = Import.State.DONE, batch.workspace.now()
    batch.lease = batch.lease_until = None
    batch.save()
    totals = {} if batch.private else {"totals": batch.totals}
    record(book, member, batch, after={"counts": batch.counts} | totals)
    return batch


@action(_("could not read the file {subject}"), by="clock")
def fail(batch, lease, sentence: str) -> Import:
    """Give up on a file, saying why. Nothing of it is booked."""
    batch = lock(Import.objects.of(batch.workspace).select_related("file", "started_by"), batch.pk)
    if batch.lease == lease and batch.is_running:
        batch.state, batch.failure, batch.lease, batch.lease_until = Import.State.FAILED, sentence, None, None
        batch.save()
        batch.staged.all().delete()
        record(fail, batch.started_by, batch, after={"failure": sentence})
    return batch


# ── Taking it back ───────────────────────────────────────────────────────────────────────────────────────────────────
@action(_("undid the import of {subject}"))
def undo(batch, member) -> Import:
    """Take an import back whole: its entries keep their words and get a date, every balance is as it was before.

    One that still runs stops. The file is kept, purchases get back what its invoices used up, and typed invoices that
    it replaced count again. Refused: one that was
    undone already, one with actuals in a month that is shut, and one whose booking would have to be waited for.
    """
    refuse_while_booked(batch)
    if Import.objects.of(member.workspace).filter(replaced_by__isnull=False).exists():
        documents.hold(member.workspace)
    batch = lock(Import.objects.of(member.workspace).of_files().select_related("file"), batch.pk)
    if not batch.can_be_undone:
        raise Refused(__("This import was undone already."))
    before, now = batch.state, member.workspace.now()
    taken = Entry.objects.of(member.workspace).filter(batch=batch, undone_at=None).update(undone_at=now)
    posting.take_back(batch, member)
    batch.state, batch.undone_at, batch.lease, batch.lease_until = Import.State.UNDONE, now, None, None
    batch.save()
    for typed in replacing.come_back(member.workspace, member, replaced_by=batch):
        replacing.exchange(typed, member, replacing.TYPED)
    record(undo, member, batch, before={"state": before}, after={"state": batch.state, "entries": taken})
    return batch


def refuse_while_booked(batch) -> None:
    """Booking is one transaction and holds the import until it ends, minutes for a million rows."""
    here = Import.objects.of(batch.workspace).filter(pk=batch.pk)
    if not here.filter(state=Import.State.RUNNING, phase=Import.Phase.BOOKING).exists():
        return
    if not here.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True).first():
        raise Refused(__("Its rows are being booked this minute. Once that is done, it can be undone whole."))
