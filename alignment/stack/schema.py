"""Is the database up to date? A comment on its schema says so, and goes along into copies and restored backups."""

import subprocess
import sys
from pathlib import Path

import psycopg
from psycopg import errors, sql

from . import stamps
from .places import BASE_DIR
from .processes import clean_environment, say
from .refusal import CannotStart

# Stands in the comment from the first migration until the demo workspace is whole.
DEMO_PENDING = "demo pending"
SIGN_INS = "demo_people.tsv"
UNASKED = ("--skip-checks", "--no-input")


def manage(*words: str, **environment: str) -> None:
    done = subprocess.run([sys.executable, "manage.py", *words], cwd=BASE_DIR, env=clean_environment(**environment))
    if done.returncode:
        raise CannotStart(f"`manage.py {words[0]}` did not succeed; its lines above say why.")


def bring_up_to_date(owner_url: str, *, demo: bool, **environment: str) -> None:
    """Migrates when something changed; loads the demo workspace into a database that was empty."""
    stamp = stamps.schema()
    with psycopg.connect(owner_url, autocommit=True) as owner:
        said, fresh = _comment(owner), _is_empty(owner)
        if said == stamp:
            return
        if demo and fresh:
            _put(owner, said := DEMO_PENDING)
        say("stack", "making the tables" if fresh else "migrating")
        manage("migrate", *UNASKED, **{**environment, "DATABASE_URL": owner_url})
        if demo and said == DEMO_PENDING:
            say("stack", "loading the demo workspace")
            manage("load_demo", **environment)
            _keep_sign_ins(environment)
        _put(owner, stamp)


def demo_people(**environment: str) -> list[str]:
    """Who can sign in to the demo workspace, a line each; nothing where it was never loaded."""
    kept = Path(environment["DATA_DIR"]) / SIGN_INS
    rows = [line.split("\t") for line in kept.read_text().splitlines()] if kept.exists() else []
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _keep_sign_ins(environment: dict[str, str]) -> None:
    """Asked once: asking again at every start would cost a second of it."""
    command = [sys.executable, "manage.py", "demo_people"]
    said = subprocess.run(
        command, cwd=BASE_DIR, env=clean_environment(**environment), stdout=subprocess.PIPE, text=True, check=True
    )
    (Path(environment["DATA_DIR"]) / SIGN_INS).write_text(said.stdout)


def _is_empty(owner: psycopg.Connection) -> bool:
    return owner.execute("SELECT to_regclass('public.django_migrations') IS NULL").fetchone() == (True,)


def _comment(owner: psycopg.Connection) -> str:
    row = owner.execute("SELECT obj_description('public'::regnamespace, 'pg_namespace')").fetchone()
    return row[0] or "" if row else ""


def _put(owner: psycopg.Connection, text: str) -> None:
    """Where the server's owner does not let us, every start migrates: slower, never wrong."""
    try:
        owner.execute(sql.SQL("COMMENT ON SCHEMA public IS {}").format(sql.Literal(text)))
    except errors.InsufficientPrivilege:
        say("stack", "the database keeps no stamp, so every start migrates")
