"""Harbour & Pine for tests: told once for each state of the code, then copied."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from psycopg import sql

from alignment.stack.places import BASE_DIR
from alignment.stack.processes import clean_environment

from . import database, environment

TEMPLATE = "alignment_demo"
TELLERS = ("planning", "alignment")
TELLER = pytest.StashKey[subprocess.Popen]()
PLACE = environment.DATA / "demo"  # where the files of the story lie: a process empties its own folder at each start
SETTINGS = "tests.settings"  # as the products of the tests have: under other hashers nobody of the story could sign in


def stamp() -> str:
    """Changes with any line of code or data that could tell the story differently, and with the day."""
    from datetime import UTC, datetime

    told = hashlib.sha256(f"{datetime.now(UTC).date()} {SETTINGS}".encode())
    for folder in TELLERS:
        for path in sorted((BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".csv"}:
                told.update(path.read_bytes())
    return told.hexdigest()


def pytest_collection_finish(session: pytest.Session) -> None:
    """Where a test asks for the story it is begun at once, beside the tests that need none."""
    asked = any({"demo", "showroom"} & set(getattr(item, "fixturenames", ())) for item in session.items)
    if asked and environment.NUMBER < 2:
        telling = [sys.executable, "-c", "from tests.harness.demonstration import build; build()"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        session.config.stash[TELLER] = subprocess.Popen(telling, cwd=BASE_DIR, **quiet)


def build() -> None:
    environment.DATA.mkdir(parents=True, exist_ok=True)
    with Path(environment.DATA / "demo.lock").open("w") as lock, database.admin() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = stamp()
        found = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [TEMPLATE]
        )
        if found.fetchone() == (wanted,) and PLACE.is_dir():
            return
        shutil.rmtree(PLACE, ignore_errors=True)
        database.copy(TEMPLATE)
        told = subprocess.run(
            [sys.executable, BASE_DIR / "manage.py", "load_demo"],
            cwd=BASE_DIR,
            env=clean_environment(
                DATABASE_URL=environment.url("web", TEMPLATE), DATA_DIR=str(PLACE), DJANGO_SETTINGS_MODULE=SETTINGS
            ),
            capture_output=True,
            text=True,
        )
        assert told.returncode == 0, told.stdout + told.stderr
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(TEMPLATE), sql.Literal(wanted))
        )


def copy(name: str) -> None:
    """A database of that name tells the story, with its files where this process keeps its own."""
    build()
    shutil.copytree(PLACE, environment.DATA / environment.WORKER, dirs_exist_ok=True)
    database.copy(name, template=TEMPLATE)


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker) -> Iterator[SimpleNamespace]:
    """The tests of a module see the demonstration's database: `.workspace`, and its people by first name."""
    from planning.desk.story import CAST, SLUG, email_of
    from planning.people.models import Member, Workspace
    from planning.people.scope import scope, workspace_id

    name = f"{environment.DATABASE}_demo"
    copy(name)
    with database.instead(name):
        with django_db_blocker.unblock(), scope(workspace_id(SLUG)):
            found = Member.objects.select_related("user", "workspace")
            people = {key: found.get(user__email=email_of(key)) for key in CAST}
            workspace = Workspace.objects.get(slug=SLUG)
        yield SimpleNamespace(workspace=workspace, people=people, **people)
    with database.admin() as admin:
        database.drop(admin, name)
