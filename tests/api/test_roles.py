"""The matrix through the API: the same rules, the same refusals."""

import hashlib
from datetime import timedelta

import pytest
from django.test import Client

from planning.people.models import ApiToken
from planning.people.scope import scope
from tests.matters import make as matters


@pytest.fixture
def bearer(cast):
    def client_of(member):
        secret = f"secret of {member.pk}"
        with scope(member.workspace):
            ApiToken.objects.create(
                workspace=member.workspace,
                member=member,
                label="test",
                secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
            )
        return Client(headers={"Authorization": f"Bearer {secret}"})

    return client_of


def matrix(cast, **letters):
    return {
        "activities": [
            {
                "key": "buy",
                "name": "Buy technology",
                "joint": True,
                "band": {"from": "0", "to": "25000.00"},
                "letters": letters or {"cmo": "A", "planner": "R", "cio": "G", "vendor": "R", "fin": "C"},
            },
        ],
        "roles": [
            {"key": "cmo", "name": "CMO", "side": "marketing", "holders": [cast.cmo.email]},
            {"key": "planner", "name": "Planner", "side": "marketing", "holders": [cast.marketing_planner.email]},
            {"key": "cio", "name": "CIO", "side": "technology", "holders": [cast.cio.email]},
            {
                "key": "vendor",
                "name": "Vendor manager",
                "side": "technology",
                "holders": [{"email": cast.technology_planner.email, "from": "2020-01-01"}],
            },
            {"key": "fin", "name": "Finance", "side": "finance", "holders": [cast.finance.email]},
        ],
    }


def put(client, body):
    return client.put("/api/v1/acme/roles/matrix", body, content_type="application/json")


def sign(client, version, **more):
    return client.post(
        "/api/v1/acme/roles/matrix/signatures", {"version": version} | more, content_type="application/json"
    )


def test_a_matrix_goes_in_comes_out_and_is_signed_by_both(cast, bearer):
    marketing, technology = bearer(cast.cmo), bearer(cast.cio)
    body = put(marketing, matrix(cast)).json()
    assert (body["version"], body["state"]) == (1, "draft")
    read = technology.get("/api/v1/acme/roles/matrix").json()
    assert read["activities"][0]["letters"] == {"cmo": "A", "planner": "R", "cio": "G", "vendor": "R", "fin": "C"}
    assert read["activities"][0]["band"] == {"from": "0.00", "to": "25000.00"}
    assert [role["holders"] for role in read["roles"]] == [
        [m.email] for m in (cast.cmo, cast.marketing_planner, cast.cio, cast.technology_planner, cast.finance)
    ]
    assert technology.get("/api/v1/acme/roles/findings").json() == []
    assert sign(marketing, 1).json()["state"] == "proposed"
    assert sign(technology, 1).json()["state"] == "in force"


def test_what_comes_out_goes_in_again_unchanged(cast, bearer):
    client = bearer(cast.cmo)
    body = matrix(cast)
    body["activities"][0] |= {"only_for": {"domain": "technology"}, "routes": "purchase"}
    put(client, body)
    read = client.get("/api/v1/acme/roles/matrix").json()
    again = put(client, read).json()
    assert read["activities"][0]["only_for"] == {"domain": "technology", "category": None}
    assert (again["activities"], again["roles"]) == (read["activities"], read["roles"])


def test_findings_name_rule_severity_activity_and_people(cast, bearer):
    client = bearer(cast.cmo)
    put(client, matrix(cast, cmo="A", planner="R", cio="C", vendor="R", fin="C"))
    (finding,) = client.get("/api/v1/acme/roles/findings").json()
    assert (finding["rule"], finding["severity"], finding["activity"]) == ("no-agree", "error", "buy")
    assert finding["people"] == [cast.cmo.email]
    refused = sign(client, 1)
    assert refused.status_code == 422


