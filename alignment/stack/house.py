"""The product's own processes: web, worker, clock. The same three whether `make run` or a test starts them."""

import os
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from . import commands, places, pulse
from .processes import Child, clean_environment
from .refusal import CannotStart

READY_PATIENCE = 90
WEB_PATIENCE, WORKER_PATIENCE = 10, 30


def listen(port: int, host: str = "127.0.0.1") -> socket.socket:
    """Bound before anything else starts, and handed to the web server: nobody can take the port in between."""
    wire = socket.socket()
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        wire.bind((host, port))
    except (OSError, OverflowError) as problem:
        wire.close()
        raise CannotStart(f"Port {port} cannot be used ({problem}); choose another with PORT.") from problem
    wire.listen(128)
    return wire


class House:
    def __init__(self, wire: socket.socket, data: Path, **environment: str) -> None:
        self.wire, self.data, self.environment = wire, data, clean_environment(**environment)
        # the owner's password is nobody's business but migrate's
        self.environment.pop("DATABASE_OWNER_URL", None)
        self.web = Child("web", commands.web(f"fd://{wire.fileno()}"))
        self.worker = Child("worker", commands.worker())
        self.clock = Child("clock", commands.clock(data))

    def __iter__(self) -> Iterator[Child]:
        return iter((self.web, self.worker, self.clock))

    @property
    def port(self) -> int:
        return int(self.wire.getsockname()[1])

    def start(self) -> None:
        pulse.forget(self.environment["REDIS_URL"])
        for child in self:
            self.start_one(child)

    def start_one(self, child: Child) -> None:
        keep = [self.wire.fileno()] if child is self.web else []
        os.chdir(places.BASE_DIR)
        child.start(self.environment, folder=self.data, keep=keep)

    def wait_until_ready(self) -> None:
        """Worker and clock first, which say so at the broker; then /healthz, which looks at everything."""
        end = time.monotonic() + READY_PATIENCE
        answer, said = 0, "nothing yet"
        while time.monotonic() < end:
            for child in self:
                if not child.alive:
                    raise CannotStart(f"The {child.name} process ended while starting; its lines above say why.")
            signs = pulse.alive(self.environment["REDIS_URL"])
            answer, said = self._health() if all(signs.values()) else (0, f"{signs}")
            if answer == 200:
                return
            time.sleep(0.1)
        raise CannotStart(f"The site was not ready within {READY_PATIENCE} seconds; /healthz says: {said}")

    def _health(self) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=10) as answer:
                return answer.status, ""
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read(500).decode(errors="replace")
        except OSError as problem:
            return 0, str(problem)

    def stop(self) -> None:
        """Nothing new comes in, then the worker ends its task. A task that takes longer is done again later."""
        for child in (self.clock, self.web):
            child.ask_to_stop()
        for child in (self.clock, self.web):
            child.stop(WEB_PATIENCE)
        self.worker.stop(WORKER_PATIENCE)

    def kill(self, child: Child) -> None:
        """As the kernel would when memory is short: no goodbye."""
        if child.process and child.alive:
            os.killpg(child.pid, signal.SIGKILL)
            child.process.wait()
