"""Ledgers are imported, against COPY of the same rows: London's six files, where they lie, and one of 1,000,000 rows.

Measured: each file from upload to booked entries (kept, proposed, read, cleaned, compared with what is known, matched),
then the same again, where every row is known. The baseline copies the very rows that were booked, parsed already, into
a table with the same columns and indexes, but without policies, triggers and foreign keys. An import should take at
most four times as long. Bypass share and pivot over all of it should stay within three times their bare SQL plus 60 ms.
"""

import csv
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from django.core.files import File
from psycopg import sql

from alignment.stack.places import BASE_DIR
from planning.people.scope import scope
from planning.spend import actions, bypass, pivot, tasks
from planning.spend.models import CategoryKind, Import
from planning.vendors.actions import register
from tests.cast import make_cast
from tests.harness import database, environment

from .timing import seconds, side_by_side, within

SMALL, LARGE = 20_000, int(os.environ.get("BENCH_ROWS", "1000000"))
LONDON = BASE_DIR.parent / "shared" / "data" / "spend"
HEADER = ["Date", "Supplier", "Document no", "Amount", "Department", "Category"]
MIB = 2**20
VENDORS, KINDS = 400, 12
AT_ONCE = 20_000
TIMES, ROUNDS = 5, 3
BARE_SHARE = """
SELECT sum(e.converted) FILTER (WHERE k.domain = 'technology'), sum(e.converted) FILTER (WHERE k.domain IS NULL)
  FROM spend_entry e LEFT JOIN spend_categorykind k ON k.workspace_id = e.workspace_id AND k.text = e.category_text
 WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL"""
BARE_PIVOT = """
SELECT e.department, e.month, sum(e.converted), count(*) FROM spend_entry e
 WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL GROUP BY e.department, e.month"""


def measure() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        small, large = ledger(Path(folder), SMALL), ledger(Path(folder), LARGE)
        warm = make_cast("warm")
        brought(warm.cmo, [small])  # what is loaded once is not a row's cost
        before = peak()
        yield from imported("small", [small], ROUNDS)
        grown = peak()
        if files := sorted((LONDON / "tfl").glob("*.csv")):
            yield from imported("london", files, ROUNDS)
        middle = peak()
        yield from imported("large", [large])
        for words, path, more in (("small", small, grown - before), ("large", large, peak() - middle)):
            size = path.stat().st_size / MIB
            yield f"peak memory, {words}: {more / MIB:,.0f} MiB more than before, for a file of {size:,.0f} MiB"


def imported(name, files, rounds: int = 1) -> Iterator[str]:
    """`rounds` times, each in a workspace of its own and followed by its COPY: the round whose ratio is in the middle
    counts, for a machine that is now quicker and now slower is so for both."""
    taken = []
    for round_ in range(rounds):
        cast = make_cast(f"{name}-{round_}")
        if name == "large":
            known(cast.cmo)
        rows = brought(cast.cmo, files, times := [])
        again = brought(cast.cmo, files, repeated := [])
        taken.append((sum(times), sum(repeated), copied(cast.workspace.pk)))
    first, second, bare = sorted(taken, key=lambda times: times[0] / times[2])[rounds // 2]
    yield (
        f"{name}: {rows:,} rows in {first:,.1f} s, {rows / first:,.0f} rows/s, COPY {rows / bare:,.0f} rows/s; ratio "
        f"{first / bare:,.2f}; again ({again:,} new): {second:,.1f} s, ratio {second / bare:,.2f}"
    )
    if name == "large":
        yield from asked(cast.workspace)


def asked(workspace) -> Iterator[str]:
    """Bypass share and pivot over the whole ledger, each taking turns with its bare SQL."""
    with database.admin(environment.DATABASE) as admin:
        admin.execute("ANALYZE")
        questions = {
            "bypass share": (lambda: bypass.bypass(workspace), BARE_SHARE),
            "pivot of department and month": (lambda: pivot.pivot(workspace, "department", "month"), BARE_PIVOT),
        }
        for words, (question, bare) in questions.items():
            acts = [
                lambda question=question: inside(workspace, question),
                lambda bare=bare: admin.execute(bare, {"workspace": workspace.pk}).fetchall(),
            ]
            yield within(words, *side_by_side(acts, TIMES))


def known(member) -> None:
    """Half of the vendors are registered, and a third of the categories are technology."""
    with scope(member.workspace, member.user):
        for number in range(0, VENDORS, 2):
            register(member, f"Vendor {number}")
        for kind in range(0, KINDS, 3):
            CategoryKind.objects.create(
                workspace=member.workspace, text=f"Category {kind}", domain="technology", guessed=False
            )


def inside(workspace, question) -> None:
    with scope(workspace, read_only=True):
        question()


def ledger(folder: Path, rows: int) -> Path:
    """Seven years of days, 400 vendors, twelve kinds, every row a document of its own."""
    path = folder / f"ledger-{rows}.csv"
    with path.open("w", newline="") as file:
        write = csv.writer(file).writerow
        write(HEADER)
        for number in range(rows):
            day = date(2019, 1, 1) + timedelta(days=number % 2555)
            amount, kind = f"{number * 37 % 90_000 + 10}.{number % 100:02}", number % KINDS
            vendor, document = f"Vendor {number % VENDORS} Ltd", f"INV-{number:07}"
            write([day, vendor, document, amount, f"Department {kind}", f"Category {kind}"])
    return path


def brought(member, files, times=None) -> int:
    """Uploaded, and read and booked as a worker would; gives the number of rows taken in, and appends the seconds."""
    accepted = 0
    for path in files:
        begun = time.perf_counter()
        with scope(member.workspace, member.user), path.open("rb") as file:
            batch = actions.upload(member, File(file, path.name))
        if batch.state == Import.State.MAPPING:
            with scope(member.workspace, member.user):
                batch = actions.confirm(batch, member, batch.mapping)
        tasks.run_import(member.workspace_id, batch.pk)
        if times is not None:
            times.append(time.perf_counter() - begun)
        with scope(member.workspace):
            batch = Import.objects.get(pk=batch.pk)
        if batch.state != Import.State.DONE:
            raise RuntimeError(f"The import of {path.name} is {batch.state}: {batch.failure}")
        accepted += batch.counts["accepted"]
    return accepted


def copied(workspace_id: int) -> float:
    """Seconds that COPY takes for the entries of a workspace, into a table that holds what was there before them;
    reading them from where they are is not counted."""
    taken = 0.0
    with database.admin(environment.DATABASE) as source, database.admin(environment.DATABASE) as target:
        target.execute("DROP TABLE IF EXISTS bare_entry")
        target.execute("CREATE TABLE bare_entry (LIKE spend_entry INCLUDING INDEXES)")
        target.execute("INSERT INTO bare_entry SELECT * FROM spend_entry WHERE workspace_id < %s", [workspace_id])
        with source.transaction(), source.cursor("entries") as entries:
            entries.execute("SELECT * FROM spend_entry WHERE workspace_id = %s ORDER BY id", [workspace_id])
            names = sql.SQL(", ").join(sql.Identifier(column.name) for column in entries.description or ())
            statement = sql.SQL("COPY bare_entry ({}) FROM STDIN").format(names)
            while rows := entries.fetchmany(AT_ONCE):
                taken += seconds(lambda rows=rows: written(target, statement, rows))
    return taken


def written(connection, statement, rows) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as file:
        for row in rows:
            file.write_row(row)


def peak() -> int:
    """The most memory this process ever had, in bytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
