"""The same named people everywhere: their name tells what they may do."""

from types import SimpleNamespace

import pytest
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


def make_cast(slug="acme", currency="GBP") -> SimpleNamespace:
    """A workspace with everybody in it, and `stranger`, who leads marketing in another one."""
    workspace = found(slug, name=slug.title(), currency=currency, fiscal_start=4, timezone="Europe/London")
    other = found(f"not-{slug}", name="Somebody else", currency="USD", timezone="America/New_York")
    cast = SimpleNamespace(workspace=workspace, other=other)
    with scope(workspace):
        for key, (name, side, role) in PEOPLE.items():
            setattr(cast, key, member(workspace, name, side, role))
    with scope(other):
        cast.stranger = member(other, "Stefan Stranger", "marketing", "lead")
    return cast


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def inside(cast):
    """The whole test happens in acme's scope."""
    with scope(cast.workspace, cast.cmo.user):
        yield cast


@pytest.fixture
def as_():
    """A browser without a screen, signed in: `as_(cast.cmo).get("/acme/")`."""
    return signed_in


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client
