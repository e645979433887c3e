"""A scenario is a copy to think with: its steps keep money's rules, and nothing live moves until it is promoted."""

import uuid
from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.budgets import actions, promises
from planning.budgets.lines.spreading import SIDES
from planning.budgets.models import Movement, Revision, Scenario, Version
from planning.budgets.scenarios.comparison import Comparison
from planning.budgets.scenarios.copies import effect_of
from planning.budgets.scenarios.floors import too_low
from planning.budgets.scenarios.input import cleaned
from planning.budgets.scenarios.rules import Planned, apply
from planning.calendar.models import Rate
from planning.shared.money import ZERO, minor_unit
from planning.shared.refusals import Refused, Stale
from planning.trail.models import Entry
from tests.budgets import make

CURRENCIES = st.sampled_from(["USD", "JPY", "KWD"])
few = settings(max_examples=25, deadline=None)


@st.composite
def plans(draw):
    """A currency and some lines with money in it."""
    currency = draw(CURRENCIES)
    unit = minor_unit(currency)
    months = st.lists(st.integers(0, 10**8), min_size=12, max_size=12).filter(any)
    weights = st.integers(0, 10**8).map(lambda millionths: D(millionths) / 10**6)
    drawn = draw(st.lists(st.tuples(months, weights), min_size=1, max_size=5))
    lines = [
        Planned(key, f"Line {key}", "joint", 1, [amount * unit for amount in row], weight)
        for key, (row, weight) in enumerate(drawn, start=1)
    ]
    return currency, lines


def whole(lines):
    return sum((line.total for line in lines), ZERO)


def months_of(lines):
    return [list(line.months) for line in lines]


def sound(lines, currency):
    for line in lines:
        assert min(line.months) >= 0
        assert all(amount == amount.quantize(minor_unit(currency)) for amount in line.months)
        sides = line.by_side(currency)
        for row, amount in enumerate(line.months):
            assert sum(sides[side][row] for side in SIDES) == amount


@few
@given(plans(), st.integers(1, 1000).map(lambda tenths: D(tenths) / 10))
def test_a_rise_is_the_mirror_of_a_cut_line_by_line(plan, percent):
    currency, lines = plan
    before = months_of(lines)
    apply("scale", {}, {"percent": str(-percent), "span": [0, 11]}, lines, currency)
    sound(lines, currency)
    cut = [
        [was - now for was, now in zip(old, line.months, strict=True)] for old, line in zip(before, lines, strict=True)
    ]
    for line, old in zip(lines, before, strict=True):
        assert line.total == sum(old) - (sum(old) * percent / 100).quantize(minor_unit(currency), "ROUND_HALF_UP")
        line.months = list(old)
    apply("scale", {}, {"percent": str(percent), "span": [0, 11]}, lines, currency)
    for line, old, less in zip(lines, before, cut, strict=True):
        assert line.months == [was + gap for was, gap in zip(old, less, strict=True)]


@few
@given(plans(), st.integers(0, 100), st.integers(0, 11))
def test_an_amount_in_all_is_cut_to_the_last_unit(plan, percent, first):
    currency, lines = plan
    rows = range(first, 12)
    there = sum((line.months[row] for line in lines for row in rows), ZERO)
    amount = (there * percent / 100).quantize(minor_unit(currency), "ROUND_DOWN")
    before, early = whole(lines), [line.months[:first] for line in lines]
    if not there:
        return
    apply("amount", {}, {"amount": str(-amount), "span": [first, 11]}, lines, currency)
    sound(lines, currency)
    assert whole(lines) == before - amount
    assert [line.months[:first] for line in lines] == early
    with pytest.raises(Refused, match="cannot be cut|plan nothing"):
        apply(
            "amount", {}, {"amount": str(amount - there - minor_unit(currency)), "span": [first, 11]}, lines, currency
        )