def test_a_stale_signature_gets_the_difference(cast, bearer):
    marketing, technology = bearer(cast.cmo), bearer(cast.cio)
    put(marketing, matrix(cast))
    sign(marketing, 1)
    put(marketing, matrix(cast, cmo="A", planner="R", cio="G", vendor="C", fin="C"))
    answer = sign(technology, 1)
    assert answer.status_code == 409
    assert "activity buy 1" in {change["field"] for change in answer.json()["difference"]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"letters": {"nobody": "A"}}, "activities"),
        ({"letters": {"cmo": "Q"}}, "letters"),
        ({"band": {"from": "10", "to": "10"}}, "high"),
        ({"band": {"from": "0.001"}}, "band"),
        ({"only_for": {"domain": "shoes"}}, "only_for"),
        ({"only_for": {"category": "Shoes"}}, "only_for"),
        ({"only_for": {"domain": "technology"}, "routes": "kpi"}, "only_for"),
    ],
)
def test_nonsense_is_refused_and_nothing_changes(cast, bearer, change, field):
    client, body = bearer(cast.cmo), matrix(cast)
    body["activities"][0] |= change
    answer = put(client, body)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert client.get("/api/v1/acme/roles/matrix").json()["version"] == 0


def test_warnings_are_signed_with_a_comment_of_ones_own(cast, bearer):
    client = bearer(cast.cmo)
    put(client, matrix(cast, cmo="A", planner="R", cio="G", vendor="R"))
    refused = sign(client, 1)
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "comment")
    assert sign(client, 1, note="Nobody needs to be told.").json()["state"] == "proposed"


def test_a_stranger_as_holder_is_refused(cast, bearer):
    body = matrix(cast)
    body["roles"][0]["holders"] = [cast.stranger.email]
    assert put(bearer(cast.cmo), body).status_code == 422


def test_viewers_read_and_do_not_write(cast, bearer):
    viewer = bearer(cast.viewer)
    assert viewer.get("/api/v1/acme/roles/matrix").status_code == 200
    assert put(viewer, matrix(cast)).status_code == 403


def test_joint_work_runs_from_r_to_a_through_the_api(cast, bearer):
    with scope(cast.workspace):
        matters.roles.in_force(cast, *matters.rows())
        until = cast.workspace.today() + timedelta(days=9)
    people = (cast.cmo, cast.cio, cast.marketing_planner, cast.technology_planner)
    clients = {member: bearer(member) for member in people}

    def post(member, path, **body):
        reply = clients[member].post(f"/api/v1/acme/{path}", body, content_type="application/json")
        return reply.status_code, reply.json()

    def asked_of(member):
        return clients[member].get("/api/v1/acme/duties").json()["results"]

    assert post(cast.cmo, "matters", row="buy", title="Test the sale", until=until.isoformat())[0] == 422
    made = post(cast.cmo, "matters", row="test", title="Test the sale", until=until.isoformat())[1]
    [task] = asked_of(cast.marketing_planner)
    assert (task["letter"], task["about"], asked_of(cast.technology_planner)) == ("R", "Test the sale", [])
    assert post(cast.technology_planner, f"duties/{task['id']}/words", note="Mine?")[0] == 403
    post(cast.marketing_planner, f"duties/{task['id']}/words", note="All green.")
    key = {"seat": "marketing", "verdict": "approve", "version": made["version"]}
    status, refusal = post(cast.cmo, f"matters/{made['id']}/decisions", **key)
    assert (status, "Elena Rossi" in refusal["detail"]) == (422, True)
    [question] = asked_of(cast.technology_planner)
    post(cast.technology_planner, f"duties/{question['id']}/words", note="Go.")
    post(cast.cio, f"matters/{made['id']}/decisions", **key | {"seat": "technology"})
    done = post(cast.cmo, f"matters/{made['id']}/decisions", **key)[1]
    assert (done["state"], [one["answer"] for one in done["duties"]]) == ("agreed", ["All green.", "Go."])
