"""One short form: several lines, and nothing that was typed is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.people.scope import scope
from planning.purchases import actions
from planning.purchases.models import Purchase
from planning.shared import clock
from planning.trail.models import Entry
from planning.vendors.models import Vendor
from tests.purchases import make


def made_for_all(cast):
    plan = make.budget(cast)
    both = [make.line(cast, plan, name=name, total="1000.00") for name in ("Shop", "Media")]
    make.agree(cast, plan)
    return both


@pytest.fixture
def lines(made_outside):
    return made_outside


def test_several_lines_share_the_price_and_the_unsaid_one_takes_the_rest(cast, lines, as_):
    facts = {"title": "Tags", "vendor": "Northwind", "amount": "100.00", "price": "once", "data_class": "none"}
    facts |= {"line": [lines[0].pk, lines[1].pk, ""], "line_amount": ["30.00", "", ""], "then": "send"}
    assert as_(cast.marketing_planner).post("/acme/purchases/new/", facts).status_code == 302
    with scope(cast.workspace):
        purchase = Purchase.objects.get()
        assert [item.amount for item in purchase.items.all()] == [30, 70]
        assert [make.standing(line)["reserved"] for line in lines] == [30, 70]
    page = as_(cast.marketing_planner).get(f"/acme/purchases/{purchase.pk}/terms/").text
    assert 'value="30.00"' in page
    assert 'value="70.00"' in page


def test_what_is_typed_is_a_draft_by_itself_and_makes_nothing_else(cast, lines, as_):
    jonas = as_(cast.marketing_planner)
    typed = {"form": "page-1", "title": "Tags", "vendor": "Northw", "amount": "12,,", "line": [lines[0].pk]}
    kept = [jonas.post("/acme/purchases/new/kept/", typed).json() for _again in range(2)]
    assert kept[0] == kept[1]
    typed |= {"amount": "120.00", "replaces": "The old one"}
    page = jonas.post(kept[0]["keep"], typed).json()["terms"]
    with scope(cast.workspace):
        purchase = Purchase.objects.get()
        assert (purchase.state, purchase.version, purchase.amount, purchase.vendor) == ("draft", 1, 120, None)
        assert purchase.typed["vendor"] == "Northw"
        assert not Vendor.objects.of(cast.workspace).exists()
        assert Entry.objects.of(cast.workspace).filter(verb__startswith="purchases.").count() == 1
    with clock.at(clock.now() + timedelta(minutes=20)):
        jonas.post(kept[0]["keep"], typed)
    with scope(cast.workspace):
        wrote = Entry.objects.of(cast.workspace).get(verb="purchases.jot")
        assert (wrote.after["amount"], wrote.after["typed"]["vendor"]) == ("120.00", "Northw")
    again = jonas.get(page).text
    assert 'value="Northw"' in again
    assert "The old one" in again
    assert as_(cast.cmo).post(kept[0]["keep"], typed).status_code == 403
    sent = jonas.post(page, typed | {"vendor": "Northwind", "then": "send", "version": 1, "data_class": "none"})
    assert sent.status_code == 302
    with scope(cast.workspace):
        assert Purchase.objects.get().state == "submitted"
    assert jonas.post(kept[0]["keep"], typed).status_code in (302, 422)


def test_a_quote_is_a_part_of_the_terms(office, as_):
    line = make.agreed_line(office, "5000.00")
    purchase = make.asked(office.marketing_planner, line, "400.00")
    jonas, address = as_(office.marketing_planner), f"/acme/purchases/{purchase.pk}/quotes/"

    def attaches(name, text, **more):
        return jonas.post(address, {"file": SimpleUploadedFile(name, text), **more})

    attaches("offer.pdf", b"MZ not a document")
    attaches("offer.exe", b"MZ")
    assert not purchase.quotes.exists()
    attaches("offer.pdf", b"%PDF-1.7 offer")
    purchase.refresh_from_db()
    assert (purchase.version, purchase.quotes.count(), purchase.paper.version) == (2, 1, 2)
    assert purchase.paper.terms["quotes"][0].startswith("offer.pdf (")
    approved = make.approve(purchase, office)
    attaches("other.pdf", b"%PDF-1.7 other")
    changed = Purchase.objects.get(pk=purchase.pk)
    assert (changed.state, changed.quotes.count()) == ("submitted", 2)
    actions.decide(changed, office.cmo, "marketing", "reject", changed.version, "The first was better.")
    assert [str(quote) for quote in approved.quotes.all()] == ["offer.pdf"]
    served = as_(office.cio).get(f"/acme/files/{approved.quotes.get().file_id}/content")
    assert (served["X-Content-Type-Options"], b"".join(served.streaming_content)) == ("nosniff", b"%PDF-1.7 offer")


@pytest.mark.parametrize(("said", "keys"), [(None, 1), ("yes", 2), ("no", 1)])
def test_who_asks_says_whether_it_is_technology(office, said, keys):
    line = make.agreed_line(office, "5000.00")
    purchase = make.asked(office.marketing_planner, line, technology=said, category="Agency")
    assert purchase.paper.seats.count() == keys


def test_a_quote_is_kept_with_the_draft_while_it_is_typed(cast, lines, as_):
    jonas = as_(cast.marketing_planner)

    def keeps(address, *files, **more):
        quotes = [SimpleUploadedFile(name, text) for name, text in files]
        return jonas.post(address, {"form": "page-1", "title": "Tags", "quotes": quotes, **more}).json()

    kept = keeps("/acme/purchases/new/kept/", ("offer.pdf", b"%PDF-1.7 offer"))
    assert "offer.pdf" in kept["quotes"]
    refused = keeps(kept["keep"], ("offer.pdf", b"MZ"))
    assert refused["unkept"]
    assert "offer.pdf" in refused["quotes"]
    assert "offer.pdf" in jonas.get(kept["terms"]).text
    with scope(cast.workspace):
        quote = Purchase.objects.get().quotes.get()
    jonas.post(
        kept["terms"],
        {"title": "Tags", "quotes": [SimpleUploadedFile("better.pdf", b"%PDF-1.7 better")], "without": [quote.pk]},
    )
    with scope(cast.workspace):
        assert [str(one) for one in Purchase.objects.get().quotes.all()] == ["better.pdf"]
