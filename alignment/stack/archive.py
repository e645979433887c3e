"""One file that holds an installation: the database and the stored files. Restoring is all or nothing.

The database is taken first: files are stored before the row that names them, so every row finds its file.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from . import binaries
from .bootstrap import WEB
from .refusal import CannotStart

FORMAT = 1
# The target's own default privileges stay; they name its owner, who may be called otherwise.
NOT_OURS = "DEFAULT ACL"
CLEAN_SLATE = f"""
SET lock_timeout = '60s';
SET client_min_messages = warning;
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO {WEB};
"""


def save(archive: Path, owner_url: str, files: Path) -> None:
    """Writes `archive`, readable by its owner only; an archive of that name is replaced when the new one is whole.

    Its last member lists the digests of all others, so an archive that was cut short has none and is refused.
    """
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".backup-") as room:
        dump, whole, about = (Path(room) / name for name in ("database.dump", "whole.tar", "about.json"))
        _run([binaries.client("pg_dump"), "--format=custom", f"--file={dump}", owner_url])
        members = {"database.dump": dump} | {f"files/{path.relative_to(files)}": path for path in _stored(files)}
        with _private(whole) as out, tarfile.open(fileobj=out, mode="w") as tar:
            for name, path in members.items():
                tar.add(path, name)
            digests = {name: _sha256(path) for name, path in members.items()}
            about.write_text(json.dumps({"format": FORMAT, "made": datetime.now(UTC).isoformat(), "sha256": digests}))
            tar.add(about, about.name)
        whole.rename(archive)


def _stored(files: Path) -> list[Path]:
    """Names that begin with a dot are somebody's work in progress."""
    shown = (path for path in files.rglob("*") if not path.relative_to(files).parts[0].startswith("."))
    return sorted(path for path in shown if path.is_file())


def _private(path: Path) -> IO[bytes]:
    return os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600), "wb")


def load(archive: Path, owner_url: str, files: Path) -> None:
    """Replaces the database and the stored files by those of `archive`. A broken archive changes nothing."""
    files.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=files, prefix=".restore-") as room:
        _unpack(archive, Path(room))
        _replace_database(Path(room) / "database.dump", owner_url)
        _replace_files(Path(room) / "files", files, keep=Path(room).name)


def _unpack(archive: Path, room: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                _take_out(member, tar, room)
        about = json.loads((room / "about.json").read_text())
    except (OSError, tarfile.TarError, ValueError) as problem:
        raise CannotStart(f"{archive} is not a backup that can be read: {problem}") from problem
    listed = about.get("sha256", {})
    whole = all((room / name).is_file() and _sha256(room / name) == digest for name, digest in listed.items())
    if about.get("format") != FORMAT or "database.dump" not in listed or not whole:
        raise CannotStart(f"{archive} is damaged, or was made by a newer version; nothing was changed.")


def _take_out(member: tarfile.TarInfo, tar: tarfile.TarFile, room: Path) -> None:
    """A plain file below `room`, which is all that `save` puts in. (Python filters by itself from 3.11.4 on only.)"""
    name, content = PurePosixPath(member.name), tar.extractfile(member) if member.isreg() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise ValueError(f"{member.name} is no file of a backup")
    place = room / name
    place.parent.mkdir(parents=True, exist_ok=True)
    with content, place.open("wb") as out:
        shutil.copyfileobj(content, out)


def _replace_database(dump: Path, owner_url: str) -> None:
    """In one transaction: whoever is working meanwhile sees the old state or the new one."""
    restore = binaries.client("pg_restore")
    contents, script = dump.with_name("contents"), dump.with_name("script.sql")
    listed = _run([restore, "--list", dump]).splitlines(keepends=True)
    contents.write_text("".join(line for line in listed if NOT_OURS not in line))
    _run([restore, "--no-owner", f"--use-list={contents}", f"--file={script}", dump])
    with tempfile.NamedTemporaryFile("w", dir=dump.parent, suffix=".sql") as slate:
        slate.write(CLEAN_SLATE)
        slate.flush()
        files = [f"--file={slate.name}", f"--file={script}"]
        _run([binaries.client("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", *files, owner_url])


def _replace_files(fresh: Path, files: Path, keep: str) -> None:
    """Inside the folder, which may be a mounted volume that cannot be renamed."""
    fresh.mkdir(exist_ok=True)
    for old in files.iterdir():
        if old.name != keep:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for new in fresh.iterdir():
        new.rename(files / new.name)


def _run(command: list[Path | str]) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True)
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it said nothing"]
        raise CannotStart(f"{Path(str(command[0])).name} did not succeed: {lines[-1]}")
    return done.stdout


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
