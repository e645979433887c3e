"""Both keys put a definition in force; the agreed one stays until the next is agreed; history keeps its targets."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from planning.kpis import actions
from planning.kpis.expected import Point
from planning.kpis.models import Definition, Kpi
from planning.kpis.queries import portfolio, portrait
from planning.notices.models import Reminder
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused, Stale
from planning.trail.models import Entry
from tests.kpis import make

LONDON = ZoneInfo("Europe/London")


def again(kpi):
    return Kpi.objects.owned().select_related("workspace").get(pk=kpi.pk)


def at(text):
    return clock.at(datetime.fromisoformat(text).replace(tzinfo=LONDON))


@pytest.fixture(autouse=True)
def spring():
    with at("2026-04-02 10:00"):
        yield


def test_both_keys_put_it_in_force(inside):
    kpi = make.kpi(inside)
    assert kpi.definitions.get().state == "proposed"
    actions.sign(kpi, inside.cio, "technology", "approve", 1)
    assert kpi.definitions.get().state == "proposed"
    definition = actions.sign(kpi, inside.cmo, "marketing", "approve", 1)
    assert (definition.state, definition.from_on) == ("agreed", date(2026, 4, 2))


def test_a_planner_turns_no_key(inside):
    kpi = make.kpi(inside)
    with pytest.raises(NotYours):
        actions.sign(kpi, inside.marketing_planner, "marketing", "approve", 1)


def test_the_agreed_one_stays_in_force_until_the_next_is_agreed_and_keeps_its_days(inside):
    kpi = make.agreed(inside)
    with at("2026-10-01 10:00"):
        actions.revise(kpi, inside.technology_planner, make.terms(targets=[Point(make.YEAR_END, Decimal("5.00"))]))
        assert portrait(kpi).definition.number == 1
        actions.sign(kpi, inside.cmo, "marketing", "approve", 2)
        actions.sign(kpi, inside.cio, "technology", "approve", 2)
        shown = portrait(kpi)
    assert [version.state for version in shown.definitions] == ["superseded", "agreed"]
    assert shown.on(date(2026, 9, 30)).expected == Decimal("2.5")  # half of the way to 3.00
    assert shown.on(date(2026, 10, 1)).expected > Decimal("3.5")  # half of the way to 5.00


def test_a_newer_proposal_takes_the_place_of_one_that_waits(inside):
    kpi = make.kpi(inside)
    actions.revise(kpi, inside.cio, make.terms(unit="per cent"))
    assert [version.state for version in kpi.definitions.all()] == ["withdrawn", "proposed"]
    with pytest.raises(Stale) as stale:
        actions.sign(kpi, inside.cmo, "marketing", "approve", 1)
    assert {"field": "unit", "before": "%", "after": "per cent"} in stale.value.difference


def test_a_returned_one_leaves_the_agreed_one_in_force(inside):
    kpi = make.agreed(inside)
    actions.revise(kpi, inside.cio, make.terms("Renamed"))
    actions.sign(kpi, inside.cmo, "marketing", "reject", 2, note="The name was fine.")
    assert portrait(kpi).definition.number == 1
    assert Kpi.objects.get(pk=kpi.pk).name == "Conversion rate"


def test_terms_that_change_nothing_are_refused(inside):
    kpi = make.agreed(inside)
    with pytest.raises(Refused, match="already"):
        actions.revise(kpi, inside.cio, make.terms())


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"baseline": None}, "baseline"),
        ({"targets": []}, "targets"),
        ({"targets": [Point(make.YEAR_END, "2.00")]}, "targets"),  # equals the baseline
        ({"targets": [Point(make.YEAR_END, "1.00")]}, "targets"),  # the wrong way
        ({"targets": [Point(make.YEAR_START, "3.00")]}, "targets"),  # on the day of the baseline
        ({"targets": [Point(make.YEAR_END, "3"), Point(make.YEAR_END, "4")]}, "targets"),
        ({"direction": "sideways"}, "direction"),
        ({"direction": "band"}, "band"),
        ({"direction": "band", "band_low": 3, "band_high": 2}, "band"),
        ({"green_limit": 20}, "amber_limit"),
    ],
)
def test_terms_without_sense_are_refused_and_nothing_changed(inside, changes, field):
    with pytest.raises(Refused) as refused:
        make.kpi(inside, **changes)
    assert refused.value.field == field
    assert (Kpi.objects.count(), Entry.objects.count()) == (0, 0)


def test_owners_come_from_both_sides(inside):
    for marketing, technology in [
        (inside.cmo, inside.cmo),
        (inside.cio, inside.cmo),
        (inside.viewer, inside.cio),
        (None, inside.cio),
    ]:
        with pytest.raises(Refused) as refused:
            actions.create(inside.cmo, make.terms(), marketing, technology)
        assert refused.value.field == "owners"


def test_a_name_is_taken_once(inside):
    make.kpi(inside)
    with pytest.raises(Refused) as refused:
        make.kpi(inside)
    assert refused.value.field == "name"


def test_a_band_counts_periods_met_over_periods_due(inside):
    kpi = make.agreed(
        inside, "Load time", direction="band", targets=[], baseline=None, band_low="1", band_high="2", band_margin="0.5"
    )
    for month, value in ((4, "1.50"), (5, "2.40"), (6, "2.00"), (7, "0.80")):
        make.confirmed(inside, kpi, date(2026, month, 28), value)
    june = portrait(kpi).on(date(2026, 7, 1))
    assert (june.percent, june.status, june.expected) == (Decimal("66.67"), "green", None)
    august = portrait(kpi).on(date(2026, 8, 1))
    assert (august.percent, august.gap_points, august.status) == (Decimal("50.00"), Decimal("50.00"), "amber")
    missed = portrait(kpi).on(date(2026, 9, 1))  # nothing measured in August: due, and not met
    assert missed.percent == Decimal("40.00")


def test_status_of_today_and_when_the_value_is_too_old(inside):
    kpi = make.agreed(inside)
    make.confirmed(inside, kpi, date(2026, 9, 30), "2.40")
    shown = portrait(kpi)
    today = shown.on(date(2026, 9, 30))  # 182 of 364 days: half of the way
    assert (today.percent, today.expected_percent, today.gap_points) == (
        Decimal("40.00"),
        Decimal("50.00"),
        Decimal("10.00"),
    )
    assert (today.status, today.freshness) == ("amber", "fresh")
    later = shown.on(date(2026, 12, 31))
    assert (later.status, later.freshness, later.value) == ("unknown", "unknown", Decimal("2.40"))
    before = shown.on(date(2026, 9, 29))
    assert (before.status, before.value) == ("unknown", None)


def test_a_status_set_by_hand_ends_by_itself_or_with_the_next_reading(inside):
    kpi = make.agreed(inside)
    make.confirmed(inside, kpi, date(2026, 4, 1), "2.00")
    actions.override(kpi, inside.cmo, "red", "The tracker was broken.", date(2026, 5, 1))
    assert portrait(again(kpi)).standing.status == "red"
    assert portrait(again(kpi), date(2026, 5, 1)).standing.status == "amber"  # 30 of 364 days behind
    make.confirmed(inside, kpi, date(2026, 4, 2), "2.00")
    assert portrait(again(kpi)).standing.status == "green"


def test_both_owners_are_asked_once_for_a_reading_that_is_due(inside):
    from planning.kpis.reminding import remind_of_readings

    kpi = make.agreed(inside)
    with at("2026-05-05 09:00"):
        remind_of_readings(inside.workspace)
        assert not Reminder.objects.exists()
    with at("2026-05-06 09:00"):
        remind_of_readings(inside.workspace)
        remind_of_readings(inside.workspace)
    asked = Reminder.objects.filter(rule="kpis.reading_due").order_by("pk")
    assert {reminder.member for reminder in asked} == {inside.marketing_planner, inside.technology_planner}
    assert [reminder.occurrence for reminder in asked] == ["2026-04-01", "2026-04-01"]
    actions.enter(kpi, inside.cmo, date(2026, 4, 30), "2.10")
    assert {reminder.state for reminder in asked.all()} == {"dropped"}


def test_any_number_of_kpis_takes_the_same_number_of_queries(inside, django_assert_num_queries):
    for number in range(3):
        kpi = make.agreed(inside, f"KPI {number}")
        make.confirmed(inside, kpi, date(2026, 4, 2), "2.10")
    with django_assert_num_queries(4):
        assert len(portfolio(inside.workspace)) == 3


def test_a_definition_that_was_agreed_never_loses_its_days(inside):
    kpi = make.agreed(inside)
    actions.retire(kpi, inside.cmo, "The shop is sold.")
    assert Definition.objects.get(kpi=kpi).state == "agreed"
    assert not portfolio(inside.workspace)
    make.kpi(inside)  # the name is free again
