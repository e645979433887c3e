"""A reading counts when a person from each side has confirmed it; a disputed one is hollow."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from planning.kpis import actions
from planning.kpis.agenda import red, unconfirmed
from planning.kpis.models import Reading
from planning.kpis.queries import portrait
from planning.notices.models import Notice
from planning.people.scope import scope
from planning.shared import clock
from planning.shared.refusals import NotYours, Refused, Stale
from planning.trail.models import Entry
from tests.kpis import make

JULY = date(2026, 7, 31)
AUTUMN = datetime(2026, 8, 3, 10, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def autumn():
    """It is 3 August 2026, ten in the morning in London."""
    with clock.at(AUTUMN):
        yield


def made_for_all(cast):
    with clock.at(AUTUMN):
        return make.agreed(cast)


@pytest.fixture
def kpi(made):
    return made


def value_of(kpi):
    return portrait(kpi).standing.value


def test_entered_half_confirmed_confirmed(inside, kpi):
    reading = actions.enter(kpi, inside.finance, JULY, "2.30")
    assert (reading.state, value_of(kpi)) == ("entered", None)
    assert actions.confirm(reading, inside.cmo).state == "half-confirmed"
    assert value_of(kpi) is None
    assert actions.confirm(reading, inside.technology_planner).state == "confirmed"
    assert value_of(kpi) == Decimal("2.30")


def test_one_side_does_not_confirm_twice(inside, kpi):
    reading = actions.enter(kpi, inside.marketing_planner, JULY, "2.30", confirm=True)
    with pytest.raises(Refused, match="Marketing has confirmed"):
        actions.confirm(reading, inside.cmo)
    assert Reading.objects.get(pk=reading.pk).state == "half-confirmed"


@pytest.mark.parametrize("person", ["finance", "sponsor", "viewer", "auditor"])
def test_only_the_two_sides_confirm(inside, kpi, person):
    reading = actions.enter(kpi, inside.marketing_planner, JULY, "2.30")
    entries = Entry.objects.count()
    with pytest.raises(NotYours):
        actions.confirm(reading, getattr(inside, person))
    assert (Reading.objects.get(pk=reading.pk).state, Entry.objects.count()) == ("entered", entries)


def test_a_disputed_reading_does_not_count_and_says_what_it_should_be(inside, kpi):
    reading = actions.enter(kpi, inside.marketing_planner, JULY, "38.20", confirm=True)
    disputed = actions.dispute(reading, inside.cio, "Returns are not counted.", "44.10")
    assert (disputed.state, value_of(kpi)) == ("disputed", None)
    word = disputed.confirmations.get(side="technology")
    assert (word.alternative, word.reason) == (Decimal("44.10"), "Returns are not counted.")
    assert list(unconfirmed(inside.workspace)) == [reading]


def test_a_dispute_says_why(inside, kpi):
    reading = actions.enter(kpi, inside.marketing_planner, JULY, "2.30")
    with pytest.raises(Refused) as refused:
        actions.dispute(reading, inside.cio, "  ")
    assert refused.value.field == "reason"


def test_who_disputed_can_take_it_back_and_others_cannot(inside, kpi):
    reading = actions.enter(kpi, inside.marketing_planner, JULY, "2.30", confirm=True)
    actions.dispute(reading, inside.cio, "Not ours.")
    with pytest.raises(Refused):
        actions.confirm(reading, inside.cmo)
    assert actions.confirm(reading, inside.technology_planner).state == "confirmed"


def test_a_confirmed_value_is_changed_by_a_new_version_and_counts_until_that_is_confirmed(inside, kpi):
    first = make.confirmed(inside, kpi, JULY, "2.30")
    with pytest.raises(Refused, match="new version"):
        actions.dispute(first, inside.cio, "Late orders.")
    second = actions.enter(kpi, inside.technology_planner, JULY, "2.10", confirm=True)
    assert (second.version, second.state, value_of(kpi)) == (2, "half-confirmed", Decimal("2.30"))
    actions.confirm(second, inside.cmo)
    assert value_of(kpi) == Decimal("2.10")
    assert Reading.objects.get(pk=first.pk).value == Decimal("2.30")  # the old one is kept


def test_confirming_an_older_version_is_stale_with_the_difference(inside, kpi):
    first = actions.enter(kpi, inside.marketing_planner, JULY, "2.30", confirm=True)
    actions.enter(kpi, inside.marketing_planner, JULY, "2.40", confirm=True)
    with pytest.raises(Stale) as stale:
        actions.confirm(first, inside.cio)
    assert stale.value.difference == [{"field": "value", "before": "2.3", "after": "2.4"}]


def test_the_other_sides_owner_is_told_that_a_reading_waits(inside, kpi):
    Notice.objects.all().delete()
    actions.enter(kpi, inside.marketing_planner, JULY, "2.30", confirm=True)
    told = Notice.objects.get()
    assert (told.member, told.needs) == (inside.technology_planner, True)
    assert told.entry.after == {"value": "2.3", "version": 1, "state": "half-confirmed"}


@pytest.mark.parametrize("value", ["x", "", "NaN", "1e20", "0.1234567"])
def test_what_is_no_value_is_refused(inside, kpi, value):
    with pytest.raises(Refused):
        actions.enter(kpi, inside.cmo, JULY, value)
    assert not Reading.objects.exists()


def test_a_fed_reading_counts_unless_disputed_within_five_business_days(inside):
    kpi = make.agreed(inside, "Page speed", source="fed")
    reading = actions.enter(kpi, inside.technology_planner, JULY, "2.30")
    assert (reading.state, value_of(kpi)) == ("counted", Decimal("2.30"))
    with clock.at(datetime(2026, 8, 11, 10, tzinfo=ZoneInfo("Europe/London"))), pytest.raises(Refused):
        actions.dispute(reading, inside.cmo, "Too late to say.")
    with clock.at(datetime(2026, 8, 10, 9, tzinfo=ZoneInfo("Europe/London"))):
        assert actions.dispute(reading, inside.cmo, "Measured on the wrong pages.").state == "disputed"


def test_what_is_off_track_comes_first_on_the_agenda(inside, kpi):
    make.confirmed(inside, kpi, JULY, "1.90")
    other = make.agreed(inside, "Consent rate")
    make.confirmed(inside, other, JULY, "2.01")
    make.confirmed(inside, make.agreed(inside, "On its way"), JULY, "2.34")
    assert [one.kpi for one in red(inside.workspace)] == [kpi, other]


def test_another_workspace_sees_none_of_it(inside, kpi):
    make.confirmed(inside, kpi, JULY, "2.30")
    with scope(inside.other):
        assert not Reading.objects.exists()
