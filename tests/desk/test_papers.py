"""The page of a paper speaks the words of the room it comes from."""

from planning.people.scope import scope
from planning.purchases import actions
from planning.signoffs.models import Paper
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


def test_the_paper_of_a_budget_names_its_lines_and_writes_amounts_out(cast, as_):
    with scope(cast.workspace):
        make.agreed_line(cast, "1200.00", side="joint", shares={"marketing": "60", "technology": "40"})
        paper = Paper.objects.of(cast.workspace).get(kind="budget")
    said = dict(as_(cast.viewer).get(f"/acme/signoffs/{paper.pk}").context["terms"])
    assert (said["Plan, Marketing"], said["Plan, total"]) == ("720.00", "1,200.00")
    assert "Months: 12 × 100.00; Who pays: Marketing 60 % · Technology 40 %" in said["Web shop"]
    assert "Taken out" not in said["Web shop"]
