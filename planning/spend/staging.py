"""Reading a file into staged rows, chunk by chunk, each chunk one transaction with its progress.

Who works on an import holds its lease. A worker that died lets go of it by time; the next one goes on after the last
chunk that was committed, so nothing is read twice into the table and nothing is left out.

A file of one chunk is booked in the transaction that reads it. Of its rows the table keeps those that were not
accepted, for people to look at; the accepted ones are entries.
"""

import itertools
import uuid
from dataclasses import dataclass
from datetime import timedelta
from operator import itemgetter

from django.db import connection
from django.utils.translation import gettext as _

from planning.files import reading
from planning.people.scope import scope
from planning.shared import clock
from planning.shared.refusals import Refused
from planning.vendors.normal import normal

from . import cleaning, proposal
from .models import LEASE, Import, Outcome, Staged

CHUNK = 20_000
KEPT = timedelta(days=30)
CLAIM = """
UPDATE spend_import SET lease = %(lease)s, lease_until = %(until)s, attempts = attempts + 1
 WHERE id = (SELECT id FROM spend_import
              WHERE id = %(batch)s AND workspace_id = %(workspace)s AND state = 'running'
                AND (lease_until IS NULL OR lease_until < %(now)s)
                FOR UPDATE SKIP LOCKED)
RETURNING id
"""


class LeaseLost(Exception):
    """Somebody else works on it, or it was undone meanwhile. Nothing of this chunk stays."""


def claim(workspace_id: int, batch_id: int) -> uuid.UUID | None:
    """Take the lease of a running import, or None when another worker has it or nothing is to be done."""
    lease, now = uuid.uuid4(), clock.now()
    with scope(workspace_id), connection.cursor() as cursor:
        cursor.execute(
            CLAIM, {"lease": lease, "until": now + LEASE, "now": now, "batch": batch_id, "workspace": workspace_id}
        )
        return lease if cursor.fetchone() else None


def keep(workspace_id: int, batch_id: int, lease: uuid.UUID, **progress) -> None:
    """Within a transaction: prolong the lease and write progress. Raises LeaseLost."""
    mine = Import.objects.filter(workspace=workspace_id, pk=batch_id, lease=lease, state=Import.State.RUNNING)
    if not mine.update(lease_until=clock.now() + LEASE, **progress):
        raise LeaseLost


@dataclass
class Short:
    """A file of one chunk that was read, and is in no table yet."""

    picker: "Picker"
    rows: list
    bytes_read: int
    came_before: bool


def stage(batch, lease: uuid.UUID) -> Short | None:
    """Read what is not read yet of a claimed import; a short file is handed on, for who books it to `arrive`.

    Refused: a file that cannot be read with its mapping.
    """
    came_before = has_come_before(batch)
    with reading.opened(batch.file, batch.inside) as file:
        picker, header_row = Picker(batch.mapping), batch.mapping["header_row"]
        rows = reading.rows(file, batch.mapping)
        picker.look(next((cells for number, cells in rows if number == header_row), []))
        rows = itertools.dropwhile(lambda row: row[0] <= batch.rows_read, rows)
        while chunk := list(itertools.islice(rows, CHUNK)):
            if not batch.rows_read and len(chunk) < CHUNK:
                return Short(picker, chunk, file.tell(), came_before)
            write(batch, lease, picker, chunk, file, came_before)
            batch.rows_read = chunk[-1][0]
    with scope(batch.workspace_id):
        keep(batch.workspace_id, batch.pk, lease, phase=Import.Phase.BOOKING)
    return None


def has_come_before(batch) -> bool:
    """Whether the source holds an import of the very same bytes."""
    same = Import.objects.filter(workspace=batch.workspace_id, source=batch.source_id, state=Import.State.DONE)
    with scope(batch.workspace_id):
        return same.filter(file__sha256=batch.file.sha256).exists()


def write(batch, lease, picker, chunk, file, came_before):
    """Copy one chunk, clean it in Postgres, and say how far we are: all or nothing."""
    with scope(batch.workspace_id), connection.cursor() as cursor:
        keep(batch.workspace_id, batch.pk, lease, rows_read=chunk[-1][0], bytes_read=file.tell())
        clean(cursor, batch, picker, chunk, came_before, cleaning.STAGED)


def arrive(cursor, batch, short: Short) -> str:
    """Clean a short file into a table of this transaction's own, and give its name."""
    cursor.execute(f"DROP TABLE IF EXISTS {cleaning.ARRIVED}")
    cursor.execute(cleaning.MAKE_ARRIVED)
    clean(cursor, batch, short.picker, short.rows, short.came_before, cleaning.ARRIVED)
    batch.rows_read, batch.bytes_read, batch.phase = short.rows[-1][0], short.bytes_read, Import.Phase.BOOKING
    return cleaning.ARRIVED


def clean(cursor, batch, picker, chunk, came_before, table):
    cursor.execute(f"DROP TABLE IF EXISTS {cleaning.RAW}")
    cursor.execute(cleaning.MAKE_RAW)
    with cursor.copy(cleaning.COPY_RAW) as copy:
        for row in picker.rows(chunk):
            copy.write_row(row)
    cursor.execute(*cleaning.statement(batch.mapping, batch, came_before, table))


def clear(workspace_id: int) -> int:
    """Delete what was staged a month ago and is booked or undone since; gives the number of rows.

    The file is kept, and so are rejected rows, which may still be mended. An import with an open conflict keeps all of
    its rows, because deciding it counts them again.
    """
    before = clock.now() - KEPT
    open_conflicts = Staged.objects.filter(workspace=workspace_id, outcome=Outcome.CONFLICT).values("batch")
    imports = Import.objects.filter(workspace=workspace_id).exclude(pk__in=open_conflicts)
    booked = Staged.objects.filter(batch__in=imports.filter(state=Import.State.DONE, done_at__lt=before))
    undone = Staged.objects.filter(batch__in=imports.filter(state=Import.State.UNDONE, undone_at__lt=before))
    return booked.exclude(outcome=Outcome.REJECTED).delete()[0] + undone.delete()[0]


class Picker:
    """Takes the mapped cells out of a row. One a run: it remembers the keys of vendors' names."""

    def __init__(self, mapping):
        self.columns = mapping["columns"]
        self.keys: dict[str, str] = {}
        self.wanted, self.width = itemgetter(0), 0

    def look(self, head):
        """Find the mapped columns in the header. Refused: one that is not there."""
        names = proposal.column_names([cell.strip() for cell in head])
        missing = [said for said in self.columns.values() if said not in names]
        if missing:
            raise Refused(_("The file has no column “%(column)s”.") % {"column": missing[0]}, "mapping")
        places = [names.index(self.columns[key]) if key in self.columns else -1 for key in cleaning.FIELDS]
        self.wanted, self.width = itemgetter(places[VENDOR], *places), max(places) + 1

    def rows(self, chunk):
        """The raw table's rows of those that say anything; what is not mapped, or left out at a row's end, is ""."""
        for number, cells in chunk:
            said = "".join(cells)
            if said.strip():
                cells = [cell.replace("\0", "") for cell in cells] if "\0" in said else cells
                vendor, *values = self.wanted([*cells, *[""] * (self.width - len(cells)), ""])
                yield [number, self.key_of(vendor), *values]

    def key_of(self, vendor):
        if vendor not in self.keys:
            self.keys[vendor] = normal(vendor.strip())[:200] if vendor.strip() else ""
        return self.keys[vendor]


VENDOR = cleaning.FIELDS.index("vendor")
