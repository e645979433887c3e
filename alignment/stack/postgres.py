"""The embedded Postgres: made once, started on a unix socket only, stopped without hanging on open clients."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from . import binaries, identity, places
from .processes import BIRTH, Child, say
from .refusal import CannotStart

# No ICU and no OpenSSL in the wheel's build: the builtin locale keeps every installation's sort order the same.
INITDB = "-A trust -U postgres -E UTF8 --locale-provider=builtin --locale=C.UTF-8 --no-instructions".split()
# A test cluster may forget: it is made again from nothing.
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}
READY_PATIENCE = 60
STOP_PATIENCE = 30


class Postgres:
    def __init__(self, data: Path, sockets: Path, log: Path, *, forgetful: bool = False) -> None:
        self.home, self.sockets, self.log, self.forgetful = data / "postgres", sockets, log, forgetful
        self.url = places.embedded_database_url("admin", "postgres", data)

    def start(self, lock: int) -> None:
        bin_ = binaries.postgres_bin()
        self.home.mkdir(mode=0o700, exist_ok=True)
        self.who = identity.servant(bin_ / "postgres", self.home)
        if self.who == "nobody":
            identity.hand_over(self.sockets)
        self.cluster = self.home / str(binaries.POSTGRES_AT_LEAST)
        if not self.cluster.exists():
            self._create(bin_ / "initdb")
        self._sweep()
        # fast shutdown is SIGINT; SIGTERM would wait for every client to leave
        self.child = Child("postgres", [bin_ / "postgres", *self._options()], stop_with=signal.SIGINT)
        self.child.start(who=self.who, folder=self.home, log=self.log, keep=[lock])
        self._wait()

    def _create(self, initdb: Path) -> None:
        """Into a folder of its own, renamed when whole: a start that was cut short leaves no half cluster."""
        say("postgres", "making the database cluster")
        for half in self.home.glob("new-*"):
            shutil.rmtree(half, ignore_errors=True)
        fresh = self.home / f"new-{os.getpid()}"
        birth = [sys.executable, "-S", "-E", BIRTH, os.getpid(), int(signal.SIGTERM), self.who, self.home]
        command = [*birth, initdb, *INITDB, "-D", fresh, *(["--no-sync"] if self.forgetful else [])]
        made = subprocess.run([str(part) for part in command], capture_output=True, text=True)
        if made.returncode:
            raise CannotStart(f"The database cluster could not be made: {_last_line(made.stderr or made.stdout)}")
        fresh.rename(self.cluster)

    def _sweep(self) -> None:
        """What a killed server left behind; the caller holds the lock, so no server is alive."""
        name = f".s.PGSQL.{places.PG_PORT}"
        for stale in (self.cluster / "postmaster.pid", self.sockets / name, self.sockets / f"{name}.lock"):
            stale.unlink(missing_ok=True)

    def _options(self) -> list[str]:
        sockets = '"' + str(self.sockets).replace('"', '""') + '"'
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": sockets,
            "unix_socket_permissions": "0700",
            "port": str(places.PG_PORT),
            "max_connections": "200" if self.forgetful else "100",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **(FORGETFUL if self.forgetful else {}),
        }
        return ["-D", str(self.cluster), *(part for item in settings.items() for part in ("-c", "=".join(item)))]

    def _wait(self) -> None:
        end = time.monotonic() + READY_PATIENCE
        while time.monotonic() < end:
            if not self.child.alive:
                raise CannotStart(f"Postgres did not start: {_last_line(self.log.read_text(errors='replace'))}")
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        raise CannotStart(f"Postgres did not answer within {READY_PATIENCE} seconds; {self.log} says why.")

    def stop(self) -> None:
        if hasattr(self, "child"):
            self.child.stop(STOP_PATIENCE)


def _last_line(text: str) -> str:
    """The last line that says something went wrong, else the last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    wrong = [line for line in lines if any(word in line for word in ("FATAL", "PANIC", "error", "could not"))]
    return (wrong or lines or ["it said nothing"])[-1]
