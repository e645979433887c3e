"""What a line can say: another currency at the plan's rate, spreads, the KPI it moves, cost centre, dimensions."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.budgets import actions, postings
from planning.budgets.lines.field_words import rows_in_words
from planning.budgets.lines.months_shapes import weights_of
from planning.budgets.versions.drafts import current
from planning.budgets.versions.terms import changed_fields, revisions_with_before
from planning.calendar.actions import add_rate
from planning.kpis.models import Kpi
from planning.shared import periods
from planning.shared.money import minor_unit, round_money, split
from planning.shared.refusals import Refused

from . import make

QUICK = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def plan(inside):
    return make.budget(inside)


@pytest.fixture
def kpi(inside):
    return Kpi.objects.create(
        workspace=inside.workspace,
        name="Repeat orders",
        marketing_owner=inside.cmo,
        technology_owner=inside.cio,
    )


def rate(cast, currency, worth, days_ago=0):
    add_rate(cast.finance, currency, cast.workspace.today() - timedelta(days=days_ago), worth, "ECB")


# ── Spreads ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_one_month_and_from_until_take_exactly_their_months(inside, plan):
    once = current(make.line(inside, plan, "Fair", "100.00", spread={"once": plan.months[3]}))
    assert once.months == [D(0)] * 3 + [D(100)] + [D(0)] * 8
    some = current(
        make.line(
            inside, plan, "Flight", "100.00", spread={"from": f"{plan.months[10]:%Y-%m}", "until": plan.months[11]}
        )
    )
    assert some.months[9:] == [D(0), D(50), D(50)]


@QUICK
@given(
    total=st.decimals(0, 10**9, places=2),
    weights=st.lists(st.decimals(0, 1000, places=3), min_size=12, max_size=12).filter(any),
    currency=st.sampled_from(["GBP", "JPY", "KWD"]),
)
def test_weights_generate_months_that_sum_to_the_total_in_whole_units(total, weights, currency):
    total = round_money(total, currency)
    shape = weights_of({"weights": [str(weight) for weight in weights]}, [])
    months = split(total, shape, currency)
    assert sum(months) == total
    assert all(month % minor_unit(currency) == 0 for month in months)
    assert all(not month for month, weight in zip(months, weights, strict=True) if not weight)


@pytest.mark.parametrize(
    "spread",
    [
        {"once": "2019-01"}, {"once": "soon"}, {"weights": [1] * 11}, {"weights": [0] * 12},
        {"weights": [-1] + [1] * 11},
        {"weights": ["NaN"] * 12}, "sideways", {"from": None}, 7,
    ],
)  # fmt: skip
def test_a_spread_that_is_none_is_refused(inside, plan, spread):
    with pytest.raises(Refused) as refused:
        make.line(inside, plan, spread=spread)
    assert refused.value.field == "spread"


def test_last_years_actuals_are_copied_or_give_the_shape(inside):
    year = periods.year_of(inside.workspace, inside.workspace.today())
    before = make.budget(inside, year - 1, "Last year")
    old = make.line(inside, before, "Fairs", "1000.00", side="joint")
    make.agree(inside, before)
    spent = {0: "300.00", 5: "100.01", 7: "-20.00"}
    rows = [(old.pk, before.months[row], D(amount)) for row, amount in spent.items()]
    postings.post_actuals(inside.workspace, rows, "tests.import:1", "1")
    plan = make.budget(inside, year)
    copied = current(make.line(inside, plan, "fairs", total=None, spread="last year"))
    assert copied.total == D("400.01")
    assert (copied.months[0], copied.months[5], copied.months[7]) == (D(300), D("100.01"), D(0))
    shaped = current(make.line(inside, plan, "Fairs", "800.02", spread="last year"))
    assert (shaped.months[0], shaped.months[5]) == (D(600), D("200.02"))
    renamed = make.line(inside, plan, "Trade shows", "100.00", origin=old)
    assert current(actions.edit_line(renamed, inside.cmo, total="100.00", spread="last year")).months[0] == D("75.00")
    with pytest.raises(Refused, match="no line “Unknown”"):
        make.line(inside, plan, "Unknown", "1.00", spread="last year")


# ── Another currency ─────────────────────────────────────────────────────────────────────────────────────────────────
@QUICK
@given(
    original=st.decimals(0, 10**8, places=3),
    worth=st.decimals("0.0001", 1000, places=8),
    currency=st.sampled_from(["EUR", "JPY", "KWD"]),
    first=st.integers(0, 11),
)
def test_a_foreign_line_keeps_amount_and_rate_and_its_months_sum_to_the_converted_total(
    inside, plan, original, worth, currency, first
):
    original = round_money(original, currency)
    with transaction.atomic():
        rate(inside, currency, worth, 3)
        line = make.line(
            inside,
            plan,
            total=None,
            currency=currency,
            original_total=str(original),
            spread={"from": plan.months[first]},
        )
        kept = current(line)
        kept.refresh_from_db()
        assert (kept.original_total, kept.rate) == (original, worth)
        assert kept.rate_day == inside.workspace.today() - timedelta(days=3)
        assert kept.total == round_money(original * worth, "GBP")
        assert sum(kept.months) == kept.total
        assert not any(kept.months[:first])
        transaction.set_rollback(True)


def test_the_plans_rate_stays_until_somebody_asks_for_another_day(inside, plan):
    rate(inside, "EUR", "0.85", 10)
    line = make.line(inside, plan, total=None, currency="EUR", original_total="1000.00")
    rate(inside, "EUR", "0.90")
    make.agree(inside, plan)
    actions.edit_line(line, inside.cmo, original_total="2000.00")
    assert current(line).total == D("1700.00")
    actions.edit_line(line, inside.cmo, rate_day=inside.workspace.today())
    assert (current(line).rate, current(line).total) == (D("0.90"), D("1800.00"))
    actions.edit_line(line, inside.cmo, currency="GBP")
    assert (current(line).original_currency, current(line).total) == ("", D("1800.00"))


def test_months_typed_in_the_workspaces_currency_carry_the_original_with_them(inside, plan):
    rate(inside, "EUR", "0.80")
    line = make.line(inside, plan, total=None, currency="EUR", original_total="1000.00")
    actions.edit_line(line, inside.cmo, spread=["100.00"] * 12)
    assert (current(line).total, current(line).original_total) == (D(1200), D(1500))


def test_a_missing_rate_and_a_total_that_contradicts_it_are_refused(inside, plan):
    with pytest.raises(Refused, match="no rate from CHF"):
        make.line(inside, plan, total=None, currency="CHF", original_total="10.00")
    rate(inside, "EUR", "0.80")
    with pytest.raises(Refused, match="plan's rate") as refused:
        make.line(inside, plan, total="900.00", currency="EUR", original_total="1000.00")
    assert refused.value.field == "total"
    with pytest.raises(Refused, match="How much is it in EUR"):
        make.line(inside, plan, total="900.00", currency="EUR")
    with pytest.raises(Refused):
        make.line(inside, plan, total=None, currency="EUR", original_total="0.001")


# ── The KPI, and the finer words ─────────────────────────────────────────────────────────────────────────────────────
def test_effect_and_date_go_with_a_kpi_and_leave_with_it(inside, plan, kpi):
    line = make.line(inside, plan, kpi=kpi.pk, kpi_effect="2.5", effect_due=plan.months[11])
    assert (current(line).kpi_effect, current(line).effect_due) == (D("2.5"), plan.months[11])
    actions.edit_line(line, inside.cmo, total="5.00")
    assert current(line).kpi_effect == D("2.5")
    actions.edit_line(line, inside.cmo, kpi=None)
    assert (current(line).kpi_effect, current(line).effect_due) == (None, None)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kpi_effect": "1", "effect_due": date(2190, 1, 1)}, "kpi"),
        ({"kpi_effect": "1", "kpi": True}, "effect_due"),
        ({"effect_due": date(2190, 1, 1), "kpi": True}, "kpi_effect"),
        ({"kpi_effect": "1", "effect_due": date(2001, 1, 1), "kpi": True}, "effect_due"),
        ({"kpi_effect": "much", "effect_due": date(2190, 1, 1), "kpi": True}, "kpi_effect"),
        ({"cost_centre": "4" * 41}, "cost_centre"),
        ({"dimensions": {"Colour": "red"}}, "dimensions"),
    ],
)
def test_half_a_promise_is_refused_by_field(inside, plan, kpi, said, field):
    with pytest.raises(Refused) as refused:
        make.line(inside, plan, **said | ({"kpi": kpi} if "kpi" in said else {}))
    assert refused.value.field == field


def test_finer_words_are_in_what_both_keys_sign_and_change_the_fingerprint(inside, plan, kpi):
    actions.add_dimension(inside.cmo, "Region")
    line = make.line(inside, plan, "Shop", dimensions={"region": "North"}, cost_centre="4711", account="6600")
    make.agree(inside, plan)
    agreed = current(line).fingerprint
    actions.edit_line(line, inside.cmo, dimensions={"Region": "South"}, placeholder=True, kpi=kpi)
    actions.edit_line(line, inside.cmo, kpi_effect="-2.50", effect_due=plan.months[11])
    version = actions.propose(plan, inside.cmo, "South first")
    (pair,) = revisions_with_before(version)
    assert pair[0].fingerprint != agreed
    words = {row["label"]: (row["before"], row["after"]) for row in rows_in_words(changed_fields(*pair), plan)}
    assert words["Own dimensions"] == ("Region: North", "Region: South")
    assert words["Placeholder"] == ("", "yes")
    assert words["Expected effect on the KPI"] == ("", "-2.5")
    assert version.paper.terms["lines"][str(line.pk)]["cost_centre"] == "4711"
    assert "Total of the year" not in words


def test_a_dimension_in_use_is_retired_not_renamed_and_lines_keep_it(inside, plan):
    region = actions.add_dimension(inside.cmo, "Region")
    line = make.line(inside, plan, dimensions={"Region": "North"})
    with pytest.raises(Refused, match="Retire it"):
        actions.rename_dimension(region, inside.cmo, "Area")
    actions.retire_dimension(region, inside.cmo)
    actions.edit_line(line, inside.cmo, dimensions={"Region": "South"})
    assert current(line).dimensions == {"Region": "South"}
    with pytest.raises(Refused, match="no dimension"):
        make.line(inside, plan, "Other", dimensions={"Region": "North"})
    actions.edit_line(line, inside.cmo, dimensions={"Region": ""})
    assert current(line).dimensions == {}
