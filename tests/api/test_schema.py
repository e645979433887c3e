"""Schemathesis asks every endpoint for what its schema allows: nothing that a program sends breaks the server.

It runs on the demonstration, as its chief marketing officer; each test's requests are rolled back with it.
"""

import hashlib

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error

from alignment.wsgi import application
from planning.people.models import ApiToken
from planning.people.scope import scope

SECRET = "of the schema's tests"
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


@schema.parametrize()
@settings(
    max_examples=4,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_server(case, demo, token):
    case.path_parameters = {**(case.path_parameters or {}), "workspace": demo.workspace.slug}
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=[not_a_server_error])
