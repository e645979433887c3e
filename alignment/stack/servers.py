"""The two servers of an installation: somebody else's where the environment names them, else the embedded ones."""

import os
import shutil
from pathlib import Path

from . import bootstrap, places
from .guard import Guard
from .postgres import Postgres
from .processes import say
from .refusal import CannotStart
from .valkey import Valkey

LOG_LIMIT = 5 * 2**20
SPACE_NEEDED = 300 * 2**20


class Servers:
    """A context: inside it both servers answer and the database has its two logins.

    `forgetful` servers (tests) skip every write that only a power cut needs; the environment's URLs are not theirs.
    """

    def __init__(self, data: Path, *, forgetful: bool = False) -> None:
        self.data, self.forgetful = data, forgetful
        self.guard = Guard(data)
        self.running: list[Postgres | Valkey] = []
        self.owner_url = places.embedded_database_url("owner", data=data)
        self.web_url = places.embedded_database_url("web", data=data)
        self.admin_url = places.embedded_database_url("admin", "postgres", data)
        self.redis_url = places.embedded_redis_url(data=data)

    def __enter__(self) -> "Servers":
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()

    def _start(self) -> None:
        _make_folder(self.data)
        lock = self.guard.take()
        given = {} if self.forgetful else os.environ
        sockets = places.socket_dir(self.data)
        if not (given.get("DATABASE_URL") and given.get("REDIS_URL")):
            _make_private(sockets)
        if url := given.get("DATABASE_URL"):
            self._outside_database(url, given.get("DATABASE_OWNER_URL"))
        else:
            self._run(Postgres(self.data, sockets, _log(self.data, "postgres"), forgetful=self.forgetful), lock)
            bootstrap.embedded(self.admin_url)
        if url := given.get("REDIS_URL"):
            self.redis_url = url
        else:
            self._run(Valkey(self.data, sockets, _log(self.data, "valkey"), forgetful=self.forgetful), lock)

    def _outside_database(self, url: str, owner_url: str | None) -> None:
        self.owner_url = owner_url or url
        self.web_url = bootstrap.external(self.owner_url, url if owner_url else None)

    def _run(self, server: Postgres | Valkey, lock: int) -> None:
        self.lock = lock
        self.running.append(server)
        server.start(lock)
        if not self.forgetful:
            say(type(server).__name__.lower(), "ready")

    def revive(self, server: Postgres | Valkey) -> None:
        """After a server died by itself; it recovers what it had promised."""
        server.start(self.lock)

    def stop(self) -> None:
        """Valkey first: its clients are gone, Postgres' last transactions are not its business."""
        while self.running:
            self.running.pop().stop()
        self.guard.release()


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / f".probe-{os.getpid()}"
        probe.write_bytes(b"\0" * 4096)
        probe.unlink()
        free = shutil.disk_usage(data).free
    except OSError as problem:
        raise CannotStart(f"{data} cannot be written ({problem.strerror}); choose another DATA_DIR.") from problem
    if free < SPACE_NEEDED:
        raise CannotStart(f"Only {free // 2**20} MB are free for {data}; {SPACE_NEEDED // 2**20} MB are needed.")


def _make_private(folder: Path) -> None:
    """0700 and ours: in a shared temporary folder somebody else may have been there first."""
    folder.mkdir(mode=0o700, exist_ok=True)
    about = folder.lstat()
    if about.st_uid not in (os.getuid(), 65534) or folder.is_symlink():
        raise CannotStart(f"{folder} belongs to somebody else; choose another DATA_DIR.")
    folder.chmod(0o700)


def _log(data: Path, name: str) -> Path:
    path = data / "log" / f"{name}.log"
    path.parent.mkdir(exist_ok=True)
    if path.exists() and path.stat().st_size > LOG_LIMIT:
        path.rename(path.with_suffix(".old.log"))
    path.touch()
    return path
