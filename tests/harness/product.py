"""The product as it runs for a customer: gunicorn, worker and clock as processes, on a database of their own."""

import itertools
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from urllib.request import urlopen

import pytest
from pytest_django import DjangoDbBlocker

from alignment.stack.house import READY_PATIENCE, House, listen
from alignment.stack.places import BASE_DIR, broker_url

from . import database, demonstration, environment

_numbers = itertools.count(1)


class Product:
    """Runs until stopped. What is killed stays dead until it is started again: nobody watches in a test."""

    unblock: Callable[[], AbstractContextManager[None]] = nullcontext

    def __init__(self, name: str, template: str = database.TEMPLATE) -> None:
        self.template = template
        self.database, self.data = f"{environment.DATABASE}_{name}", environment.DATA / environment.WORKER / name
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(parents=True)
        self.wire = listen(0)
        self.url = f"http://localhost:{self.wire.getsockname()[1]}"
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": environment.url("web", self.database),
            # a queue of its own: the worker of another product would take its tasks, and not find what they are about
            "REDIS_URL": environment.redis_url(next(_numbers) * 2),
            "DATA_DIR": str(self.data),
            "SITE_URL": self.url,
            "MAILBOX": "1",
            "WEB_WORKERS": "1",
            "SPEND_LEASE_SECONDS": "2",
        }
        self.house = House(self.wire, self.data, **self.environment)
        database.copy(self.database, template=self.template)

    def start(self) -> None:
        """Without this it is an installation whose processes are stopped, good enough for operators' commands."""
        self.house.start()
        self.house.wait_until_ready()

    def open(self) -> None:
        """Only its pages: what they leave to the worker or the clock is not done."""
        self.house.start_one(self.house.web)
        # It waits at the wire until somebody is there.
        with urlopen(f"{self.url}/accounts/login/", timeout=READY_PATIENCE):
            pass

    def stop(self) -> None:
        """Nothing of it is kept, so nobody says goodbye."""
        for child in self.house:
            child.kill()
        self.wire.close()
        with database.admin() as connection:
            database.drop(connection, self.database)

    def manage(self, *words: str, text: str = "") -> str:
        """Runs an operator's command beside the running product; returns what it printed. `text` is its input."""
        command = [sys.executable, "manage.py", *words]
        owner = {"DATABASE_OWNER_URL": environment.url("owner", self.database)}
        done = subprocess.run(
            command, cwd=BASE_DIR, env=self.house.environment | owner, input=text, capture_output=True, text=True
        )
        assert done.returncode == 0, f"manage.py {' '.join(words)}\n{done.stdout}{done.stderr}"
        return done.stdout

    def runs(self, task: str) -> None:
        """The worker does soon what the clock would ask of it later."""
        from alignment.celery import app

        with app.connection_for_write(broker_url(self.environment["REDIS_URL"])) as connection:
            app.send_task(task, connection=connection)

    @contextmanager
    def database_here(self) -> Iterator[None]:
        """Inside it this process works on the product's database, and what it does is done."""
        with self.unblock(), database.instead(self.database):
            yield

    def kill_worker(self) -> None:
        self.house.kill(self.house.worker)

    def start_worker(self) -> None:
        self.house.start_one(self.house.worker)

    @property
    def mail(self) -> list[Path]:
        return sorted((self.data / "mail").glob("*"))


@pytest.fixture(scope="session")
def stack(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Product]:
    """The product with an empty database; each journey makes its own workspace."""
    product = Product("product")
    product.unblock = django_db_blocker.unblock
    yield from running(product, product.start)


@pytest.fixture(scope="session")
def showroom() -> Iterator[Product]:
    """The demonstration's pages, to be looked at."""
    demonstration.build()
    product = Product("showroom", template=demonstration.TEMPLATE)
    shutil.copytree(demonstration.PLACE, product.data, dirs_exist_ok=True)
    yield from running(product, product.open)


def running(product: Product, start: Callable[[], None]) -> Iterator[Product]:
    try:
        start()
        yield product
    finally:
        product.stop()
