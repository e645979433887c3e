"""The servers and a fresh database for one run, as the tests have them, in a folder of their own."""

import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from alignment.stack import places


@contextmanager
def house() -> Iterator[None]:
    """Inside it Django is set up, connected as the web role; of its data nothing is left afterwards."""
    # Read by the tests' environment when it is first imported.
    os.environ.setdefault("TEST_DATA_DIR", str(places.BASE_DIR / "var" / "bench"))
    from tests.harness import environment

    environment.prepare()
    import django

    django.setup()
    logging.disable(logging.WARNING)
    from django.db import connections

    from alignment.stack.servers import Servers
    from tests.harness import database

    with Servers(environment.DATA, forgetful=True):
        database.drop_leftovers()
        database.copy(environment.DATABASE)
        try:
            yield
        finally:
            connections.close_all()
            shutil.rmtree(environment.DATA / environment.WORKER, ignore_errors=True)
            with database.admin() as connection:
                database.drop(connection, environment.DATABASE)


@contextmanager
def showroom() -> Iterator[None]:
    """Inside it the connection is to a copy of the demonstration, dropped afterwards."""
    from tests.harness import database, demonstration, environment

    name = f"{environment.DATABASE}_demo"
    demonstration.copy(name)
    try:
        with database.instead(name):
            yield
    finally:
        with database.admin() as admin:
            database.drop(admin, name)
