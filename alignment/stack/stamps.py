"""Fingerprints of what a step was made from, so that a second start skips what has not changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from .places import BASE_DIR


def fingerprint(paths: Iterable[Path]) -> str:
    """One line over names and contents, in a fixed order; a missing file counts as missing, not as empty."""
    total = hashlib.sha256()
    for path in sorted(set(paths)):
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "missing"
        total.update(f"{path.relative_to(BASE_DIR)} {content}\n".encode())
    return total.hexdigest()


def schema() -> str:
    """Changes when a migration, the tenancy hook or the lock file does: then the database has to be migrated."""
    migrations = BASE_DIR.glob("planning/*/migrations/*.py")
    return fingerprint([*migrations, BASE_DIR / "planning/people/tenancy.py", BASE_DIR / "uv.lock"])


def static_files() -> str:
    """Changes when something under static/, or an installed package, does: then the files have to be collected."""
    return fingerprint([*(path for path in BASE_DIR.glob("static/**/*") if path.is_file()), BASE_DIR / "uv.lock"])


class Stamp:
    """A file that remembers the fingerprint a step last succeeded with."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def matches(self, value: str) -> bool:
        return self.path.exists() and self.path.read_text() == value

    def put(self, value: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(value)
