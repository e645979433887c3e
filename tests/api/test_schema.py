"""Schemathesis asks every endpoint for what its schema allows: nothing breaks the server, and every answer is one of
those the schema promises (its status, its content type, its shape).

It runs on the demonstration, as its chief marketing officer; each test's requests are rolled back with it.
"""

import hashlib
from collections import Counter
from importlib import import_module

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from ninja import Schema
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from alignment.wsgi import application
from planning.api.urls import ROOMS
from planning.budgets.models import Budget, Line, Transfer
from planning.kpis.models import Kpi, Reading
from planning.people.models import ApiToken
from planning.people.scope import scope
from planning.purchases.models import Purchase
from planning.reviews.models import Review
from planning.spend.models import Import
from planning.vendors.models import Contract, Vendor

SECRET = "of the schema's tests"
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
THINGS = {
    "budget_id": Budget, "line_id": Line, "transfer_id": Transfer, "kpi_id": Kpi, "reading_id": Reading,
    "purchase_id": Purchase, "review_id": Review, "import_id": Import, "vendor_id": Vendor, "contract_id": Contract,
}  # fmt: skip
SIGNALS = (request_started, request_finished)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
schema.config.phases.coverage.enabled = False  # hundreds of requests an endpoint: for an hour of its own, not for here


@pytest.fixture
def token(demo, db):
    with scope(demo.workspace):
        ApiToken.objects.create(
            workspace=demo.workspace,
            member=demo.maya,
            label="schemathesis",
            secret_hash=hashlib.sha256(SECRET.encode()).hexdigest(),
        )
    for signal in SIGNALS:  # as Django's own test client does: the test's connection stays open
        signal.disconnect(close_old_connections)
    yield SECRET
    for signal in SIGNALS:
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def things(demo, django_db_blocker):
    """The ids that an address can name, so that answers have something to show."""
    with django_db_blocker.unblock(), scope(demo.workspace):
        return {name: sorted(model.objects.values_list("pk", flat=True)) for name, model in THINGS.items()}


def real(path, things) -> dict:
    """A well-formed id becomes one that exists; what the server must refuse stays as it is."""
    return {
        name: things[name][value % len(things[name])] if type(value) is int and value > 0 and name in things else value
        for name, value in path.items()
    }


def test_no_two_shapes_share_a_name():
    """In the schema the later would stand for both."""
    shapes = [
        value.__name__
        for room in ROOMS
        for module in [import_module(f"planning.api.{room}")]
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Schema) and value.__module__ == module.__name__
    ]
    assert [name for name, times in Counter(shapes).items() if times > 1] == []


@schema.parametrize()
@settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_the_schema_promises(case, demo, things, token):
    case.path_parameters = real(case.path_parameters or {}, things) | {"workspace": demo.workspace.slug}
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)
