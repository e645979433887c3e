"""What hangs on a vendor, in every room, and how it follows when two of them turn out to be one.

Rooms above point at a vendor with a foreign key called `vendor`; the models know them all, so no room is asked and none
is forgotten (a test reads the names). What is written a moment later with the vendor that is gone is led on by a
trigger that every such table has (people.tenancy).
"""

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from ..models import Merge, Moved, Vendor

MOVE = """
WITH moved AS (
    UPDATE {table} SET {column} = %(kept)s
     WHERE workspace_id = %(workspace)s AND {column} = %(gone)s {only} RETURNING id
)
INSERT INTO vendors_moved (workspace_id, merge_id, "table", "row")
SELECT %(workspace)s, %(merge)s, %(name)s, id FROM moved
"""
BACK = """
UPDATE {table} SET {column} = %(gone)s
 WHERE workspace_id = %(workspace)s AND {column} = %(kept)s
   AND id IN (SELECT "row" FROM vendors_moved
               WHERE workspace_id = %(workspace)s AND merge_id = %(merge)s AND "table" = %(name)s)
"""
REMEMBERS = ("gone", "kept", "first", "second")


def hanging() -> list[tuple[str, str, object]]:
    """[(table, column, model)] of what points at a vendor, rooms top to bottom as they are locked; the room's own
    memory of merges and likenesses is not moved, a vendor merged earlier is."""
    found = [
        (relation.related_model._meta.db_table, relation.field.column, relation.related_model)
        for relation in Vendor._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete and relation.field.name not in REMEMBERS
    ]
    return sorted(found, key=lambda one: (settings.ROOMS.index(one[2]._meta.app_label), one[0]))


def move(merge: Merge) -> dict[str, int]:
    """Everything that points at `merge.gone` points at `merge.kept` from now on. {table: rows}; what moved is noted row
    by row. A row whose twin exists already (the same rule taught for both) stays where it is."""
    counts = {}
    for table, column, _model in hanging():
        said = words(merge, table)
        try:
            with transaction.atomic():
                counts[table] = run(MOVE, table, column, said)
        except IntegrityError:
            counts[table] = sum(moved_alone(table, column, said))
    return {table: count for table, count in counts.items() if count}


def moved_alone(table, column, said):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM {table} WHERE workspace_id = %(workspace)s AND {column} = %(gone)s ORDER BY id",  # noqa: S608 - names of our own tables
            said,
        )
        ids = [row[0] for row in cursor.fetchall()]
    for number in ids:
        try:
            with transaction.atomic():
                yield run(MOVE, table, column, said | {"id": number}, only="AND id = %(id)s")
        except IntegrityError:
            continue


def move_back(merge: Merge) -> dict[str, int]:
    """What moved with this merge and still points where it moved goes back. {table: rows}"""
    counts = {table: run(BACK, table, column, words(merge, table)) for table, column, _model in hanging()}
    Moved.objects.of(merge.workspace_id).filter(merge=merge).delete()
    return {table: count for table, count in counts.items() if count}


def words(merge, table) -> dict:
    return {
        "workspace": merge.workspace_id, "merge": merge.pk, "gone": merge.gone_id, "kept": merge.kept_id, "name": table,
    }  # fmt: skip


def run(sql, table, column, said, only="") -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql.format(table=table, column=column, only=only), said)
        return cursor.rowcount


def counted(vendor) -> dict[str, int]:
    """{table: rows} that hang on a vendor today: what a merge would move."""
    parts = [
        f"SELECT '{table}', count(*) FROM {table} WHERE workspace_id = %(w)s AND {column} = %(v)s"  # noqa: S608
        for table, column, _model in hanging()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {"w": vendor.workspace_id, "v": vendor.pk})
        return {table: count for table, count in cursor.fetchall() if count}


def in_words(counts: dict[str, int]) -> list[tuple[int, str]]:
    """[(how many, of what)] for people, the most first."""
    names = {table: model._meta for table, _column, model in hanging()}
    return sorted(
        (
            (count, str(names[table].verbose_name if count == 1 else names[table].verbose_name_plural))
            for table, count in counts.items()
            if table in names
        ),
        reverse=True,
    )
