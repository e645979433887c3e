"""What lies in a file that came, and how would it be read?

A worker finds out: it makes text of a workbook, takes a zip of several apart, and proposes a mapping from the beginning
of the text. Only text so short that nobody would notice is looked at while its upload is answered.
"""

import codecs
import itertools

from django.utils.translation import gettext as _

from planning.files import reading
from planning.shared.refusals import Refused

from . import payroll, proposal, remembering
from .beginnings import Beginning
from .models import Import, Source

PACKED = ("application/zip", "application/x-ole-storage")
SHORT = 2**18
READ_AT_ONCE = 8 * 2**20  # for the proposal: dates and amounts are decided over as many rows as this holds
TRIED = 2**19  # for trying a reading out on a page, when the rest is known
PIECE = 2**20


def is_short(stored) -> bool:
    return stored.size <= SHORT and stored.type not in PACKED


# ── What it proposes ─────────────────────────────────────────────────────────────────────────────────────────────────
def propose(batch, given, size=READ_AT_ONCE):
    """The proposal for an import's file, from its beginning when it is long. Refused: what is no table."""
    return proposal.propose(beginning(batch, "encoding" in given, size), batch.workspace.currency, given)


def beginning(batch, encoded: bool, size=READ_AT_ONCE) -> Beginning:
    """`encoded`: its encoding is known, so that nobody looks through the rest for letters that tell it."""
    with reading.opened(batch.file, batch.inside) as file:
        data = file.read(size)
        if not data:
            raise Refused(_("The file is empty."), "file")
        reading.refuse_no_table(data[:4096])
        whole = size > len(data)
        if size == READ_AT_ONCE and not whole and not encoded and data.isascii():
            data += odd_piece(file)
        return Beginning(data, whole)


def odd_piece(file) -> bytes:
    """The first piece of the rest that is not UTF-8, for a file whose beginning says nothing about its encoding."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    while piece := file.read(PIECE):
        try:
            decoder.decode(piece)
        except UnicodeDecodeError:
            return piece
    return b""


def remembered(batch, given, size=READ_AT_ONCE):
    """(proposal, source or None): a known source's mapping taken up, where this file does not contradict it."""
    begins, currency = beginning(batch, "encoding" in given, size), batch.workspace.currency
    _mapping, _sure, body = proposal.cut(begins, given)
    known = remembering.sources_of(batch.workspace, body.head)
    if "source" in given:
        known = [source for source in known if source.name == given["source"]]
    if not known:
        return proposal.propose(begins, currency, given), None
    proposed = proposal.propose(begins, currency, remembering.taken_up(body, known[0], given))
    proposed.mapping.setdefault("source", known[0].name)
    if len(known) > 1 and "source" not in given:
        proposed.confidence["source"] = proposal.LIKELY
    return proposed, known[0]


def kept(batch):
    """The proposal that was made when the file was opened, with its first rows; None when a source became known
    since, which would have been asked."""
    mapping = batch.mapping
    with reading.opened(batch.file, batch.inside) as file:
        rows = reading.rows(file, mapping)
        found = [cells for _number, cells in itertools.islice(rows, mapping["header_row"] + proposal.SAMPLE)]
    head = [cell.strip() for cell in (found[mapping["header_row"] - 1 :] or [[]])[0]]
    if "source" not in mapping and remembering.sources_of(batch.workspace, head):
        return None
    body = [row for row in found[mapping["header_row"] :] if any(cell.strip() for cell in row)]
    return proposal.Proposal(mapping, batch.confidence, head, body)


def afresh(batch):
    """The proposal made anew, with what this file alone can say kept."""
    said = ("encoding", "delimiter", "header_row", "kind", "posting_date")
    return remembered(batch, {key: batch.mapping[key] for key in said if batch.mapping.get(key)})[0]


# ── Who goes on ──────────────────────────────────────────────────────────────────────────────────────────────────────
def goes_on(batch, proposed, source: Source | None) -> bool:
    """Whether nobody need look first: nothing is in doubt, and whoever sent it, or confirmed its source, said so."""
    if not proposed.is_certain:
        return False
    if batch.drop_id:
        drop = batch.drop
        return drop.trusted and source is not None and source.pk == drop.source_id and fits(proposed, source)
    return not batch.shown_first or bool(source and source.confirmed_by_id)


def fits(proposed, source) -> bool:
    """Whether a file is read by its source's mapping, word for word."""
    return plain(proposed.mapping) == plain(source.mapping)


def plain(mapping: dict) -> dict:
    """What of a mapping a source remembers, columns that were left out being no columns."""
    said = {key: mapping[key] for key in remembering.KEPT if mapping.get(key)}
    return said | {"columns": {key: name for key, name in mapping.get("columns", {}).items() if name}}


def looked_at(batch):
    """Propose how a file is read that is text by now. Gives the proposal when the file goes on by itself."""
    proposed, source = remembered(batch, batch.mapping)
    batch.mapping, batch.confidence = proposed.mapping, proposed.confidence
    batch.private = payroll.is_called_payroll(batch.name, proposed)
    batch.lease = batch.lease_until = None
    batch.state = Import.State.MAPPING
    return proposed if goes_on(batch, proposed, source) else None


def beside(batch) -> list[Import]:
    """The imports of the same zip, this one among them; none when the file came by itself."""
    if not batch.inside:
        return []
    return list(Import.objects.of(batch.workspace).filter(file=batch.file_id).select_related("file").order_by("pk"))


# ── What a worker does first ─────────────────────────────────────────────────────────────────────────────────────────
def make_text(batch, beat) -> int:
    """Make text of a workbook, outside any transaction, because it may take minutes. Gives the size of the text."""
    with reading.opened(batch.file, batch.inside, beat) as file:
        return file.size


def take_apart(batch, names) -> list[Import]:
    """One import for each file of a zip; the first is the zip's own. Gives the others."""
    first, *others = names
    shared = {
        name: getattr(batch, name)
        for name in ("workspace", "file", "started_by", "drop", "created_at", "mapping", "shown_first", "private")
    }
    batch.label_in_history = batch.name
    batch.inside, batch.lease, batch.lease_until = first, None, None
    return [Import.objects.create(**shared, inside=name, state=Import.State.RUNNING) for name in others]