@few
@given(plans(), st.sampled_from([([3, 5], [6, 8]), ([0, 0], [1, 11]), ([6, 11], [0, 2])]), st.integers(1, 100))
def test_what_moves_to_other_months_stays_on_its_line(plan, spans, percent):
    currency, lines = plan
    (span, goal), totals = spans, [line.total for line in lines]
    if not sum(line.months[row] for line in lines for row in range(span[0], span[1] + 1)):
        return
    apply("shift", {}, {"span": span, "goal": goal, "percent": str(percent)}, lines, currency)
    sound(lines, currency)
    assert [line.total for line in lines] == totals
    if percent == 100:
        assert not any(line.months[row] for line in lines for row in range(span[0], span[1] + 1))


def test_a_quarter_moves_month_by_month():
    line = Planned(1, "Events", "marketing", 1, [D(n) for n in range(1, 13)], D(100))
    apply("shift", {}, {"span": [3, 5], "goal": [6, 8]}, [line], "GBP")
    assert line.months == [D(n) for n in (1, 2, 3, 0, 0, 0, 11, 13, 15, 10, 11, 12)]


def test_another_rate_goes_back_to_the_amount_in_its_currency():
    line = Planned(1, "Tool", "technology", 1, [D("8.33")] * 11 + [D("8.37")], D(0), original_currency="EUR",
                   original=D("111.11"), rate=D("0.9"))  # fmt: skip
    apply("rate", {}, {"currency": "EUR", "rate": "1.20"}, [line], "GBP")
    assert line.total == D("133.33")
    apply("rate", {}, {"currency": "EUR", "rate": "0.9"}, [line], "GBP")
    assert line.total == D("100.00")
    with pytest.raises(Refused, match="planned in USD"):
        apply("rate", {}, {"currency": "USD", "rate": "1"}, [line], "GBP")


def made_for_all(cast):
    """Agreed: events for marketing, a shop both pay for, hosting for technology."""
    plan = make.budget(cast)
    plan.made = {
        "events": make.line(cast, plan, "Events", "1200.00", category="Events"),
        "shop": make.line(cast, plan, "Shop", "2400.00", side="joint", shares={"marketing": 60, "technology": 40}),
        "hosting": make.line(cast, plan, "Hosting", "600.00", side="technology"),
    }
    make.agree(cast, plan)
    return plan


@pytest.fixture
def plan(made):
    return made


def scenario(inside, plan, name="What if"):
    return actions.create_scenario(plan, inside.marketing_planner, name)


def category_of(line):
    return Revision.objects.get(line=line, is_open=False).category_id


def totals(made):
    return {row.name: sum(row.months, ZERO) for row in made.lines.all()}


def test_a_rule_changes_the_lines_it_names_and_nothing_live(inside, plan):
    made = scenario(inside, plan)
    movements = Movement.objects.count()
    step = actions.add_step(
        made, inside.marketing_planner, "scale", direction="down", percent="10", span="0-11",
        category=category_of(plan.made["events"]),
    )  # fmt: skip
    assert totals(made) == {"Events": D(1080), "Shop": D(2400), "Hosting": D(600)}
    assert {side: D(step.effect[side]) for side in SIDES} == {"marketing": D(-120), "technology": ZERO}
    assert Movement.objects.count() == movements
    assert make.standing(plan.made["events"])["plan"] == D(1200)
    assert not plan.versions.filter(state=Version.State.DRAFT).exists()


def test_the_preview_is_what_the_step_then_does(inside, plan):
    made = scenario(inside, plan)
    actions.add_step(made, inside.cmo, "amount", direction="down", amount="100.01", span="0-11")
    typed = {"direction": "down", "percent": "12.5", "span": "3-8"}
    rows, shown = effect_of("scale", *cleaned(made, "scale", typed), made)
    before = {row.name: row for row in made.lines.all()}
    step = actions.add_step(made, inside.cmo, "scale", **typed)
    assert step.effect == shown
    assert {row["name"]: row["after"] for row in rows} == totals(made)
    assert {row["name"]: row["before"] for row in rows} == {name: sum(row.months) for name, row in before.items()}


