"""What people do with ledgers: bring a file, confirm how it is read, take it back, place what nothing placed."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.files import reading
from planning.files.storing import store
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from . import booking, mappings, payroll, posting, proposal, remembering, tasks
from .models import Entry, Import, Source

READ_AT_ONCE = 8 * 2**20


# ── A file comes in ──────────────────────────────────────────────────────────────────────────────────────────────────
@action(_("brought the file {subject}"))
def upload(member, file, mapping=None, confirmed: bool = True) -> Import:
    """Keep a file and propose how to read it. `mapping` may be whole, in part or nothing.

    A source that is known lends its mapping. `confirmed`: the file goes on by itself when nothing about it is in doubt
    (the API); a page shows the mapping first, unless a person confirmed that source's mapping before.
    Refused: files that are empty, too large, or no table, and mappings that make no sense.
    """

    def runs(_proposed, source):
        return confirmed or bool(source and source.confirmed_by_id)

    batch = taken_in(member, file, {} if mapping is None else mapping, runs)
    record(upload, member, batch, after=facts_of(batch))
    return batch


def taken_in(member, file, mapping, runs, drop=None) -> Import:
    """Keep the file, propose how it is read, and let it go on by itself where nothing is in doubt and
    `runs(proposed, source)` allows it. Plain: the action that calls records it."""
    stored = store(file, member)
    proposed, source = remembered(stored, member.workspace, mappings.cleaned(mapping))
    batch = Import.objects.create(
        workspace=member.workspace,
        file=stored,
        started_by=member,
        drop=drop,
        created_at=member.workspace.now(),
        mapping=proposed.mapping,
        confidence=proposed.confidence,
        source=None,
        private=payroll.is_called_payroll(stored.name, proposed),
    )
    if proposed.is_certain and runs(proposed, source):
        _run(batch, proposed.headers)
    return batch


def facts_of(batch) -> dict:
    return {"sha256": batch.file.sha256, "size": batch.file.size, "state": batch.state}


@action(_("confirmed how {subject} is read"))
def confirm(batch, member, mapping) -> Import:
    """Read the file by this mapping and book it. Refused: what is running or done, and mappings that leave doubt."""
    batch = lock(Import.objects.of(member.workspace).select_related("file"), batch.pk)
    if batch.state not in (Import.State.MAPPING, Import.State.FAILED):
        raise Refused(__("This file is being read or was read already."))
    proposed = propose(batch.file, member.workspace.currency, mappings.cleaned(mapping))
    if not proposed.is_certain:
        raise Refused(mappings.doubt(proposed), mappings.field_of(proposed.doubts[0]))
    before = batch.mapping
    batch.mapping, batch.confidence = proposed.mapping, proposed.confidence
    batch.private = batch.private or payroll.is_called_payroll(batch.file.name, proposed)
    _run(batch, proposed.headers, confirmed_by=member, proposed=before)
    record(confirm, member, batch, before={"mapping": before}, after={"mapping": batch.mapping})
    return batch


def propose(stored, currency, given):
    """The proposal for a stored file, from its beginning when it is long."""
    with reading.opened(stored) as file:
        data = file.read(READ_AT_ONCE)
        reading.refuse_no_table(data[:4096])
        return proposal.propose(data, currency, given, whole=not file.read(1))


def remembered(stored, workspace, given):
    """(proposal, source or None): a known source's mapping taken up, where this file does not contradict it."""
    proposed = propose(stored, workspace.currency, given)
    known = remembering.sources_of(workspace, proposed.headers)
    if "source" in given:
        known = [source for source in known if source.name == given["source"]]
    if not known:
        return proposed, None
    again = propose(stored, workspace.currency, remembering.taken_up(proposed, known[0], given))
    again.mapping.setdefault("source", known[0].name)
    if len(known) > 1 and "source" not in given:
        again.confidence["source"] = proposal.LIKELY
    return again, known[0]


def _run(batch, headers, confirmed_by=None, proposed=None):
    batch.source = source_of(batch.workspace, headers, batch, confirmed_by, proposed or {})
    batch.state, batch.phase, batch.failure = Import.State.RUNNING, Import.Phase.READING, ""
    batch.rows_read = batch.bytes_read = batch.attempts = 0
    batch.lease = batch.lease_until = None
    batch.staged.all().delete()
    batch.save()
    # Should the broker be away, the clock sends it later.
    transaction.on_commit(partial(tasks.run_import.delay, batch.workspace_id, batch.pk), robust=True)


def source_of(workspace, headers, batch, confirmed_by, proposed) -> Source:
    """The source of this name whose files have this header, with the mapping that was used last."""
    known = remembering.sources_of(workspace, headers)
    name = batch.mapping.get("source") or (known[0].name if known else remembering.name_for(batch.file.name, headers))
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
@action(_("booked the file {subject}"), by="clock")
def book(batch, lease) -> Import | None:
    """Turn what was read into entries and actuals, all or nothing. Only who holds the lease may; None for others."""
    batch = lock(Import.objects.of(batch.workspace).select_related("file", "source", "started_by"), batch.pk)
    if batch.lease != lease or not batch.is_running:
        return None
    member = batch.started_by
    booking.book(batch, member)
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

    One that still runs stops. The file is kept, purchases get back what its invoices used up. Refused: one that was
    undone already, and one with actuals in a month that is shut.
    """
    batch = lock(Import.objects.of(member.workspace).select_related("file"), batch.pk)
    if not batch.can_be_undone:
        raise Refused(__("This import was undone already."))
    before, now = batch.state, member.workspace.now()
    taken = Entry.objects.of(member.workspace).filter(batch=batch, undone_at=None).update(undone_at=now)
    posting.take_back(batch, member)
    batch.state, batch.undone_at, batch.lease, batch.lease_until = Import.State.UNDONE, now, None, None
    batch.save()
    record(undo, member, batch, before={"state": before}, after={"state": batch.state, "entries": taken})
    return batch
