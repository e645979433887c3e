"""The database of the tests: built once by the owner, copied for each process, served as the web role."""

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
    """Only when a migration, the tenancy hook or the lock file changed; the database itself carries the stamp."""
    stamp = stamps.schema()
    with admin() as connection:
        _drop_leftovers(connection)
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


def _drop_leftovers(connection: psycopg.Connection) -> None:
    for (name,) in connection.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        drop(connection, name)


class Reset:
    """Empties what a test committed, faster than dropping: only tables that hold rows now and held none at first.

    The web role may not TRUNCATE, and the trail refuses it to anybody, so this is the cluster's superuser with
    triggers asleep. What the migrations filled (content types, permissions) is left alone.
    """

    def __init__(self, database: str = environment.DATABASE) -> None:
        self.database = database
        self.seeds = self._filled()

    def _filled(self) -> set[str]:
        with admin(self.database) as connection:
            names = "SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'"
            tables = [name for (name,) in connection.execute(names).fetchall()]
            looks = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables)
            return {name for (name,) in connection.execute(looks).fetchall()} if looks else set()  # type: ignore[arg-type]

    def __call__(self) -> None:
        connections.close_all()
        if dirty := self._filled() - self.seeds:
            with admin(self.database) as connection:
                connection.execute("SET session_replication_role = replica")
                connection.execute("SET lock_timeout = '10s'")
                connection.execute(f"TRUNCATE {', '.join(sorted(dirty))} RESTART IDENTITY CASCADE")  # type: ignore[arg-type]