def test_a_step_taken_out_leaves_the_others_as_if_it_never_was(inside, plan):
    made, twin = scenario(inside, plan), scenario(inside, plan, "Without")
    first = actions.add_step(made, inside.cmo, "scale", direction="up", percent="50", span="0-11")
    for one in (made, twin):
        actions.add_step(one, inside.cmo, "amount", direction="down", amount="99.99", span="6-11")
        actions.add_step(one, inside.cmo, "line", name="Podcast", side="marketing", amount="300.00", span="6-11",
                         category=category_of(plan.made["events"]))  # fmt: skip
    actions.remove_step(first, inside.cmo)
    rows = [[(row.name, row.months, row.marketing_months) for row in one.lines.all()] for one in (made, twin)]
    assert rows[0] == rows[1]


def test_a_copy_goes_its_own_way(inside, plan):
    made = scenario(inside, plan)
    actions.add_step(made, inside.cmo, "scale", direction="down", percent="10", span="0-11")
    copy = actions.create_scenario(plan, inside.cio, "Mine", source=made)
    actions.add_step(copy, inside.cio, "hand", line=plan.made["hosting"].pk, months=["50.00"] * 11 + ["0"])
    assert totals(made)["Hosting"] == D(540)
    assert totals(copy) == totals(made) | {"Hosting": D(550)}
    with pytest.raises(Refused, match="of that name"):
        scenario(inside, plan, "Mine")


def test_up_to_four_stand_beside_the_plan_and_every_view_adds_up(inside, plan):
    made = [scenario(inside, plan, f"What if {number}") for number in range(5)]
    actions.add_step(made[0], inside.cmo, "scale", direction="down", percent="33", span="0-11")
    actions.add_step(made[1], inside.cmo, "shift", span="0-2", goal="3-5")
    actions.add_step(made[2], inside.cmo, "shares", marketing="100")
    for by in ("side", "category", "month", "cell", "line"):
        compared = Comparison(plan, made, by)
        assert len(compared.scenarios) == 4
        total = compared.total
        assert total.live == D(4200)
        assert [gap for _amount, gap in total.others] == [D(-1386), ZERO, ZERO, ZERO]
    sides = {row.side: row for row in Comparison(plan, made, "side").rows}
    assert [gap for _amount, gap in sides["technology"].others] == [D("-514.80"), ZERO, D(-1560), ZERO]
    lines = {row.label: row for row in Comparison(plan, made[:1], "line").rows}
    assert lines["Shop"].others == [(D(1608), D(-792))]
    assert len(Comparison(plan, made, "month").chart.series) == 5


def test_a_draft_that_was_never_agreed_is_compared_too(inside):
    plan = make.budget(inside)
    line = make.line(inside, plan, "Shop", "1000.01", side="joint", shares={"marketing": 60, "technology": 40})
    made = scenario(inside, plan)
    actions.add_step(made, inside.cmo, "scale", direction="down", percent="50", span="0-11")
    total = Comparison(plan, [made], "cell").total
    assert (total.live, total.others) == (D("1000.01"), [(D("500.00"), D("-500.01"))])
    actions.promote_scenario(made, inside.cmo)
    assert Revision.objects.get(line=line).total == D("500.00")


