"""`make run`: everything up, in order, with progress; watched; and down again, in order, leaving nothing."""

import os
import signal
import time
from collections import deque
from pathlib import Path

from . import assets, places, schema, stamps
from .house import House, listen
from .processes import Child, say
from .refusal import CannotStart
from .servers import Servers

RESTARTS, WITHIN = 5, 60


def run() -> None:
    # SIGINT too: a script that starts this in the background leaves it ignored
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    data, port = places.data_dir(), _port()
    wire = listen(port)
    with Servers(data) as servers:
        environment = _environment(servers, port)
        _prepare(servers, environment)
        house = House(wire, data, **environment)
        try:
            house.start()
            house.wait_until_ready()
            _announce(environment)
            _watch(house, servers)
        except KeyboardInterrupt:
            print(flush=True)
        finally:
            _deaf_to_signals()
            say("stack", "stopping; the worker finishes its task first")
            house.stop()
    say("stack", "stopped")


def _port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT is {text!r}; it has to be a number from 1 to 65535.")
    return int(text)


def _environment(servers: Servers, port: int) -> dict[str, str]:
    """A laptop's defaults; whatever the shell says itself stays."""
    laptop = {"HTTPS": "0", "MAILBOX": "1", "SITE_URL": f"http://localhost:{port}"}
    return {
        **{name: os.environ.get(name, value) for name, value in laptop.items()},
        "DATABASE_URL": servers.web_url,
        "REDIS_URL": servers.redis_url,
        "DATA_DIR": str(servers.data),
        "SECRET_KEY": places.secret_key(),
        "PORT": str(port),
    }


def _prepare(servers: Servers, environment: dict[str, str]) -> None:
    assets.fetch()
    schema.bring_up_to_date(servers.owner_url, demo=os.environ.get("DEMO", "1") != "0", **environment)
    root = Path(os.environ.get("STATIC_ROOT") or servers.data / "static")
    stamp, now = stamps.Stamp(root / ".stamp"), stamps.static_files()
    if not stamp.matches(now):
        say("stack", "collecting static files")
        schema.manage("collectstatic", "--skip-checks", "--no-input", "--clear", "--verbosity", "0", **environment)
        stamp.put(now)


def _announce(environment: dict[str, str]) -> None:
    say("stack", f"ready: {environment['SITE_URL']}")
    for line in schema.demo_people(**environment):
        say("sign in", line)
    say("stack", "Ctrl-C stops everything")


def _watch(house: House, servers: Servers) -> None:
    """Until a signal comes. What dies is started again; what keeps dying ends the run."""
    deaths: dict[str, deque[float]] = {}
    while True:
        time.sleep(0.2)
        for server in servers.running:
            if not server.child.alive:
                _count(server.child, deaths)
                servers.revive(server)
        for child in house:
            if not child.alive:
                _count(child, deaths)
                house.start_one(child)


def _count(child: Child, deaths: dict[str, deque[float]]) -> None:
    code = child.process.returncode if child.process else None
    child.kill()
    times = deaths.setdefault(child.name, deque(maxlen=RESTARTS))
    times.append(time.monotonic())
    if len(times) == RESTARTS and times[-1] - times[0] < WITHIN:
        raise CannotStart(f"The {child.name} process ended {RESTARTS} times within {WITHIN} seconds; giving up.")
    say("stack", f"{child.name} ended ({code}); starting it again")


def _deaf_to_signals() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
