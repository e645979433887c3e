"""Every address × every person. A new page without an answer fails."""

from functools import partial

import pytest
from django.db import connection
from django.template.backends.django import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planning.people.founding import found
from planning.people.scope import scope

from .cast import member, signed_in
from .pages import ids_in, pages

MOST_QUERIES = 15
BOOKKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
PAGES = pages()
LOOKS = [page for page in PAGES if "GET" in page.rules]
ACTS = [page for page in PAGES if "POST" in page.rules]
HANDLER = Client().handler  # one for all: each would set up every middleware anew
FOUND = {200, 204, 302, 304}
# Beyond the door, the thing itself may say no: whose side it is, whose request, whether it is still a draft.
THE_THING_DECIDES = {
    "<slug:workspace>/team/members/<int:member_id>/departure",
    "<slug:workspace>/team/members/<int:member_id>/deputies",
    "<slug:workspace>/purchases/<int:purchase_id>/terms/",
    "<slug:workspace>/roles/draft/activities/<int:activity_id>",
}
# A lead, finance, a planner and the auditor; what the four others may ask for is tried too, but not put into words.
ALL_READ_BY = ["maya", "priya", "jonas", "sam"]
NO_THING = {"year", "number", "subject"}  # said in the address, but nothing that a workspace owns


@pytest.fixture(scope="module")
def ids(demo, django_db_blocker):
    with django_db_blocker.unblock():
        return ids_in(demo.workspace)


@pytest.fixture(scope="module")
def stranger(demo, django_db_blocker):
    """Leads marketing somewhere else."""
    with django_db_blocker.unblock():
        other = found("elsewhere", name="Elsewhere", currency="USD")
        with scope(other):
            return member(other, "Stefan Stranger", "marketing", "lead")


@pytest.fixture(scope="module")
def sessions(demo, stranger, django_db_blocker):
    """Everybody signs in once, for good: signing in takes longer than most pages."""
    with django_db_blocker.unblock():
        everybody = [*demo.people.values(), stranger]
        return {person.pk: signed_in(person).cookies["sessionid"].value for person in everybody}


@pytest.fixture
def comes(sessions, db):
    """A browser of that person's that remembers nothing but who they are."""

    def browser(person):
        client = Client()
        client.handler = HANDLER
        client.cookies["sessionid"] = sessions[person.pk]
        return client

    return browser


@pytest.fixture
def unwritten(monkeypatch):
    """Call it, and pages are empty from then on: what they are made from is asked for, and not put into words."""
    return lambda: monkeypatch.setattr(Template, "render", lambda template, context=None, request=None: "")


def ask(client, method, address):
    answer = getattr(client, method.lower())(address)
    if answer.streaming:
        b"".join(answer.streaming_content)
    return answer


def asked_in(work):
    """What `work` answers, and the questions that it asked the database."""
    with CaptureQueriesContext(connection) as asked:
        answer = work()
    return answer, [one["sql"] for one in asked if not one["sql"].startswith(BOOKKEEPING)]


@pytest.mark.parametrize("page", LOOKS, ids=str)
def test_each_person_sees_what_is_theirs_and_it_asks_the_database_little(page, demo, ids, comes, unwritten):
    address = page.at(demo.workspace, ids)
    for name in sorted(demo.people, key=lambda name: name not in ALL_READ_BY):
        person = demo.people[name]
        if name not in ALL_READ_BY:
            unwritten()
        looks = partial(ask, comes(person), "GET", address)
        answer, queries = asked_in(looks)
        allowed = FOUND | ({403, 404} if page.pattern in THE_THING_DECIDES else set())
        expected = allowed if page.rules["GET"](person) else {403}
        assert answer.status_code in expected, f"{name} got {answer.status_code}"
        if len(queries) > MOST_QUERIES:  # some of them are asked once by a process
            queries = asked_in(looks)[1]
        assert len(queries) <= MOST_QUERIES, f"{name}:\n" + "\n".join(queries)


@pytest.mark.parametrize("page", ACTS, ids=str)
def test_only_those_who_may_can_act(page, demo, ids, comes, unwritten):
    for name, person in sorted(demo.people.items(), key=lambda named: not page.rules["POST"](named[1])):
        status = comes(person).post(page.at(demo.workspace, ids)).status_code
        if page.rules["POST"](person):
            assert status < 500, f"an empty form from {name} ended in {status}"
        else:
            assert status == 403, f"{name} got {status}"
        unwritten()  # the form with its complaints is the same for everybody; how it looks to each, a GET tells


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_strangers_find_nothing_and_nobody_comes_in_unknown(page, demo, ids, stranger, comes):
    method = "GET" if "GET" in page.rules else "POST"
    address = page.at(demo.workspace, ids)
    assert ask(comes(stranger), method, address).status_code == 404
    assert ask(Client(), method, address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("page", [page for page in PAGES if set(page.parameters) - NO_THING], ids=str)
def test_things_of_one_workspace_are_not_found_in_another(page, demo, ids, stranger, comes):
    method = "GET" if "GET" in page.rules else "POST"
    status = ask(comes(stranger), method, page.at(stranger.workspace, ids)).status_code
    assert status in ({404, 403} if method == "GET" else {404, 403, 302, 422})
