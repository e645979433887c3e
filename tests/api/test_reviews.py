"""Reviews through the API."""

import pytest

from planning.people.scope import scope
from planning.reviews import planning
from tests.reviews import make

from .test_roles import bearer  # noqa: F401 - a fixture


@pytest.fixture
def clients(cast, bearer):  # noqa: F811
    return bearer(cast.cmo), bearer(cast.cio)


def post(client, path, body):
    return client.post(f"/api/v1/acme/reviews{path}", body, content_type="application/json")


def test_from_the_plan_to_minutes_signed_by_both(cast, clients):
    marketing, technology = clients
    day = cast.workspace.today().replace(year=cast.workspace.today().year + 1, day=1).isoformat()
    review = post(marketing, "", {"name": "Joint review", "on": day, "at": "09:30"})
    assert review.status_code == 201
    number = review.json()["id"]
    decision = post(
        technology, f"/{number}/decisions", {"text": "Stop the contract", "owner": cast.cio.email, "due_on": day}
    )
    assert decision.status_code == 201
    assert (
        post(
            technology, f"/{number}/promises", {"who": cast.cmo.email, "what": "Tell the agency", "until": day}
        ).status_code
        == 201
    )
    (item,) = marketing.get(f"/api/v1/acme/reviews/{number}/agenda").json()
    assert (item["label"], item["state"]) == ("Stop the contract", "decided")
    assert post(marketing, f"/{number}/minutes/signatures", {"version": 1}).json()["state"] == "open"
    assert post(technology, f"/{number}/minutes/signatures", {"version": 1}).json()["state"] == "signed"
    (listed,) = marketing.get("/api/v1/acme/reviews").json()["results"]
    assert (listed["state"], listed["minutes"]["version"]) == ("closed", 1)


def test_a_disagreement_needs_a_counter_proposal(cast, clients):
    marketing, _technology = clients
    with scope(cast.workspace):
        review = make.opened(cast, "First")
    path = f"/{review.pk}/decisions"
    body = {"item": review.current_id, "text": "We want it now", "agreed": False}
    assert post(marketing, path, body).json()["errors"][0]["field"] == "counter_proposal"
    assert post(marketing, path, body | {"counter_proposal": "Wait a quarter"}).status_code == 201


def test_one_person_turns_one_key(cast, clients):
    marketing, technology = clients
    with scope(cast.workspace):
        review = make.opened(cast, "First")
    post(marketing, f"/{review.pk}/minutes/signatures", {"version": 1})
    assert post(marketing, f"/{review.pk}/minutes/signatures", {"version": 1}).status_code in (403, 422)
    assert post(technology, f"/{review.pk}/minutes/signatures", {"version": 2}).status_code == 409


def test_a_review_of_another_workspace_is_not_there(cast, clients):
    with scope(cast.other):
        review = planning.plan_review(cast.stranger, name="Theirs", on=cast.other.today(), at=cast.other.now().time())
    assert clients[0].get(f"/api/v1/acme/reviews/{review.pk}/agenda").status_code == 404
