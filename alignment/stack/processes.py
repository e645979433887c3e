"""Child processes: born with `birth.py`, their lines prefixed, stopped by the signal each of them understands."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO

BIRTH = Path(__file__).with_name("birth.py")
WIDTH = 8


def say(who: str, text: str) -> None:
    """One whole line at a time, so that several talkers do not mix."""
    sys.stdout.write(f"{who:>{WIDTH}} │ {text}\n")
    sys.stdout.flush()


def clean_environment(**more: str) -> dict[str, str]:
    """What children get: without PYTHONDONTWRITEBYTECODE, which makes every start compile everything again."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**environment, "PYTHONUNBUFFERED": "1", **more}


class Child:
    """One process and its group. Only the main thread starts children: they die with the thread that bore them."""

    def __init__(self, name: str, command: Iterable[str | Path], *, stop_with: int = signal.SIGTERM) -> None:
        self.name, self.command, self.stop_with = name, [str(part) for part in command], stop_with
        self.process: subprocess.Popen[bytes] | None = None
        self.talk: threading.Thread | None = None

    def start(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        folder: Path,
        who: str = "same",
        log: Path | None = None,
        keep: Iterable[int] = (),
    ) -> None:
        """`folder` must be writable to it. `log` takes the output; without it the lines are said with the child's
        name. `keep` are inherited files.
        """
        birth = [sys.executable, "-S", "-E", BIRTH, os.getpid(), int(self.stop_with), who, folder]
        out = log.open("ab") if log else subprocess.PIPE
        self.process = subprocess.Popen(
            [str(part) for part in (*birth, *self.command)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=clean_environment() if environment is None else dict(environment),
            start_new_session=True,
            pass_fds=tuple(keep),
        )
        if log is None and self.process.stdout:
            self.talk = threading.Thread(target=self._repeat, args=(self.process.stdout,), daemon=True)
            self.talk.start()
        elif log is not None:
            out.close()  # type: ignore[union-attr]

    def _repeat(self, lines: IO[bytes]) -> None:
        with lines:
            for line in lines:
                if text := line.decode(errors="replace").rstrip():
                    say(self.name, text)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    def ask_to_stop(self) -> None:
        if self.process and self.alive:
            self.process.send_signal(self.stop_with)

    def stop(self, patience: float) -> bool:
        """Asks, waits `patience` seconds, then kills whatever of the group is left. True when it went by itself."""
        self.ask_to_stop()
        obeyed = self._gone_within(patience)
        self.kill()
        return obeyed

    def kill(self) -> None:
        if not self.process:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.talk:
            self.talk.join(timeout=2)

    def _gone_within(self, seconds: float) -> bool:
        try:
            if self.process:
                self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True
