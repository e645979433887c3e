"""The history for programs: the same entries as the page, filtered by the thing they are about."""

import pytest
from django.test import Client

from planning.people.scope import scope
from planning.team.membership import change_place
from planning.team.tokens import make_token


@pytest.fixture
def auditor(cast) -> Client:
    with scope(cast.workspace):
        secret = make_token(cast.auditor, "audit")
        change_place(cast.marketing_planner, cast.cmo, side="marketing", role="lead")
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_newest_first_with_the_chain(cast, auditor):
    body = auditor.get("/api/v1/acme/trail").json()
    newest, oldest = body["results"]
    assert body["count"] == 2
    assert (newest["verb"], newest["member"], newest["after"]["role"]) == ("team.change_place", cast.cmo.email, "lead")
    assert newest["previous"] == oldest["hash"]


def test_about_one_thing(cast, auditor):
    about = f"people.member:{cast.marketing_planner.pk}"
    [entry] = auditor.get("/api/v1/acme/trail", {"about": about}).json()["results"]
    assert (entry["about"], entry["label"]) == (about, "Jonas Weber")


def test_pages(auditor):
    first = auditor.get("/api/v1/acme/trail?size=1").json()
    second = auditor.get(first["next"]).json()
    assert [first["results"][0]["number"], second["results"][0]["number"], second["next"]] == [2, 1, None]


def test_guests_read_no_history(cast):
    with scope(cast.workspace):
        secret = make_token(cast.guest, "x")
    answer = Client(headers={"Authorization": f"Bearer {secret}"}).get("/api/v1/acme/trail")
    assert answer.status_code == 403
