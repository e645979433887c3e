"""The embedded Valkey: broker and cache, on a unix socket only, remembering what it was told."""

import signal
import socket
import time
from pathlib import Path

from . import binaries
from .processes import Child
from .refusal import CannotStart

READY_PATIENCE = 60
STOP_PATIENCE = 20


class Valkey:
    def __init__(self, data: Path, sockets: Path, log: Path, *, forgetful: bool = False) -> None:
        self.home, self.log, self.forgetful = data / "valkey", log, forgetful
        self.socket = sockets / "valkey.sock"

    def start(self, lock: int) -> None:
        self.home.mkdir(mode=0o700, exist_ok=True)
        settings = self.home / "valkey.conf"
        settings.write_text("".join(f"{name} {value}\n" for name, value in self._settings().items()))
        self.child = Child("valkey", [binaries.valkey_server(), settings], stop_with=signal.SIGTERM)
        self.child.start(folder=self.home, log=self.log, keep=[lock])
        self._wait()

    def _settings(self) -> dict[str, str]:
        return {
            "port": "0",
            "unixsocket": _quoted(self.socket),
            "unixsocketperm": "700",
            "dir": _quoted(self.home),
            "daemonize": "no",
            "databases": "256" if self.forgetful else "16",
            "save": '""',
            "appendonly": "no" if self.forgetful else "yes",
            "appendfsync": "everysec",
            # a full broker refuses; it never forgets a task to make room
            "maxmemory-policy": "noeviction",
            "loglevel": "notice",
        }

    def _wait(self) -> None:
        end = time.monotonic() + READY_PATIENCE
        while time.monotonic() < end:
            if answers(self.socket):
                return
            if not self.child.alive:
                raise CannotStart(f"Valkey did not start; {self.log} says why.")
            time.sleep(0.02)
        raise CannotStart(f"Valkey did not answer within {READY_PATIENCE} seconds; {self.log} says why.")

    def stop(self) -> None:
        if hasattr(self, "child"):
            self.child.stop(STOP_PATIENCE)


def answers(path: Path) -> bool:
    """PING → PONG. An open socket is not enough: a server that is still loading accepts connections too."""
    with socket.socket(socket.AF_UNIX) as wire:
        wire.settimeout(2)
        try:
            wire.connect(str(path))
            wire.sendall(b"PING\r\n")
            return wire.recv(64).startswith(b"+PONG")
        except OSError:
            return False


def _quoted(path: Path) -> str:
    """Bytes outside plain ASCII, quotes and backslashes in the escapes its configuration reads."""
    plain = "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\' else f"\\x{b:02x}" for b in str(path).encode())
    return f'"{plain}"'
