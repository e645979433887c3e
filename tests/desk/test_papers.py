"""The page of a paper speaks the words of the room it comes from."""

from planning.people.scope import scope
from planning.purchases import actions
from tests.purchases import make


def test_the_paper_of_a_purchase_names_what_pays_and_what_changed(cast, as_):
    with scope(cast.workspace):
        line = make.agreed_line(cast, side="joint", shares={"marketing": "50", "technology": "50"})
        purchase = make.asked(cast.marketing_planner, line, "100.00")
        purchase = actions.edit(purchase, cast.marketing_planner, amount="120.00", data_class="internal")
        paper = purchase.paper
    page = as_(cast.viewer).get(f"/acme/signoffs/{paper.pk}")
    assert ("paid from", "Web shop") in page.context["terms"]
    assert ("customer data", "internal data") in page.context["terms"]
    changed = {row["field"]: (row["before"], row["after"]) for row in page.context["changes"]}
    assert changed["price, net"] == ("100.00 GBP", "120.00 GBP")
    assert "paid from" not in changed
