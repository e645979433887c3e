"""A ledger of 20,000 rows is imported, against COPY of the same rows.

Measured: the file from upload to booked entries (kept, proposed, read, cleaned, compared with what is known, matched),
then the same file again, where every row is known. The baseline copies the very rows that were booked, parsed
already, into a table with the same columns and indexes, but without policies, triggers and foreign keys.
"""

import csv
import io
import resource
import sys
from collections.abc import Iterator
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from psycopg import sql

from planning.people.scope import scope
from planning.spend import actions, tasks
from planning.spend.models import Import
from tests.cast import make_cast
from tests.harness import database, environment

from .timing import seconds

ROWS = 20_000
HEADER = ["Date", "Supplier", "Document no", "Amount", "Department", "Category"]
MIB = 2**20


def measure() -> Iterator[str]:
    cast, data, before = make_cast("ledger"), ledger(), peak()
    first = seconds(lambda: brought(cast.cmo, data, accepted=ROWS))
    grown = peak() - before
    again = seconds(lambda: brought(cast.cmo, data, accepted=0))
    bare = copied(cast.workspace.pk)
    yield f"imported: {ROWS / first:,.0f} rows/s, COPY: {ROWS / bare:,.0f} rows/s; ratio {first / bare:,.1f}"
    yield f"imported again: {ROWS / again:,.0f} rows/s; ratio {again / bare:,.1f}"
    yield f"peak memory: {grown / MIB:,.0f} MiB more than before, for a file of {len(data) / MIB:,.1f} MiB"


def ledger() -> bytes:
    """Seven years of days, 400 vendors, every row a document of its own."""
    text = io.StringIO()
    write = csv.writer(text).writerow
    write(HEADER)
    for number in range(ROWS):
        day = date(2019, 1, 1) + timedelta(days=number % 2555)
        amount = f"{number * 37 % 90_000 + 10}.{number % 100:02}"
        kind = number % 12
        write([day, f"Vendor {number % 400} Ltd", f"INV-{number:06}", amount, f"Department {kind}", f"Category {kind}"])
    return text.getvalue().encode()


def brought(member, data: bytes, accepted: int) -> None:
    """Uploaded, and read and booked as a worker would; fails when not as many rows as expected were taken in."""
    with scope(member.workspace, member.user):
        batch = actions.upload(member, SimpleUploadedFile("ledger.csv", data))
    tasks.run_import(member.workspace_id, batch.pk)
    with scope(member.workspace):
        batch = Import.objects.get(pk=batch.pk)
    if batch.state != Import.State.DONE or batch.counts["accepted"] != accepted:
        raise RuntimeError(f"The import is {batch.state}: {batch.failure or batch.counts}")


def copied(workspace_id: int) -> float:
    """Seconds that COPY takes for the entries of a workspace."""
    with database.admin(environment.DATABASE) as connection:
        connection.execute("CREATE TABLE bare_entry (LIKE spend_entry INCLUDING INDEXES)")
        found = connection.execute("SELECT * FROM spend_entry WHERE workspace_id = %s", [workspace_id])
        names = [sql.Identifier(column.name) for column in found.description or ()]
        rows = found.fetchall()
        statement = sql.SQL("COPY bare_entry ({}) FROM STDIN").format(sql.SQL(", ").join(names))

        def copy() -> None:
            with connection.cursor() as cursor, cursor.copy(statement) as file:
                for row in rows:
                    file.write_row(row)

        return seconds(copy)


def peak() -> int:
    """The most memory this process ever had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
