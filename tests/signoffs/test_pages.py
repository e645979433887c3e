"""The paper's page and the list of what waits."""

from django.utils.html import escape

from planning.people.scope import scope
from planning.signoffs.papers import withdraw
from planning.signoffs.signing import sign

from .make import a_paper


def test_the_paper_shows_terms_keys_fingerprint_and_what_changed(cast, as_):
    with scope(cast.workspace):
        withdraw(a_paper(cast, terms={"amount": "1000.00", "months": {"april": "10.00"}}))
        paper = a_paper(cast, version=2, terms={"amount": "1200.00", "months": {"april": "12.00"}})
        sign(paper, cast.cmo, "marketing", "approve", 2, note="Fine by me")
    page = as_(cast.viewer).get(f"/acme/signoffs/{paper.pk}").content.decode()
    for shown in (
        paper.fingerprint,
        "1,000.00",
        "1,200.00",
        "months · april",
        "Maya Lindgren",
        "Fine by me",
        escape(paper.text),
    ):
        assert shown in page


def test_a_paper_of_another_workspace_is_not_there(cast, as_):
    with scope(cast.workspace):
        paper = a_paper(cast)
    assert as_(cast.stranger).get(f"/not-acme/signoffs/{paper.pk}").status_code == 404


def test_what_waits_stands_on_the_page_of_whom_it_waits_for(cast, as_):
    with scope(cast.workspace):
        a_paper(cast, author=cast.cio)
    assert "Tracking" in as_(cast.cmo).get("/acme/signoffs/").content.decode()
    assert "Nothing waits for you" in as_(cast.viewer).get("/acme/signoffs/").content.decode()