def test_promoted_it_is_an_ordinary_draft_of_its_changed_lines(inside, plan):
    made = scenario(inside, plan)
    actions.add_step(made, inside.cmo, "scale", direction="down", percent="10", span="0-11",
                     line=plan.made["events"].pk)  # fmt: skip
    actions.add_step(made, inside.cmo, "line", name="Podcast", side="joint", amount="300.00", span="6-11",
                     category=category_of(plan.made["events"]))  # fmt: skip
    actions.promote_scenario(made, inside.cmo)
    version = plan.versions.get(number=2)
    assert version.state == "draft"
    assert {(one.name, one.total) for one in version.revisions.all()} == {("Events", D(1080)), ("Podcast", D(300))}
    assert make.standing(plan.made["events"])["plan"] == D(1200)
    assert Entry.objects.filter(verb="budgets.promote_scenario").count() == 1
    make.agree(inside, plan)
    assert make.standing(plan.made["events"])["plan"] == D(1080)
    with pytest.raises(Refused, match="put into a version"):
        actions.add_step(made, inside.cmo, "scale", direction="up", percent="1", span="0-11")


def test_what_moved_on_meanwhile_is_never_taken_back_silently(inside, plan):
    made = scenario(inside, plan)
    actions.add_step(made, inside.cmo, "scale", direction="down", percent="10", span="0-11")
    actions.edit_line(plan.made["shop"], inside.cio, total="3000.00")
    with pytest.raises(Stale, match="“Shop”"):
        actions.promote_scenario(made, inside.cmo)
    assert Scenario.objects.get(pk=made.pk).version is None
    make.agree(inside, plan)
    actions.refresh_scenario(made, inside.cmo)
    assert totals(made)["Shop"] == D(2700)
    actions.promote_scenario(made, inside.cmo)
    assert plan.versions.get(state="draft").revisions.get(line=plan.made["shop"]).total == D(2700)


def test_a_foreign_line_takes_its_new_rate_into_the_version(inside, plan):
    Rate.objects.create(workspace=inside.workspace, currency="EUR", day=date(2020, 1, 1), rate=D("0.9"), source="x")
    tool = make.line(inside, plan, "Tool", None, side="technology", currency="EUR", original_total="1000.00")
    make.agree(inside, plan)
    made = scenario(inside, plan)
    actions.add_step(made, inside.cmo, "rate", currency="EUR", rate="1.20")
    assert totals(made)["Tool"] == D(1200)
    actions.promote_scenario(made, inside.cmo)
    revision = plan.versions.get(state="draft").revisions.get(line=tool)
    assert (revision.total, revision.rate, revision.original_total) == (D(1200), D("1.20"), D(1000))


def test_a_cut_below_what_is_promised_is_shown_before_anybody_signs(inside, plan):

    promises.reserve(
        uuid.uuid4(), [(plan.made["events"], plan.months[11], D(1100))], inside.cmo, "purchases.purchase:1"
    )
    made = scenario(inside, plan)
    actions.add_step(made, inside.cmo, "scale", direction="down", percent="50", span="0-11")
    assert [(one.name, one.side, one.short) for one in too_low(made)] == [("Events", "marketing", D(500))]


@pytest.mark.parametrize(("kind", "typed", "sentence"), [
    ("scale", {"percent": "0", "span": "0-11"}, "how many percent"),
    ("scale", {"percent": "101", "direction": "down", "span": "0-11"}, "cannot be cut"),
    ("scale", {"percent": "NaN", "span": "0-11"}, "not a number"),
    ("scale", {"percent": "5", "span": "5-3"}, "Choose months"),
    ("amount", {"amount": "99999.00", "direction": "down", "span": "0-11"}, "more than that cannot be cut"),
    ("amount", {"amount": "0.001", "span": "0-11"}, "decimals"),
    ("shift", {"span": "0-5", "goal": "5-6"}, "not among those"),
    ("rate", {"currency": "EUR", "rate": "1.1"}, "planned in EUR"),
    ("hand", {"months": ["1"] * 12}, "Choose the line"),
    ("nonsense", {}, "not one of"),
])  # fmt: skip
def test_a_step_that_makes_no_sense_says_so_and_stays_out(inside, plan, kind, typed, sentence):
    made = scenario(inside, plan)
    with pytest.raises(Refused, match=sentence):
        actions.add_step(made, inside.cmo, kind, **typed)
    assert not made.steps.exists()
