"""One instance a data folder. Two locks: the supervisor's own, and one its servers inherit and hold while they live."""

import fcntl
import os
import time
from pathlib import Path

from .processes import say
from .refusal import CannotStart

ORPHANS_PATIENCE = 30


class Guard:
    def __init__(self, data: Path) -> None:
        self.data = data
        self.files: list[int] = []

    def take(self) -> int:
        """Returns the file that servers inherit. Who holds both locks may remove what a killed server left behind."""
        own, inherited = (self._open(name) for name in ("instance.lock", "servers.lock"))
        if not _locked(own):
            raise CannotStart(f"Another instance is using {self.data}; stop it, or choose another DATA_DIR.")
        self._wait_for_orphans(inherited)
        return inherited

    def _open(self, name: str) -> int:
        file = os.open(self.data / name, os.O_RDWR | os.O_CREAT, 0o600)
        self.files.append(file)
        return file

    def _wait_for_orphans(self, file: int) -> None:
        if _locked(file):
            return
        say("stack", "waiting for servers of an earlier run to finish")
        end = time.monotonic() + ORPHANS_PATIENCE
        while time.monotonic() < end:
            time.sleep(0.1)
            if _locked(file):
                return
        raise CannotStart(f"Servers of an earlier run are still using {self.data}; end them, then start again.")

    def release(self) -> None:
        while self.files:
            os.close(self.files.pop())


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
