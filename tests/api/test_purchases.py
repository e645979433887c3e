"""Programs ask for things through the same actions as people."""

import hashlib
import json

import pytest
from django.test import Client

from planning.people.models import ApiToken
from planning.people.scope import scope
from tests.budgets import make
from tests.cast import member


@pytest.fixture
def tokens(cast):
    """{member key: client}: each with a token of their own."""

    def of(one):
        secret = f"secret of {one.pk}"
        with scope(one.workspace):
            ApiToken.objects.create(
                workspace=one.workspace,
                member=one,
                label="test",
                secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
            )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return of


def made_for_all(cast):
    return make.agreed_line(cast, "1000.00", side="joint", shares={"marketing": "50", "technology": "50"})


@pytest.fixture
def line(made):
    return made


def send(client, method, path, body=None, **headers):
    path = f"/api/v1/acme/{path}"
    if method == "get":
        answer = client.get(path)
    else:
        answer = getattr(client, method)(
            path, data=json.dumps(body or {}), content_type="application/json", headers=headers
        )
    return answer.status_code, answer.json()


def request_of(line, **more):
    return {
        "title": "Tag manager", "vendor": "Northwind", "currency": "GBP", "amount": "100.00", "data_class": "none",
        "items": [{"line": line.pk, "amount": "100.00"}],
    } | more  # fmt: skip


def test_a_purchase_from_draft_to_approved(cast, line, tokens):
    jonas, cmo, cio = tokens(cast.marketing_planner), tokens(cast.cmo), tokens(cast.cio)
    status, made = send(jonas, "post", "purchases", request_of(line))
    assert (status, made["state"], made["amount"], made["version"]) == (201, "draft", "100.00", 1)
    path = f"purchases/{made['id']}"
    status, route = send(jonas, "get", f"{path}/route")
    assert [stop["seat"] for stop in route["route"]] == ["marketing", "technology"]
    assert route["route"][0]["holder"] == cast.cmo.email
    status, sent = send(jonas, "post", f"{path}/submission", {}, **{"Idempotency-Key": "k1"})
    assert (status, sent["state"]) == (200, "submitted")
    assert send(jonas, "post", f"{path}/submission", {}, **{"Idempotency-Key": "k1"}) == (200, sent)
    decision = {"seat": "marketing", "verdict": "approve", "version": 1, "note": ""}
    assert send(jonas, "post", f"{path}/decisions", decision)[0] == 403
    assert send(cmo, "post", f"{path}/decisions", decision)[1]["state"] == "submitted"
    assert send(cmo, "post", f"{path}/decisions", decision | {"seat": "technology"})[0] == 403
    status, decided = send(cio, "post", f"{path}/decisions", decision | {"seat": "technology"})
    assert (status, decided["state"]) == (200, "approved")
    assert {seat["seat"]: seat["decided_by"] for seat in decided["seats"]} == {
        "marketing": cast.cmo.email, "technology": cast.cio.email,
    }  # fmt: skip


def test_a_stale_decision_is_409_with_the_difference(cast, line, tokens):
    jonas, cmo = tokens(cast.marketing_planner), tokens(cast.cmo)
    path = f"purchases/{send(jonas, 'post', 'purchases', request_of(line))[1]['id']}"
    send(jonas, "post", f"{path}/submission")
    status, changed = send(jonas, "patch", path, {"amount": "150.00", "items": [{"line": line.pk}], "version": 1})
    assert (status, changed["state"], changed["version"]) == (200, "submitted", 2)
    status, problem = send(cmo, "post", f"{path}/decisions", {"seat": "marketing", "verdict": "approve", "version": 1})
    assert status == 409
    assert {"field": "amount", "before": "100.00", "after": "150.00"} in problem["difference"]
    assert "price, net: 100.00 GBP → 150.00 GBP" in problem["changes"]


def test_an_overspend_is_422_and_says_by_how_much(cast, line, tokens):
    jonas = tokens(cast.marketing_planner)
    over = request_of(line, amount="1000.02", items=[{"line": line.pk, "amount": "1000.02"}])
    path = f"purchases/{send(jonas, 'post', 'purchases', over)[1]['id']}"
    status, problem = send(jonas, "post", f"{path}/submission")
    assert status == 422
    assert "0.01" in problem["detail"]
    assert send(jonas, "get", path)[1]["state"] == "draft"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": 100.5}, "amount"),
        ({"amount": "100.001"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"items": [{"line": 99999}]}, "items"),
        ({"currency": "ZZZ"}, "currency"),
        ({"items": [{"line": "LINE", "amount": "99.99"}]}, "items"),
    ],
)
def test_what_is_wrong_is_named(cast, line, tokens, change, field):
    body = request_of(line) | change
    for item in body["items"]:
        item["line"] = line.pk if item["line"] == "LINE" else item["line"]
    status, problem = send(tokens(cast.marketing_planner), "post", "purchases", body)
    assert status == 422
    assert problem["errors"][0]["field"] == field


def test_what_is_left_out_is_asked_for_in_words(cast, line, tokens):
    token = tokens(cast.marketing_planner)
    for body in ({}, {"title": ""}):
        status, problem = send(token, "post", "purchases", body)
        assert (status, problem["errors"][0]) == (422, {"field": "title", "message": "This is needed."})


def test_an_approver_nobody_can_be_refuses_by_name(cast, line, tokens):
    jonas = tokens(cast.marketing_planner)
    path = f"purchases/{send(jonas, 'post', 'purchases', request_of(line, data_class='personal'))[1]['id']}"
    status, problem = send(jonas, "post", f"{path}/submission")
    assert (status, "Security" in problem["detail"]) == (422, True)
    with scope(cast.workspace):
        aiko = member(cast.workspace, "Aiko Tanaka", "technology", "planner", holds=["security"])
    status, sent = send(jonas, "post", f"{path}/submission")
    assert {seat["seat"]: seat["holder"] for seat in sent["seats"]}["security"] == aiko.email


def test_withdrawn_by_delete(cast, line, tokens):
    jonas = tokens(cast.marketing_planner)
    path = f"purchases/{send(jonas, 'post', 'purchases', request_of(line))[1]['id']}"
    send(jonas, "post", f"{path}/submission")
    assert send(jonas, "delete", f"{path}/submission")[1]["state"] == "withdrawn"


def test_another_workspace_finds_nothing(cast, line, tokens):
    stranger = tokens(cast.stranger)
    made = send(tokens(cast.marketing_planner), "post", "purchases", request_of(line))[1]
    answer = stranger.get(f"/api/v1/not-acme/purchases/{made['id']}")
    assert answer.status_code == 404
