"""Asking, deciding and buying in the browser's way: through the doors, with what the pages say."""

import re
from datetime import timedelta

import pytest

from planning.people.scope import scope
from planning.purchases.models import Purchase, approved_before
from planning.purchases.waiting import waiting_long
from planning.shared import clock
from planning.vendors.actions import amend, register
from tests.purchases import make

FULL = ("note", "condition", "condition_due")


def made_for_all(cast):
    return make.agreed_line(cast, "1000.00", side="joint", shares={"marketing": "50", "technology": "50"})


@pytest.fixture
def line(made):
    return made


def form(line, **more):
    return {
        "title": "Tag manager", "vendor": "Northwind Ltd", "amount": "100.00", "currency": "GBP", "price": "once",
        "line": line.pk, "data_class": "none", "then": "send",
    } | more  # fmt: skip


def test_asked_for_on_one_page_and_approved_by_two_people(cast, line, as_):
    jonas, cmo, cio = as_(cast.marketing_planner), as_(cast.cmo), as_(cast.cio)
    sent = jonas.post("/acme/purchases/new/", form(line))
    assert sent.status_code == 302
    page = sent["Location"]
    assert "Tag manager" in cmo.get("/acme/purchases/waiting/").text
    waits = jonas.get(page).text
    assert "Approve for" not in waits
    assert f"It waits for {cast.cmo.name} (marketing), {cast.cio.name} (technology)." in waits
    decision = {"seat": "marketing", "verdict": "approve", "version": 1, "note": ""}
    cmo.post(f"{page}decision/", decision)
    cio.post(f"{page}decision/", decision | {"seat": "technology"})
    with scope(cast.workspace):
        purchase = Purchase.objects.of(cast.workspace).get()
        assert purchase.state == "approved"
        assert [row["vendor"] for row in approved_before(cast.workspace)] == [purchase.vendor_id]
        assert make.standing(line)["committed"] == 100
    assert "Nothing waits for you" in cmo.get("/acme/purchases/waiting/").text
    approved = jonas.get(page).text
    assert "Next: order it from the vendor" in approved
    assert "Approved version 1 for technology." in approved


def test_an_overspend_shows_the_form_again_with_the_sentence_and_nothing_is_kept(cast, line, as_):
    answer = as_(cast.marketing_planner).post("/acme/purchases/new/", form(line, amount="1000.02"))
    assert answer.status_code == 422
    assert "short by 0.01 GBP" in answer.text
    with scope(cast.workspace):
        assert not Purchase.objects.of(cast.workspace).exists()


def test_the_panel_says_who_decides_and_writes_nothing(cast, line, as_):
    words = as_(cast.marketing_planner).get("/acme/purchases/panel/", form(line, vendor="A new one", amount="400")).text
    assert cast.cmo.name in words
    assert cast.cio.name in words
    assert "500.00" in words
    assert "200.00" in words


def test_pages_cost_the_same_however_much_was_bought(cast, line, as_, django_assert_max_num_queries):
    with scope(cast.workspace):
        asked = [make.asked(cast.marketing_planner, line, "10.00", vendor=f"Vendor {n}") for n in range(12)]
        assert list(waiting_long(cast.workspace, 0)) == asked
        assert not waiting_long(cast.workspace, 1)
    with clock.at(clock.now() + timedelta(days=3)):
        listed = as_(cast.cmo).get("/acme/purchases/").text
    assert f"{cast.cmo.name}, {cast.cio.name}, 3 days" in listed
    cmo, pages = as_(cast.cmo), ("", "waiting/", "new/", f"{asked[0].pk}/")
    for page in pages:
        cmo.get(f"/acme/purchases/{page}")
        with django_assert_max_num_queries(15):
            assert cmo.get(f"/acme/purchases/{page}").status_code == 200


def test_a_viewer_reads_and_a_guest_does_not(cast, line, as_):
    with scope(cast.workspace):
        make.draft(cast.marketing_planner, line, title="Tag manager 77", vendor="Northwind_Ltd 50%")
    for words in ("anag 77", "northwind_", "50% tag", "77", "p-0001"):
        page = as_(cast.viewer).get("/acme/purchases/", {"q": words}).text
        assert "Tag manager 77" in page, words
        assert 'name="q"' in page
    assert "Tag manager 77" not in as_(cast.viewer).get("/acme/purchases/", {"q": "7 north%d"}).text
    assert as_(cast.viewer).post("/acme/purchases/new/", form(line)).status_code == 403
    assert as_(cast.guest).get("/acme/purchases/").status_code == 403


def test_how_a_vendor_stands_acts_on_new_requests(cast, line, as_):
    planner = cast.technology_planner
    with scope(cast.workspace):
        vendor = register(planner, "Northwind Ltd", standing="blocked", note="Two breaches.")
    jonas = as_(cast.marketing_planner)
    refused = jonas.post("/acme/purchases/new/", form(line))
    assert (refused.status_code, "blocked for new purchases. Two breaches." in refused.text) == (422, True)
    with scope(cast.workspace):
        amend(vendor, planner, standing="warn")
    warned = jonas.get("/acme/purchases/panel/", form(line)).text
    assert "is to be used with care" in warned
    assert "Two breaches." in warned
    sent = jonas.post("/acme/purchases/new/", form(line))["Location"]
    assert "Two breaches." in as_(cast.cmo).get(f"{sent}outlook/").text


def test_a_call_off_begins_as_what_its_framework_was_decided_for(cast, line, as_):
    with scope(cast.workspace):
        asked = make.asked(
            cast.marketing_planner, line, "900.00", framework=True, category="Advertising", technology="no"
        )
        framework = make.approve(asked, cast)
    begun = as_(cast.marketing_planner).get(f"/acme/purchases/new/?call_off_of={framework.pk}").context["form"]
    said = {name: begun.initial[name] for name in ("vendor", "category", "technology", "data_class")}
    assert said == {"vendor": "Northwind", "category": "Advertising", "technology": "no", "data_class": "none"}


def test_a_condition_and_a_refusal_are_asked_for_in_full_where_they_are_typed(cast, line, as_):
    """The browser keeps what was typed and says what is missing; approving without them asks for neither."""
    sent = as_(cast.marketing_planner).post("/acme/purchases/new/", form(line))
    page = as_(cast.cio).get(sent["Location"]).text
    fields = {name: re.search(rf'<(?:input|textarea)[^>]* name="{name}"[^>]*>', page)[0] for name in FULL}
    assert all(" required" in field for field in fields.values())
    assert f'min="{cast.workspace.today()}"' in fields["condition_due"]
    assert re.search(r'<button[^>]* value="approve" formnovalidate>', page)
    alone = next(part for part in page.split("<form")[1:] if 'name="condition"' in part)
    assert 'name="note"' not in alone.split("</form>")[0]
