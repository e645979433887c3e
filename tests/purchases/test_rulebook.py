"""The rules as data: sound or refused, put in force by both keys, and tried on what was asked before."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planning.purchases import actions
from planning.purchases.models import Ruleset
from planning.purchases.past import dry_run
from planning.purchases.rulebook import book_of, in_force, refuse_unsound
from planning.purchases.rules import DEFAULTS, Book, Clause, needs
from planning.shared.refusals import NotYours, Refused
from tests.purchases import make
from tests.purchases.test_rules import facts, seats


def book(*clauses, without=()):
    return Book("mine", (*(one for one in DEFAULTS.clauses if one not in without), *clauses))


BOTH_BELOW, BOTH_FROM = DEFAULTS.clauses[:2]
LOWER = (replace(BOTH_BELOW, high=Decimal(1000)), replace(BOTH_FROM, low=Decimal(1000)))
CHEAPER = book(*LOWER, without=(BOTH_BELOW, BOTH_FROM))


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (book(replace(BOTH_BELOW, high=Decimal(24000)), without=(BOTH_BELOW,)), "from 24,000.00 to 25,000.00"),
        (book(replace(BOTH_FROM, low=Decimal(24000)), without=(BOTH_FROM,)), "two rules apply from 24,000.00"),
        (book(without=(BOTH_FROM,)), "from 25,000.00 on"),
        (book(without=(BOTH_BELOW, BOTH_FROM)), "net value in all"),
        (book(without=DEFAULTS.of("data")[:1]), "no customer data"),
        (book(Clause("region", ("legal",), word="EU"), Clause("region", (), word="eu")), "twice"),
        (book(Clause("joint", ()), without=DEFAULTS.of("joint")), "both sides"),
        (book(Clause("value", ("finance",), Decimal(0), Decimal(10), category=7)), "from 10.00 on"),
        (book(Clause("region", ("chef",), word="EU")), "chef"),
    ],
)
def test_a_gap_or_an_overlap_is_refused_by_its_place(rules, sentence):
    refuse_unsound(DEFAULTS, "GBP")
    with pytest.raises(Refused, match=sentence):
        refuse_unsound(rules, "GBP")


def test_rows_route_by_category_region_and_band():
    legal_in_eu = Clause("region", ("legal",), word="EU")
    media = (Clause("value", (), high=Decimal(5000), category=7), Clause("value", ("both",), Decimal(5000), category=7))
    mine = book(legal_in_eu, *media)
    asked = lambda one: [need.seat for need in needs(one, mine)]  # noqa: E731
    assert asked(facts("6000.00")) == ["marketing"]
    assert asked(facts("6000.00", categories=(9, 7))) == ["marketing", "technology"]
    assert asked(facts("4999.99", categories=(9, 7))) == ["marketing"]
    assert asked(facts(region="eu")) == ["marketing", "legal"]
    assert "5,000.00" in needs(facts("6000.00", categories=(7,)), mine)[0].reason
    assert seats(facts("6000.00", categories=(9, 7))) == ["marketing"]


def agreed(office, rules=CHEAPER):
    actions.write_rules(office.cmo, list(rules.clauses))
    proposed = actions.propose_rules(office.cmo)
    actions.sign_rules(office.cmo, "marketing", "approve", proposed.number)
    return actions.sign_rules(office.cio, "technology", "approve", proposed.number)


def test_both_keys_put_them_in_force_and_what_waits_keeps_its_own(office):
    line = make.agreed_line(office, "9000.00")
    before = make.asked(office.marketing_planner, line, "2000.00")
    with pytest.raises(NotYours):
        actions.write_rules(office.marketing_planner, list(CHEAPER.clauses))
    rules = agreed(office)
    assert in_force(office.workspace) == rules
    after = make.asked(office.marketing_planner, line, "2000.00", vendor="Another")
    assert [seat.name for seat in after.paper.seats.all()] == ["marketing", "technology"]
    assert after.paper.terms["rules"] == "rules-1"
    again = actions.edit(before, office.marketing_planner, amount="2100.00")
    assert [seat.name for seat in again.paper.seats.all()] == ["marketing"]
    assert again.paper.terms["rules"] == "defaults-1"
    taken = actions.withdraw(again, office.marketing_planner)
    assert actions.submit(taken, office.marketing_planner).rules == rules


def test_a_refused_proposal_is_a_draft_of_the_next_number_and_unsound_rules_are_not_proposed(office):
    actions.write_rules(office.cmo, list(CHEAPER.clauses))
    proposed = actions.propose_rules(office.cmo)
    with pytest.raises(Refused, match="Take the proposal back"):
        actions.write_rules(office.cio, list(DEFAULTS.clauses))
    actions.sign_rules(office.cio, "technology", "reject", proposed.number, "Too low.")
    draft = Ruleset.objects.of(office.workspace).get()
    assert (draft.state, draft.number, draft.paper) == ("draft", 2, None)
    actions.write_rules(office.cio, list(CHEAPER.clauses)[:-1])
    with pytest.raises(Refused):
        actions.propose_rules(office.cio)
    assert in_force(office.workspace) is None


def test_a_dry_run_shows_what_would_have_been_decided_by_others(office):
    line = make.agreed_line(office, "9000.00")
    dear = make.asked(office.marketing_planner, line, "2000.00")
    make.asked(office.marketing_planner, line, "200.00", vendor="Another")
    make.draft(office.marketing_planner, line, "3000.00")
    tried, [different] = dry_run(office.workspace, book_of(None), CHEAPER)
    assert (tried, different.purchase, different.more, different.fewer) == (2, dear, ["technology"], [])


def test_a_lead_writes_them_on_a_page(office, as_):
    cmo = as_(office.cmo)
    page = cmo.get("/acme/purchases/rules/")
    form = page.context["form"]
    rows = {"form-TOTAL_FORMS": len(form.forms), "form-INITIAL_FORMS": len(DEFAULTS.clauses)}
    for number, row in enumerate(form.forms):
        said = row.initial or {"about": "value"}
        rows |= {f"form-{number}-{name}": value for name, value in said.items() if value}
    rows |= {"form-0-high": "1,000.00", "form-1-low": "1000"}
    kept = cmo.post("/acme/purchases/rules/", rows)
    assert kept.status_code == 302, kept.text
    refuse_unsound(book_of(Ruleset.objects.of(office.workspace).get()), "GBP")
    assert "version 1" in cmo.get("/acme/purchases/rules/").text
    assert as_(office.viewer).post("/acme/purchases/rules/", rows).status_code == 403
    assert cmo.post("/acme/purchases/rules/", rows | {"form-0-high": "a lot"}).status_code == 422
    actions.propose_rules(office.cmo)
    proposed = as_(office.cio).get("/acme/purchases/rules/").context
    assert [row["low"] for row in proposed["draft_rows"] if row["differs"]] == ["0.00", "1,000.00"]
    assert [row["low"] for row in proposed["rows"] if row["differs"]] == ["0.00", "25,000.00"]
