"""Reading the history: filters, one thing, one entry, export."""

import pytest

from planning.people.scope import scope
from planning.team.membership import change_place
from planning.team.tokens import make_token


@pytest.fixture
def told(cast):
    with scope(cast.workspace):
        change_place(cast.marketing_planner, cast.cmo, side="marketing", role="lead", title="Deputy chief")
        make_token(cast.cio, "Ledger robot")
    return cast


def test_the_newest_stands_first_with_the_head_of_the_chain(told, as_):
    page = as_(told.auditor).get("/acme/trail/").content.decode()
    assert page.index("“Ledger robot”") < page.index("“Jonas Weber”")
    assert "entry 2" in page


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("q=robot", "Ledger robot", "role: planner"),
        ("q=Jonas", "role: planner", "“Ledger robot”"),
        ("room=team", "“Ledger robot”", "nothing at all"),
        ("since=7", "“Ledger robot”", "nothing at all"),
        ("who=clock", "Nothing matches", "“Ledger robot”"),
    ],
)
def test_filters(told, as_, query, shown, hidden):
    page = as_(told.auditor).get(f"/acme/trail/?{query}").content.decode()
    assert shown in page
    assert hidden not in page


def test_the_export_says_who_did_what(told, as_):
    answer = as_(told.auditor).get("/acme/trail/?export=csv")
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    assert "Daniel Osei" in text
    assert "role: planner → lead" in text


def test_an_entry_shows_what_changed(told, as_):
    page = as_(told.auditor).get("/acme/trail/1").content.decode()
    assert "Deputy chief" in page
    assert as_(told.auditor).get("/acme/trail/99").status_code == 404


def test_about_one_thing(told, as_):
    page = as_(told.auditor).get(f"/acme/trail/about/people.member:{told.marketing_planner.pk}").content.decode()
    assert "Jonas Weber" in page
    assert "robot" not in page


def test_guests_read_no_history(told, as_):
    assert as_(told.guest).get("/acme/trail/").status_code == 403


def test_the_page_asks_the_database_as_often_for_many_as_for_few(told, as_, django_assert_max_num_queries):
    with scope(told.workspace):
        for number in range(30):
            make_token(told.cio, f"robot {number}")
    auditor = as_(told.auditor)
    with django_assert_max_num_queries(15):
        auditor.get("/acme/trail/")
