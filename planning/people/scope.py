"""A scope: one transaction that sees one workspace. Doors and tasks open it; nothing else touches `app.workspace`.

The setting is local to the transaction, never to the session: a session-level one would leak through a pool.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

READ_ONLY = "set_config('transaction_read_only', %s, true)"  # Postgres itself refuses every write of a GET
BEFORE = "coalesce(current_setting('app.workspace', true), ''), coalesce(current_setting('app.user', true), '')"
SET = "set_config('app.workspace', %s, true), set_config('app.user', %s, true)"
# What a page's policies ask again and again a room may have said once, when a reader has come in: its function in
# Postgres, put here by the room's AppConfig.
SAID_ONCE: list[str] = []


@contextmanager
def scope(workspace, user=None, *, read_only: bool = False):
    """Everything inside sees only `workspace` (a Workspace or its id), in one transaction.

    A nested scope is a savepoint and gives the outer one back when it ends.
    """
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if read_only:
            cursor.execute("SET TRANSACTION READ ONLY")
        inside = [str(getattr(workspace, "pk", workspace)), str(getattr(user, "pk", user) or "")]
        cursor.execute(f"SELECT {BEFORE}, {SET}", inside)
        before = cursor.fetchone()[: len(inside)]
        yield
        if nested:
            cursor.execute(f"SELECT {SET}", before)


@contextmanager
def whole() -> Iterator[None]:
    """Inside, Postgres keeps nothing of the workspace back from whoever came through the door (0004_readers).

    For actions (they open it themselves), which must never act on a part of the books. Open it in a transaction or
    savepoint of your own: what an exception leaves behind goes with that.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('app.whole', true), ''), set_config('app.whole', 'on', true)")
        before = cursor.fetchone()[0]
        yield
        cursor.execute("SELECT set_config('app.whole', %s, true)", [before])


WHOLE, AS_BEFORE = "SELECT set_config('app.sum', 'on', true); ", "; SELECT set_config('app.sum', '', true)"


def whole_rows(sql: str, params) -> list[tuple]:
    """The rows of one statement that sees the whole, in one question: for sums that are the same for everybody."""
    with connection.cursor() as cursor:
        cursor.execute(WHOLE + sql + AS_BEFORE, params)
        cursor.nextset()
        found = cursor.fetchall()
        cursor.nextset()
        return found


@contextmanager
def entered(user, slug: str, *, read_only: bool = False) -> Iterator[int | None]:
    """A scope found by a person and an address: yields the id of their membership, or None when the door is shut."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_entering("people_enter", read_only), [user.pk, slug, on_off(read_only)])
        yield cursor.fetchone()[0]


@contextmanager
def entered_by_token(secret_hash: str, slug: str, *, read_only: bool = False) -> Iterator[int | None]:
    """The same for a program, found by the SHA-256 of its token; 0 when that token opens another workspace."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_entering("people_enter_by_token", read_only), [secret_hash, slug, on_off(read_only)])
        yield cursor.fetchone()[0]


def _entering(door: str, read_only: bool) -> str:
    said = SAID_ONCE if read_only else []
    return "SELECT " + ", ".join([f"{door}(%s, %s)", READ_ONLY, *said])


def on_off(flag: bool) -> str:
    return "on" if flag else "off"


def memberships(user) -> list[dict]:
    """Where a user may go: [{slug, name, side, role}] by name. Open before any workspace is known."""
    return _rows("SELECT * FROM people_memberships(%s)", [user.pk])


def workspace_ids() -> list[int]:
    """Every workspace, for the clock, which handles each in its own scope."""
    return [row["id"] for row in _rows("SELECT * FROM people_workspaces()", [])]


def workspace_id(slug: str) -> int | None:
    """The workspace at an address, for operators' commands."""
    return next((row["id"] for row in _rows("SELECT * FROM people_workspaces()", []) if row["slug"] == slug), None)


def invited(secret_hash: str) -> dict | None:
    """The invitation a link opens: {id, workspace_id}, found by the SHA-256 of its secret."""
    return next(iter(_rows("SELECT * FROM people_invitation(%s)", [secret_hash])), None)


def _rows(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
