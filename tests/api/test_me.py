"""A program at the door: its token opens one workspace, and nothing else."""

import hashlib

import pytest
from django.test import Client

from planning.people.models import ApiToken
from planning.people.scope import scope


@pytest.fixture
def bearer(cast):
    def client_of(member, secret="s3cret"):
        with scope(member.workspace):
            ApiToken.objects.create(
                workspace=member.workspace,
                member=member,
                label="test",
                secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
            )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return client_of


def test_me_says_who_the_token_is(cast, bearer):
    body = bearer(cast.cmo).get("/api/v1/acme/me").json()
    assert (body["email"], body["side"], body["role"], body["currency"]) == (cast.cmo.email, "marketing", "lead", "GBP")


def test_no_token_is_a_problem(cast):
    answer = Client().get("/api/v1/acme/me")
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_of_another_workspace_finds_nothing(cast, bearer):
    assert bearer(cast.cmo).get("/api/v1/not-acme/me").status_code == 404


def test_a_revoked_token_opens_nothing(cast, bearer):
    client = bearer(cast.cmo)
    with scope(cast.workspace):
        ApiToken.objects.update(revoked_at=cast.workspace.now())
    assert client.get("/api/v1/acme/me").status_code == 401


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("get", "acme/budgets/-1", 404), ("get", "nothing", 404), ("delete", "acme/me", 405), ("post", "acme/no", 404)],
)
def test_an_address_or_a_method_that_is_none_is_a_problem_too(cast, bearer, method, address, status):
    answer = getattr(bearer(cast.cmo), method)(f"/api/v1/{address}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status
