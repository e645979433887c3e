"""Bringing a register of contracts: keep the file, say how it is read, take in what the preview showed."""

from django.db import transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.files.storing import store
from planning.shared.locking import lock
from planning.shared.refusals import Refused, Stale
from planning.trail.acts import action, record

from .. import tasks
from ..contracts import DATED, settle, void_decision
from ..models import Contract, RegisterFile, Vendor
from .judging import CHANGED, COMPARED, NEW, judged_rows, keep, proposed, refuse_endless, summary

LARGEST = 20 * 2**20
AT_ONCE = 1000  # rows; a longer file is a worker's
WITH = ("file", "workspace", "brought_by__user", "taken_by__user")
State = RegisterFile.State


@action(_("brought the register {subject}"))
def bring_register(member, file) -> RegisterFile:
    """Keep a file of contracts and read it by its proposal, where that leaves no doubt. Nothing is taken in. A long
    file is read by a worker.

    Refused: an empty file, one of more than 20 MB or 50,000 rows, and what is no table.
    """
    stored = store(file, member, LARGEST)
    made = RegisterFile(workspace=member.workspace, file=stored, brought_by=member, created_at=member.workspace.now())
    proposal = proposed(stored)
    made.mapping = proposal.mapping | {"names": proposal.names}
    if not proposal.missing:
        begin(made, proposal)
    made.save()
    record(bring_register, member, made, after={"sha256": stored.sha256, "counts": made.counts})
    return made


@action(_("said how the register {subject} is read"))
def map_register(register, member, mapping: dict) -> RegisterFile:
    """Read every row by this mapping. Refused: one that leaves a needed column open, a file that was taken in."""
    register = held(register, member)
    proposal = proposed(register.file, mapping)
    if proposal.missing:
        raise Refused(__("Say which column it is."), f"column_{proposal.missing[0]}")
    register.mapping = proposal.mapping | {"names": proposal.names}
    begin(register, proposal)
    register.save()
    record(map_register, member, register, after={"mapping": register.mapping, "counts": register.counts})
    return register


@action(_("took the register {subject} in"))
def take_register(register, member) -> RegisterFile:
    """Vendors that are new join, contracts are added and changed: all of what was shown, or nothing. A long file is
    taken in by a worker; the history has it when it is done.

    Refused: nothing new in it; Stale, when the register is no longer what the rows were compared with.
    """
    register = held(register, member)
    if register.state != State.CHECKED or not (register.counts.get(NEW) or register.counts.get(CHANGED)):
        raise Refused(__("Nothing in this file is new: the register says all of it already."))
    register.taken_by = member
    if register.counts["rows"] > AT_ONCE:
        hand_over(register, State.TAKING, tasks.take_long_register)
        register.save()
        return register
    record(take_register, member, register, after=taken_in(register))
    return register


@action(_("took the long register {subject} in"), by="clock")
def finish_register(register) -> RegisterFile:
    """What `take_register` began. The history names the member who asked for it."""
    register = lock(RegisterFile.objects.of(register.workspace).select_related(*WITH), register.pk)
    record(finish_register, register.taken_by, register, after=taken_in(register))
    return register


def taken_in(register) -> dict:
    """Do it; what the history says of it."""
    known, rows = judged_rows(register, proposed(register.file, register.mapping))
    judged = list(rows)
    if summary(judged, register.workspace.currency)["digest"] != register.digest:
        raise Stale(__("The register changed since this file was compared with it. Look at it again."), [], "file")
    new, changed = ([one for one in judged if one.outcome == outcome] for outcome in (NEW, CHANGED))
    joined = join(known, new)
    add(known, new)
    for one in changed:
        change(known, one)
    register.state, register.lease, register.taken_at = State.TAKEN, None, register.workspace.now()
    register.save()
    return {"counts": register.counts, "vendors": joined, "sha256": register.file.sha256}


@action(_("put the register {subject} away"))
def leave_register(register, member) -> RegisterFile:
    """It is not wanted. Refused: taken in already."""
    register = held(register, member)
    register.state = State.LEFT
    register.save()
    record(leave_register, member, register)
    return register


# ── Plain parts ──────────────────────────────────────────────────────────────────────────────────────────────────────
def held(register, member) -> RegisterFile:
    found = lock(RegisterFile.objects.of(member.workspace).select_related(*WITH), register.pk)
    if found.is_running:
        raise Refused(__("A worker has this file; wait until it is done."))
    if found.state in (State.TAKEN, State.LEFT):
        raise Refused(__("This file was taken in or put away already."))
    return found


def begin(register, proposal):
    """Read the file, or hand a long one over."""
    register.failure, register.rows_read, register.rows_in_all = "", 0, len(proposal.body)
    if len(proposal.body) > AT_ONCE:
        refuse_endless(proposal)
        hand_over(register, State.READING, tasks.read_register)
    else:
        keep(register, list(judged_rows(register, proposal)[1]))


def hand_over(register, state, task):
    """To a worker, once this is committed; should the broker be away, the clock sends it later."""
    register.state, register.lease, register.beat_at = state, None, register.workspace.now()
    transaction.on_commit(lambda: task.delay(register.workspace_id, register.pk), robust=True)


def join(known, new) -> int:
    """New names join the register, each spelling of one vendor once; others know them from now on."""
    names = {
        one.read.key: " ".join(one.read.vendor.split()) for one in reversed(new) if one.read.key not in known.vendors
    }
    fresh = Vendor.objects.bulk_create(
        [Vendor(workspace=known.workspace, name=name, key=key) for key, name in sorted(names.items())], batch_size=500
    )
    known.vendors |= {vendor.key: vendor.pk for vendor in fresh}
    return len(fresh)


def add(known, new):
    made = []
    for one in new:
        contract = known.built(one.read)
        contract.vendor_id = known.vendors[one.read.key]
        settle(contract)
        made.append(contract)
    Contract.objects.bulk_create(made, batch_size=500)


def change(known, one):
    """Terms as the file says them; other dates void a decision that was made on the old ones, as by hand."""
    said = known.built(one.read)
    changed = {name for name in COMPARED if getattr(one.now, name) != getattr(said, name)}
    for name in changed:
        setattr(one.now, name, getattr(said, name))
    if changed & DATED:
        void_decision(one.now)
    settle(one.now)
    one.now.save()
