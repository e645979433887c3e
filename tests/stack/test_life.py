"""One installation from nothing to nothing, the way a person starts, breaks and stops it. The folder has a space."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from alignment.stack.house import listen
from alignment.stack.places import BASE_DIR

PATIENCE = 300  # what starts beside it on a busy machine is no fault of its own
OF_THE_TESTS = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DJANGO_SETTINGS_MODULE", "HTTPS"}


class Installation:
    """`make run`, less the fetching."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port = data, port
        self.log = data.with_suffix(".log")
        self.started: list[subprocess.Popen[bytes]] = []

    def end(self) -> None:
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        for process in self.started:
            process.wait(PATIENCE)

    def start(self, **environment: str) -> subprocess.Popen[bytes]:
        ours = {name: value for name, value in os.environ.items() if name not in OF_THE_TESTS}
        ours |= {"DATA_DIR": str(self.data), "PORT": str(self.port), "DEMO": "0"}
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "alignment.stack", "run"],
                cwd=BASE_DIR,
                env=ours | environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.started.append(process)
        return process

    def ready(self, process: subprocess.Popen[bytes]) -> None:
        end = time.monotonic() + PATIENCE
        while b"ready: http" not in self.log.read_bytes():
            assert process.poll() is None, self.log.read_text()
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)

    def refuses(self, **environment: str) -> str:
        """What it says instead of starting; one sentence."""
        other = Installation(self.data, self.port)
        other.log = self.log.with_suffix(".refused")
        process = other.start(**environment)
        assert process.wait(PATIENCE) == 1
        (sentence,) = other.log.read_text().splitlines()
        return sentence

    def processes(self) -> list[int]:
        """Everything that was started for this folder, found by its command line or its environment."""
        mark, found = os.fsencode(self.data), []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                seen = (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes()
                if mark in seen and (folder / "stat").read_text().rpartition(")")[2].split()[0] != "Z":
                    found.append(int(folder.name))
            except OSError:
                continue
        return found

    def worker(self) -> int:
        """The worker's first process, of which the others are children."""
        return min(pid for pid in self.processes() if b"\0worker\0" in Path(f"/proc/{pid}/cmdline").read_bytes())


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with listen(0) as wire:
        port = wire.getsockname()[1]
    installation = Installation(tmp_path_factory.mktemp("a life") / "its data", port)
    yield installation
    installation.end()


def test_a_life(installation: Installation) -> None:
    first = installation.start()
    installation.ready(first)
    with urllib.request.urlopen(f"http://127.0.0.1:{installation.port}/healthz") as answer:
        assert answer.status == 200
    assert (installation.data / "secret_key").stat().st_mode & 0o777 == 0o600

    assert "Another instance is using" in installation.refuses(PORT=str(free_port()))
    assert f"Port {installation.port} cannot be used" in installation.refuses()

    os.kill(installation.worker(), signal.SIGKILL)
    until(lambda: "worker ended (-9); starting it again" in installation.log.read_text())

    for pid in installation.processes():
        os.kill(pid, signal.SIGKILL)
    first.wait(PATIENCE)

    second = installation.start()
    installation.ready(second)
    assert "making" not in installation.log.read_text(), "the second start does the first one's work again"
    second.send_signal(signal.SIGINT)
    assert second.wait(PATIENCE) == 0
    assert installation.processes() == []


def test_a_port_is_a_number(installation: Installation) -> None:
    assert "has to be a number" in installation.refuses(PORT="web")


def test_a_folder_that_is_a_file(installation: Installation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    said = installation.refuses(DATA_DIR=str(tmp_path / "file"), PORT=str(free_port()))
    assert "choose another DATA_DIR" in said


def free_port() -> int:
    with listen(0) as wire:
        return int(wire.getsockname()[1])


def until(condition: object) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)
