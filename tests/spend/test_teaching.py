"""What people teach: rules tried out before they hold, names, and one row over several lines."""

from decimal import Decimal as D

import pytest

from planning.shared.refusals import Refused
from planning.spend import actions, known_names, splitting, teaching
from planning.spend.models import Entry, Rule
from planning.vendors.actions import amend, register
from tests.budgets import make as budgets
from tests.budgets.make import standing

from . import make


def made_for_all(cast):
    plan = budgets.budget(cast, year=2027)
    named = {
        name: budgets.line(cast, plan, name, "12000.00", side=side)
        for name, side in [("ads", "marketing"), ("hosting", "technology"), ("tools", "technology")]
    }
    budgets.agree(cast, plan)
    return named


@pytest.fixture
def lines(made):
    return made


def placed() -> dict:
    return dict(Entry.objects.live().exclude(line=None).values_list("document", "line"))


def test_a_rule_is_tried_before_it_holds_and_the_stronger_wins(inside, lines):
    rows = [make.row(f"{n}.00", "V", f"AWS-{n}", department="Ops", category="Cloud") for n in (1, 2)]
    batch = make.brought(inside.finance, make.ledger(*rows, make.row("9.00", "V", "X-9", department="Ops")))
    tried = teaching.dry_run(inside.workspace, lines["hosting"], document="aws-")
    assert (tried.waiting, tried.amount, tried.elsewhere, tried.there) == (2, 3, 0, 0)
    assert not placed()
    teaching.write(inside.finance, lines["hosting"], document="aws-")
    assert placed() == {"AWS-1": lines["hosting"].pk, "AWS-2": lines["hosting"].pk}
    _rule, count = teaching.write(inside.finance, lines["tools"], department="ops", source=batch.source)
    assert count == 1
    assert teaching.dry_run(inside.workspace, lines["tools"], department="OPS").elsewhere == 2

    make.brought(inside.finance, make.ledger(make.row("3.00", "V", "AWS-3", department="Ops")))
    assert Entry.objects.get(document="AWS-3").line == lines["tools"], "it says more: the source too"
    teaching.rank(Rule.objects.get(document="aws-"), inside.finance, 5)
    make.brought(inside.finance, make.ledger(make.row("4.00", "V", "AWS-4", department="Ops")))
    assert Entry.objects.get(document="AWS-4").line == lines["hosting"]
    with pytest.raises(Refused, match="such a rule already"):
        teaching.write(inside.finance, lines["hosting"], document="aws-")
    with pytest.raises(Refused, match="something to recognise"):
        teaching.write(inside.finance, lines["tools"], source=batch.source)


def test_a_name_is_learned_for_the_files_to_come(inside, lines):
    vendor = register(inside.finance, "Northstack")
    teaching.write(inside.finance, lines["hosting"], vendor=vendor)
    make.brought(inside.finance, make.ledger(make.row("5.00", "NRTHSTACK CLD", "N1")))
    assert not placed()
    teaching.name(inside.finance, Entry.objects.get().vendor_key, vendor)
    assert placed() == {"N1": lines["hosting"].pk}
    make.brought(inside.finance, make.ledger(make.row("6.00", "Nrthstack Cld Ltd", "N2")))
    assert Entry.objects.get(document="N2").vendor == vendor
    with pytest.raises(Refused, match="is a name of"):
        teaching.name(inside.finance, Entry.objects.get(document="N2").vendor_key, register(inside.finance, "Other"))


def test_one_row_over_several_lines_and_back(inside, lines):
    file = [make.row("100.00", "V", "S1"), make.row("7.00", "V", "S2")]
    batch = make.brought(inside.finance, make.ledger(*file))
    row = Entry.objects.get(document="S1")
    before = {name: standing(line) for name, line in lines.items()}
    for parts, sentence in [
        ([("ads", "60.00"), ("hosting", "39.99")], "add up to 99.99"),
        ([("ads", "60.00"), ("ads", "40.00")], "Each line takes one"),
        ([("ads", "100.00")], "two to"),
        ([("ads", "150.00"), ("hosting", "-50.00")], "above zero or below"),
    ]:
        with pytest.raises(Refused, match=sentence):
            splitting.split_up(row, inside.finance, [(lines[name], D(amount)) for name, amount in parts])
    splitting.split_up(row, inside.finance, [(lines["ads"], D("60.00")), (lines["hosting"], D("40.00"))])
    assert sorted(Entry.objects.posted().values_list("line", "amount")) == sorted(
        [(lines["ads"].pk, 60), (lines["hosting"].pk, 40)]
    )
    assert sum(Entry.objects.live().values_list("amount", flat=True)) == 107
    again = make.brought(inside.finance, make.ledger(*file, name="again.csv"))
    assert again.counts["duplicates"] == 2
    splitting.join(row, inside.finance)
    assert {name: standing(line) for name, line in lines.items()} == before
    splitting.split_up(row, inside.finance, [(lines["ads"], D("1.00")), (lines["tools"], D("99.00"))])
    actions.undo(batch, inside.finance)
    assert {name: standing(line) for name, line in lines.items()} == before
    assert not Entry.objects.live().exists()


def test_a_name_the_register_learned_later_reaches_earlier_rows(cast, as_, inside, lines):
    rows = [make.row("7.00", "NRTHSTACK CLD", "N1", department="Ops"), make.row("8.00", "Nobody", "N2")]
    make.brought(inside.finance, make.ledger(*rows))
    teaching.write(inside.finance, lines["hosting"], department="Ops")
    vendor = register(inside.finance, "Northstack")
    assert "Match" not in as_(cast.finance).get(f"/acme/spend/of-vendor/{vendor.pk}/").content.decode()
    amend(vendor, inside.finance, aliases=["Nrthstack Cld"])
    teaching.write(inside.finance, lines["tools"], vendor=vendor)
    finance = as_(cast.finance)
    assert "Match 1 row now" in finance.get(f"/acme/spend/of-vendor/{vendor.pk}/").content.decode()
    assert "Match 1 row now" in finance.get("/acme/spend/unmatched/").content.decode()
    assert finance.post("/acme/spend/matches/", {"vendor": vendor.pk}).status_code == 302
    found = dict(Entry.objects.values_list("document", "vendor"))
    assert found == {"N1": vendor.pk, "N2": None}
    assert placed() == {"N1": lines["hosting"].pk}, "what people placed stays"
    assert known_names.recognise(inside.finance) == 0


def test_trying_a_rule_out_puts_no_token_into_an_address(cast, as_, inside, lines):
    make.brought(inside.finance, make.ledger(make.row("7.00", "V", "N1", department="Ops")))
    finance, rules = as_(cast.finance), "/acme/spend/rules/"
    said = {"line": lines["ads"].pk, "department": "Ops", "vendor": "", "priority": "0"}
    hidden = {"once": "a", "csrfmiddlewaretoken": "b", "try": rules}
    tried = finance.post(rules, said | hidden)["Location"]
    assert tried == f"{rules}?line={lines['ads'].pk}&department=Ops&priority=0"
    assert "place 1 waiting row" in finance.get(tried).content.decode()
    assert finance.post(rules, said | hidden | {"try": "//elsewhere.example"})["Location"].startswith(rules)
    assert not Rule.objects.exists()
