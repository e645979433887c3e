"""The same named people everywhere: their name tells what they may do.

They are there before the first test of a process, committed, and after every reset: making ten people again for each
test took longer than most tests.
"""

import pickle
from collections.abc import Iterator
from itertools import groupby
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client

from planning.people.founding import found
from planning.people.models import Member, User
from planning.people.scope import scope

PEOPLE = {
    "cmo": ("Maya Lindgren", "marketing", "lead"),
    "cio": ("Daniel Osei", "technology", "lead"),
    "marketing_planner": ("Jonas Weber", "marketing", "planner"),
    "technology_planner": ("Elena Rossi", "technology", "planner"),
    "finance": ("Priya Raman", "finance", "lead"),
    "sponsor": ("Ruth Adler", "sponsor", "lead"),
    "viewer": ("Vera Lund", "marketing", "viewer"),
    "auditor": ("Sam Novak", "finance", "auditor"),
    "guest": ("Gil Guest", "guest", "viewer"),
}
PASSWORD = "a quiet harbour with pines"


def member(workspace, name, side, role, **fields):
    """A user of that name and their membership. Call inside the workspace's scope."""
    email = f"{name.split()[0].lower()}@{workspace.slug}.example"
    user = User.objects.create_user(email, PASSWORD, name=name)
    return Member.objects.create(workspace=workspace, user=user, side=side, role=role, **fields)


def make_cast(slug="acme") -> SimpleNamespace:
    """A workspace with everybody in it, and `stranger`, who leads marketing in another one."""
    workspace = found(slug, name=slug.title(), currency="GBP", fiscal_start=4, timezone="Europe/London")
    other = found(f"not-{slug}", name="Somebody else", currency="USD", timezone="America/New_York")
    cast = SimpleNamespace(workspace=workspace, other=other)
    with scope(workspace):
        for key, (name, side, role) in PEOPLE.items():
            setattr(cast, key, member(workspace, name, side, role))
    with scope(other):
        cast.stranger = member(other, "Stefan Stranger", "marketing", "lead")
    return cast


@pytest.fixture(scope="session")
def made_cast(django_db_setup) -> bytes:
    return pickle.dumps(django_db_setup)


@pytest.fixture
def cast(made_cast, db) -> SimpleNamespace:
    """Everybody, as they were at first: no test sees what another one did to a member."""
    return pickle.loads(made_cast)


@pytest.fixture
def committed_cast(made_cast, transactional_db) -> SimpleNamespace:
    """The same, for tests with connections of their own: what they do is done, until the reset after them."""
    return pickle.loads(made_cast)


@pytest.fixture
def inside(cast):
    """The whole test happens in acme's scope."""
    with scope(cast.workspace, cast.cmo.user):
        yield cast


@pytest.fixture(scope="module")
def made_once(request, made_cast, django_db_blocker) -> Iterator[bytes]:
    """What the module's `made_for_all(cast)` makes, in a transaction around all tests of that module."""
    cast = pickle.loads(made_cast)
    with django_db_blocker.unblock(), transaction.atomic():
        with scope(cast.workspace, cast.cmo.user):
            made = request.module.made_for_all(cast)
        yield pickle.dumps(made)
        transaction.set_rollback(True)


@pytest.fixture
def made(made_once, inside):
    """A copy of it for each test, which takes back only what it did itself. Not for modules with tests that commit."""
    return pickle.loads(made_once)


@pytest.fixture
def made_outside(made_once, db):
    """The same, for tests that come through the door themselves."""
    return pickle.loads(made_once)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that begin with nothing come before those that begin with what their module made."""
    modules = [list(tests) for _module, tests in groupby(items, key=lambda item: item.path)]
    items[:] = [item for tests in modules for item in sorted(tests, key=lambda item: "made_once" in item.fixturenames)]


@pytest.fixture
def as_():
    """A browser without a screen, signed in: `as_(cast.cmo).get("/acme/")`."""
    return signed_in


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client
