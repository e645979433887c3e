"""One process a container: the same commands as `make run`, without a supervisor, and whether each of them lives."""

import json
import os
import socket
import urllib.error
import urllib.request

from . import bootstrap, commands, places, pulse, schema
from .refusal import CannotStart


def web() -> None:
    _become(commands.web(f"0.0.0.0:{os.environ.get('PORT', '8000')}"))


def worker() -> None:
    _become(commands.worker())


def clock() -> None:
    data = places.data_dir()
    data.mkdir(parents=True, exist_ok=True)
    _become(commands.clock(data))


def migrate() -> None:
    """Prepares the logins and brings the tables up to date. The one process that needs DATABASE_OWNER_URL."""
    owner_url, web_url = (os.environ.get(name) for name in ("DATABASE_OWNER_URL", "DATABASE_URL"))
    if not owner_url or not web_url:
        raise CannotStart("DATABASE_OWNER_URL and DATABASE_URL have to be set.")
    bootstrap.external(owner_url, web_url)
    schema.bring_up_to_date(owner_url, demo=False, DATABASE_URL=web_url)


def web_lives() -> None:
    """This container answers and reaches the database; a worker that is gone is not its fault."""
    page = f"http://localhost:{os.environ.get('PORT', '8000')}/healthz"
    try:
        said = urllib.request.urlopen(page, timeout=8).read()
    except urllib.error.HTTPError as problem:
        said = problem.read()
    except OSError as problem:
        raise CannotStart(f"The web does not answer: {problem}") from problem
    if json.loads(said)["database"] != "alive":
        raise CannotStart("The database does not answer the web.")


def worker_lives() -> None:
    _shows("worker", socket.gethostname())


def clock_lives() -> None:
    """Any clock: one that stands by is well."""
    _shows("clock", "")


def _shows(part: str, host: str) -> None:
    if not pulse.shows(part, host):
        raise CannotStart(f"The {part} has shown no sign of life for {pulse.FADES_AFTER} seconds.")


def _become(command: list[str]) -> None:
    os.chdir(places.BASE_DIR)
    os.execv(command[0], command)  # noqa: S606
