"""How web, worker and clock are called: one spelling for a laptop, the tests and the containers."""

import os
import sys
from pathlib import Path

ACCESS_LINE = "%(m)s %(U)s %(s)s %(M)s ms"


def web(bind: str) -> list[str]:
    """`bind` is an address, or fd://N for a socket that is already open."""
    size = ["--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", os.environ.get("WEB_THREADS", "4")]
    patience = ["--timeout", "60", "--graceful-timeout", "8"]
    lines = ["--logger-class", "alignment.stack.access.PagesOnly", "--access-logfile", "-", "--log-level", "warning"]
    gunicorn = [sys.executable, "-m", "gunicorn", "--bind", bind, "--preload", "--no-control-socket"]
    return [*gunicorn, *size, *patience, *lines, "--access-logformat", ACCESS_LINE, "alignment.wsgi:application"]


def worker() -> list[str]:
    hands = os.environ.get("WORKER_CONCURRENCY", "2")
    return _celery("worker", f"--concurrency={hands}", "--without-gossip", "--without-mingle")


def clock(data: Path) -> list[str]:
    return _celery("beat", "--pidfile=", f"--schedule={data / 'clock.schedule'}")


def _celery(*words: str) -> list[str]:
    # root is welcome: on a laptop in a container there is often nobody else
    python = [sys.executable, "-W", "ignore:You're running the worker with superuser"]
    return [*python, "-m", "celery", "-A", "alignment", "--quiet", *words, "--loglevel=WARNING"]
