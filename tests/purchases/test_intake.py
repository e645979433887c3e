"""One short form: several lines, and nothing that was typed is lost."""

import pytest

from planning.people.scope import scope
from planning.purchases.models import Purchase
from planning.trail.models import Entry
from planning.vendors.models import Vendor
from tests.purchases import make


@pytest.fixture
def lines(cast):
    with scope(cast.workspace):
        plan = make.budget(cast)
        both = [make.line(cast, plan, name=name, total="1000.00") for name in ("Shop", "Media")]
        make.agree(cast, plan)
        return both


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
    again = jonas.get(page).text
    assert 'value="Northw"' in again
    assert "The old one" in again
    assert as_(cast.cmo).post(kept[0]["keep"], typed).status_code == 403
    sent = jonas.post(page, typed | {"vendor": "Northwind", "then": "send", "version": 1, "data_class": "none"})
    assert sent.status_code == 302
    with scope(cast.workspace):
        assert Purchase.objects.get().state == "submitted"
    assert jonas.post(kept[0]["keep"], typed).status_code in (302, 422)
