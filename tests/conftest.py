"""One Postgres and one Valkey for the whole run; every process its own copy of the database, as the web role."""

import gc
import shutil
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread
from types import SimpleNamespace

import django
import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from tests.harness import environment

gc.set_threshold(100_000, 50, 1000)  # a process of tests ends soon, and most of what it holds it holds to the end
environment.prepare()
django.setup()
environment.hide()

from alignment.stack.refusal import CannotStart  # noqa: E402
from alignment.stack.servers import Servers  # noqa: E402
from tests.harness import database  # noqa: E402

pytest_plugins = ["tests.cast", *(f"tests.harness.{name}" for name in "demonstration product browser sharing".split())]
SERVERS = pytest.StashKey[Servers]()
BUILDER = pytest.StashKey[Thread]()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """The first process starts the servers, before xdist starts the others; they die with it.

    It begins the database that the others copy while they are still reading the tests.
    """
    if hasattr(session.config, "workerinput") or session.config.option.collectonly:
        return
    try:
        session.config.stash[SERVERS] = Servers(environment.DATA, forgetful=True).__enter__()
    except CannotStart as refusal:
        pytest.exit(str(refusal), returncode=3)
    database.drop_leftovers()
    session.config.stash[BUILDER] = Thread(target=begin_the_template)
    session.config.stash[BUILDER].start()


def begin_the_template() -> None:
    with suppress(CannotStart):  # the first test that wants it hears the same
        database.build_template()


def pytest_collection_finish() -> None:
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    if builder := config.stash.get(BUILDER, None):
        builder.join()
    if servers := config.stash.get(SERVERS, None):
        servers.stop()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SimpleNamespace]:
    """In place of Django's own: the web role could not create a database, nor flush one. Its value: who is in it."""
    from django.db import connections
    from django.test import TransactionTestCase

    from tests.cast import make_cast

    shutil.rmtree(environment.DATA / environment.WORKER, ignore_errors=True)
    database.copy(environment.DATABASE)
    with django_db_blocker.unblock():
        everybody = make_cast()
    reset = database.Reset()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: reset())
        yield everybody
    connections.close_all()
    reset.close()
    with database.admin() as connection:
        database.drop(connection, environment.DATABASE)


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The database's owner, beside the web role; sees only what is committed."""
    with psycopg.connect(environment.url("owner"), autocommit=True) as connection:
        yield connection
