"""A link in a mail decides once, for one person, on one version; looking at it decides nothing."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from planning.desk import digest
from planning.people.scope import scope
from planning.purchases import actions
from planning.purchases.models import Purchase
from planning.shared import clock
from tests.purchases import make


def made_for_all(cast):
    """A purchase that waits, and what the CMO's digest of tomorrow leads to."""
    line = make.agreed_line(cast, side="joint", shares={"marketing": "50", "technology": "50"})
    purchase = make.asked(cast.marketing_planner, line, "100.00")
    tomorrow = clock.now().replace(hour=10) + timedelta(days=1)
    with clock.at(tomorrow):
        assert digest.deliver(cast.workspace.pk, cast.cmo.pk)
    letter = mail.outbox[-1]
    for text in (letter.body, letter.alternatives[0].content):
        assert "/decisions/" in text
    return purchase, re.search(r"/decisions/[0-9a-f]{64}", letter.body)[0]


@pytest.fixture
def purchase(made):
    return made[0]


@pytest.fixture
def link(made):
    return made[1]


def keys(purchase):
    with scope(purchase.workspace_id):
        paper = Purchase.objects.get(pk=purchase.pk).paper
        return {seat.name: (seat.state, seat.decided_by_id) for seat in paper.seats.exclude(state="void")}


def test_a_look_shows_the_terms_and_decides_nothing_and_the_form_decides_once(cast, purchase, link):
    anybody = Client()
    page = anybody.get(link)
    assert page.status_code == 200
    assert "Northwind" in page.text
    assert ("paid from", "Web shop") in page.context["terms"]
    assert keys(purchase)["marketing"] == ("open", None)
    assert anybody.post(link, {"verdict": "reject"}).status_code == 422
    assert anybody.post(link, {"verdict": "approve"}).status_code == 200
    assert keys(purchase) == {"marketing": ("approved", cast.cmo.pk), "technology": ("open", None)}
    again = anybody.post(link, {"verdict": "approve"})
    assert (again.status_code, "once" in again.text) == (410, True)


def test_the_link_of_an_old_version_shows_what_changed(cast, purchase, link):
    with scope(cast.workspace):
        actions.edit(purchase, cast.marketing_planner, amount="120.00")
    page = Client().get(link)
    assert (page.status_code, "version 2 is the one to decide now" in page.text) == (410, True)
    assert "price, net: 100.00 GBP → 120.00 GBP" in page.context["changes"]
    assert "paid from: " not in "".join(page.context["changes"])


@pytest.mark.parametrize(
    "what", ["another version", "left", "too old", "second factor", "wrong", "not theirs any more"]
)
def test_it_opens_nothing_when(cast, purchase, link, what):
    now, status = clock.now(), 410
    with scope(cast.workspace):
        if what == "another version":
            actions.edit(purchase, cast.marketing_planner, amount="120.00")
        elif what == "left":
            status = 404
            cast.cmo.left_at = cast.workspace.now()
            cast.cmo.save()
        elif what == "too old":
            now += timedelta(days=20)
        elif what == "second factor":
            cast.workspace.leads_need_second_factor = True
            cast.workspace.save()
        elif what == "wrong":
            link, status = link[:-1] + ("0" if link[-1] != "0" else "1"), 404
        else:
            status = 403
            cast.cmo.role = "viewer"
            cast.cmo.save()
    before = keys(purchase)
    with clock.at(now):
        look, answer = Client().get(link), Client().post(link, {"verdict": "approve"})
    assert (look.status_code, "Approve for" in look.text) == (404 if status == 404 else 410, False), (
        "nothing is offered"
    )
    assert (answer.status_code, "has left the workspace" in answer.text) == (status, status == 404)
    assert keys(purchase) == before
