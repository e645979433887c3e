"""The frame of every page, as people of each kind get it."""

import re

import pytest

from planning.people.scope import scope
from planning.signoffs.models import Paper
from planning.signoffs.signing import sign


def page(client) -> str:
    response = client.get("/acme/gallery/")
    assert response.status_code == 200
    return response.content.decode()


def test_the_open_room_is_marked_and_only_it(gallery, as_):
    text = as_(gallery.cmo).get("/acme/team/").content.decode()
    assert set(re.findall(r'href="([^"]+)" aria-current="page"', text)) == {"/acme/team/"}


def test_every_form_has_a_key_of_its_own(gallery, as_):
    text = page(as_(gallery.cmo))
    keys = re.findall(r'name="once" value="([^"]+)"', text)
    assert len(keys) == len(set(keys)) == len(re.findall(r'<form[^>]*method="post"', text))
    assert not set(keys) & set(re.findall(r'name="once" value="([^"]+)"', page(as_(gallery.cmo))))


@pytest.mark.parametrize(
    ("person", "mine"),
    [("cmo", {"marketing"}), ("cio", set()), ("finance", {"finance"}), ("viewer", set()), ("sponsor", set())],
)
def test_a_key_can_be_turned_only_by_whose_it_is(gallery, as_, person, mine):
    assert set(re.findall(r'name="seat" value="(\w+)"', page(as_(getattr(gallery, person))))) == mine


def test_both_keys_are_shown_to_everybody_left_and_right(gallery, as_):
    text = page(as_(gallery.auditor))
    assert text.index('class="key key-marketing') < text.index('class="key key-technology')
    assert "Seats checked with hosting." in text


def test_a_key_that_is_late_says_so_and_others_do_not(gallery, as_):
    assert page(as_(gallery.viewer)).count("Overdue since") == 1


def test_a_closed_paper_asks_nobody(gallery, as_):
    with scope(gallery.workspace, gallery.cmo.user):
        sign(Paper.objects.get(), gallery.cmo, "marketing", "reject", 3, note="Not this year.")
    assert 'name="seat"' not in page(as_(gallery.finance))


def test_a_chart_carries_its_table(gallery, as_):
    text = page(as_(gallery.viewer))
    assert text.count("<figure") == 7
    assert text.count('<details class="picture-table"') == 6  # the seventh has nothing to draw and says so
    assert "Nothing to draw yet." in text


def test_refusals_are_pages_in_the_same_voice(gallery, as_):
    response = as_(gallery.cmo).get("/nowhere/at/all/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_nobody_signs_up_and_everybody_finds_the_way_in(client, db):
    assert "By invitation" in client.get("/accounts/signup/").content.decode()
    assert "Use a passkey" in client.get("/accounts/login/").content.decode()
