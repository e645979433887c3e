"""Bringing a register, of contracts or of vendors: keep the file, say how it is read, take in what was shown."""

from django.db import transaction
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.files.storing import store
from planning.shared.locking import lock
from planning.shared.refusals import Refused, Stale
from planning.trail.acts import action, record

from .. import tasks
from ..models import RegisterFile
from .columns import SHAPE
from .judging import against, digest, keep, proposed, refuse_endless
from .rows import CHANGED, NEW

LARGEST = 20 * 2**20
AT_ONCE = 1000  # rows; a longer file is a worker's
WITH = ("file", "workspace", "brought_by__user", "taken_by__user")
State = RegisterFile.State


@action(_("brought the register {subject}"))
def bring_register(member, file) -> RegisterFile:
    """Keep a file of contracts or of vendors and read it by its proposal, where that misses nothing. Nothing is taken
    in. A long file is read by a worker.

    Refused: an empty file, one of more than 20 MB or 50,000 rows, and what is no table.
    """
    stored = store(file, member, LARGEST)
    made = RegisterFile(workspace=member.workspace, file=stored, brought_by=member, created_at=member.workspace.now())
    begin(made, proposed(made))
    made.save()
    record(bring_register, member, made, after={"sha256": stored.sha256, "counts": made.counts})
    return made


@action(_("said how the register {subject} is read"))
def map_register(register, member, mapping: dict) -> RegisterFile:
    """Read every row by this mapping. Said to list something else, or cut otherwise, the file is proposed anew, and
    waits where that leaves a needed column open.

    Refused: a mapping that leaves one open, a file that was taken in.
    """
    register = held(register, member)
    mapping = {"what": register.what} | mapping
    said = {key: mapping[key] for key in (*SHAPE, "what") if key in mapping}
    if anew := any(value != register.mapping.get(key, value) for key, value in said.items()):
        mapping = said
    proposal = proposed(register, mapping)
    if proposal.missing and not anew:
        key = proposal.missing[0]
        raise Refused(__("Say which column it is."), key if key == "date_format" else f"column_{key}")
    begin(register, proposal)
    register.save()
    record(map_register, member, register, after={"mapping": proposal.mapping, "counts": register.counts})
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
    known = against(register, proposed(register, register.mapping))
    judged = list(known.judged())
    if digest(judged) != register.digest:
        raise Stale(__("The register changed since this file was compared with it. Look at it again."), [], "file")
    added = known.take(judged)
    register.state, register.lease, register.taken_at = State.TAKEN, None, register.workspace.now()
    register.save()
    return {"counts": register.counts, **added, "sha256": register.file.sha256}


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
    """Read the file, or hand a long one over; where something is missing, it waits for a person."""
    register.mapping = proposal.mapping | {"names": proposal.names, "confidence": proposal.confidence}
    register.failure, register.rows_read, register.rows_in_all = "", 0, len(proposal.body)
    if proposal.missing:
        forget(register)
    elif len(proposal.body) > AT_ONCE:
        refuse_endless(proposal)
        hand_over(register, State.READING, tasks.read_register)
    else:
        known = against(register, proposal)
        keep(register, known, list(known.judged()))


def hand_over(register, state, task):
    """To a worker, once this is committed; should the broker be away, the clock sends it later."""
    register.state, register.lease, register.beat_at = state, None, register.workspace.now()
    transaction.on_commit(lambda: task.delay(register.workspace_id, register.pk), robust=True)


def forget(register):
    """What it showed was read otherwise."""
    register.state, register.digest = State.MAPPING, ""
    register.counts, register.totals, register.refusals, register.sample = {}, {}, [], []
