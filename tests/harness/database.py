"""The database of the tests: built once by the owner, copied for each process, served as the web role."""

import fcntl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql

from alignment.stack import bootstrap, stamps
from alignment.stack.places import BASE_DIR
from alignment.stack.processes import clean_environment
from alignment.stack.refusal import CannotStart

from . import environment

TEMPLATE = "alignment_template"


def admin(database: str = "postgres") -> psycopg.Connection:
    return psycopg.connect(environment.url("admin", database), autocommit=True)


def build_template() -> None:
    """Only when a migration, the tenancy hook or the lock file changed; the database itself carries the stamp.

    Whoever wants a copy while it is being built waits here.
    """
    stamp = stamps.schema()
    with (environment.DATA / "template.lock").open("w") as lock, admin() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE]
        )
        if built.fetchone() == (stamp,):
            return
        drop(connection, TEMPLATE)
        bootstrap.embedded(environment.url("admin", "postgres"), TEMPLATE)
        migrate(environment.url("owner", TEMPLATE))
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(TEMPLATE), sql.Literal(stamp)))


def migrate(owner_url: str) -> None:
    command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--no-input", "--verbosity", "0"]
    done = subprocess.run(
        command, cwd=BASE_DIR, env=clean_environment(DATABASE_URL=owner_url), capture_output=True, text=True
    )
    if done.returncode:
        raise CannotStart(f"The tests' database could not be migrated.\n{done.stdout}{done.stderr}")


def copy(name: str, template: str = TEMPLATE) -> None:
    if template == TEMPLATE:
        build_template()
    with admin() as connection:
        drop(connection, name)
    bootstrap.embedded(environment.url("admin", "postgres"), name, template=template)


@contextmanager
def instead(name: str) -> Iterator[None]:
    """Inside it Django's connection of this process is to another database of the run."""
    connection, before = connections["default"], connections["default"].settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def drop_leftovers() -> None:
    """Of a run that was killed."""
    with admin() as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
            drop(connection, name)


class Reset:
    """Takes back what a test committed: only tables that changed, to the rows that they held when this was made.

    The web role may not do that, and the trail refuses it to anybody, so this is the cluster's superuser with triggers
    asleep. Numbers go on where they are. A table that is never written by the web role costs a look.
    """

    def __init__(self) -> None:
        self.connection = admin(environment.DATABASE)
        tables = [name for (name,) in self.connection.execute(TABLES).fetchall()]
        self.looks = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
        self.kept = {name: self._rows(name) for name in self._filled()}

    def __call__(self) -> None:
        connections.close_all()
        with self.connection.transaction():
            self.connection.execute("SET LOCAL session_replication_role = replica")
            self.connection.execute("SET LOCAL lock_timeout = '10s'")
            for name in {*self._filled(), *self.kept}:
                rows = self.kept.get(name)
                if rows != self._rows(name):
                    self.connection.execute(f"DELETE FROM {name}")  # type: ignore[arg-type]
                    if rows:
                        with self.connection.cursor().copy(f"COPY {name} FROM STDIN BINARY") as copy:  # type: ignore[arg-type]
                            copy.write(rows)

    def close(self) -> None:
        self.connection.close()

    def _filled(self) -> list[str]:
        """Prepared: to plan a look at every table takes longer than to take it."""
        return [name for (name,) in self.connection.execute(self.looks, prepare=True).fetchall()]  # type: ignore[arg-type]

    def _rows(self, table: str) -> bytes:
        with self.connection.cursor().copy(f"COPY {table} TO STDOUT BINARY") as copy:  # type: ignore[arg-type]
            return b"".join(copy)


TABLES = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'"
