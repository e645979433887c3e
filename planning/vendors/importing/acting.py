"""Bringing a register of contracts: keep the file, say how it is read, take in what the preview showed."""

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.files import reading
from planning.files.storing import store
from planning.shared.locking import lock
from planning.shared.refusals import Refused, Stale
from planning.trail.acts import action, record

from ..contracts import DATED, settle, void_decision
from ..models import Contract, RegisterFile, Vendor
from .columns import SHOWN, propose
from .judging import CHANGED, COMPARED, NEW, Register, summary
from .reading import Reader

LARGEST = 20 * 2**20
MOST_ROWS = 20_000
State = RegisterFile.State


@action(_("brought the register {subject}"))
def bring_register(member, file) -> RegisterFile:
    """Keep a file of contracts and read it by its proposal, where that leaves no doubt. Nothing is taken in.

    Refused: an empty file, one of more than 20 MB or 20,000 rows, and what is no table.
    """
    stored = store(file, member, LARGEST)
    made = RegisterFile(workspace=member.workspace, file=stored, brought_by=member, created_at=member.workspace.now())
    proposal = proposed(stored)
    made.mapping = proposal.mapping | {"names": proposal.names}
    if not proposal.missing:
        read(made, proposal)
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
    read(register, proposal)
    register.save()
    record(map_register, member, register, after={"mapping": register.mapping, "counts": register.counts})
    return register


@action(_("took the register {subject} in"))
def take_register(register, member) -> RegisterFile:
    """Vendors that are new join, contracts are added and changed: all of what was shown, or nothing.

    Refused: nothing new in it; Stale, when the register is no longer what the rows were compared with.
    """
    register = held(register, member)
    if register.state != State.CHECKED or not (register.counts.get(NEW) or register.counts.get(CHANGED)):
        raise Refused(__("Nothing in this file is new: the register says all of it already."))
    proposal = proposed(register.file, register.mapping)
    known, judged = judge(register, proposal)
    if summary(judged, member.workspace.currency)["digest"] != register.digest:
        raise Stale(__("The register changed since this file was compared with it. Look at it again."), [], "file")
    new, changed = ([one for one in judged if one.outcome == outcome] for outcome in (NEW, CHANGED))
    joined = join(known, new)
    add(known, new)
    for one in changed:
        change(known, one)
    register.state, register.taken_by, register.taken_at = State.TAKEN, member, member.workspace.now()
    register.save()
    after = {"counts": register.counts, "vendors": joined, "sha256": register.file.sha256}
    record(take_register, member, register, after=after)
    return register


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
    found = lock(RegisterFile.objects.of(member.workspace).select_related("file", "workspace"), register.pk)
    if found.state in (State.TAKEN, State.LEFT):
        raise Refused(__("This file was taken in or put away already."))
    return found


def proposed(stored, given=None):
    with reading.opened(stored) as file:
        return propose(file.read(), given)


def judge(register, proposal):
    if len(proposal.body) > MOST_ROWS:
        raise Refused(__("A register has at most %(most)s rows.") % {"most": MOST_ROWS}, "file")
    known = Register(register.workspace, proposal.mapping)
    reader = Reader(proposal.mapping, proposal.names, register.workspace.currency)
    start = proposal.mapping["header_row"] + 1
    return known, [known.judge(reader.read(start + at, cells)) for at, cells in enumerate(proposal.body)]


def read(register, proposal):
    _known, judged = judge(register, proposal)
    for name, value in summary(judged, register.workspace.currency).items():
        setattr(register, name, value)
    register.sample = [
        {
            "row": one.read.row, "outcome": one.outcome, "vendor": one.read.vendor, "title": one.read.title,
            "starts_on": str(one.read.starts_on or ""), "ends_on": str(one.read.ends_on or ""),
            "value": str(one.read.value if one.read.value is not None else ""), "currency": one.read.currency,
        }
        for one in judged[:SHOWN]
    ]  # fmt: skip
    register.state = State.CHECKED


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
