"""The pages: what people see of a KPI, and what they can do there."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from planning.kpis import actions
from planning.kpis.models import Kpi, Reading
from planning.people.scope import scope
from planning.shared import clock
from tests.kpis import make

JULY = date(2026, 7, 31)
AUTUMN = datetime(2026, 8, 3, 10, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def autumn():
    with clock.at(AUTUMN):
        yield


def made_for_all(cast):
    with clock.at(AUTUMN):
        kpi = make.agreed(cast)
        for month, value in ((4, "2.05"), (5, "2.12"), (6, "2.31")):
            make.confirmed(cast, kpi, date(2026, month, 28), value)
    return kpi


@pytest.fixture
def kpi(made):
    return made


def test_the_list_names_both_owners_and_where_it_stands(cast, kpi, as_):
    page = as_(cast.viewer).get("/acme/kpis/").content.decode()
    assert "Conversion rate" in page
    assert page.index("Jonas Weber") < page.index("Elena Rossi")
    assert "On track" in page
    assert "2.31" in page


def test_an_empty_list_says_what_to_do(cast, as_):
    page = as_(cast.cmo).get("/acme/kpis/").content.decode()
    assert "Start with an outcome that both sides want to move." in page


def test_the_list_exports(cast, kpi, as_):
    file = as_(cast.viewer).get("/acme/kpis/?export=csv")
    rows = b"".join(file.streaming_content).decode() if file.streaming else file.content.decode()
    assert "Conversion rate" in rows
    assert "2.31" in rows


def test_it_can_be_narrowed_to_what_is_off_track(cast, kpi, as_):
    assert "Nothing matches" in as_(cast.viewer).get("/acme/kpis/?status=red").content.decode()


def test_a_reading_is_entered_confirmed_and_counts(cast, kpi, as_):
    sent = {"on": "2026-07-31", "value": "2.40", "note": "", "confirm": "on"}
    answer = as_(cast.marketing_planner).post(f"/acme/kpis/{kpi.pk}/readings", sent)
    assert (answer.status_code, answer["Location"]) == (302, f"/acme/kpis/{kpi.pk}")
    with scope(cast.workspace):
        reading = Reading.objects.get(on=JULY)
    other = as_(cast.technology_planner)
    assert f"/acme/kpis/readings/{reading.pk}/confirmation" in other.get("/acme/kpis/").content.decode()
    other.post(f"/acme/kpis/readings/{reading.pk}/confirmation")
    page = other.get(f"/acme/kpis/{kpi.pk}").content.decode()
    assert "2.40" in page
    assert f"/acme/kpis/readings/{reading.pk}/confirmation" not in page


def test_a_day_to_come_is_a_slip(cast, kpi, as_):
    answer = as_(cast.cmo).post(f"/acme/kpis/{kpi.pk}/readings", {"on": "2062-07-31", "value": "2.40"})
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()


def test_a_dispute_is_read_by_the_other_side(cast, kpi, as_):
    with scope(cast.workspace):
        reading = actions.enter(kpi, cast.marketing_planner, JULY, "38.20", confirm=True)
    cio = as_(cast.cio)
    assert cio.post(f"/acme/kpis/readings/{reading.pk}/dispute", {"reason": ""}).status_code == 422
    cio.post(f"/acme/kpis/readings/{reading.pk}/dispute", {"reason": "Returns are left out.", "value": "44.10"})
    page = as_(cast.cmo).get(f"/acme/kpis/{kpi.pk}").content.decode()
    for words in ("Returns are left out.", "44.10", "38.20", "disputed", "Daniel Osei"):
        assert words in page


FORM = {
    "name": "Return rate", "direction": "decrease", "unit": "%", "cadence": "month", "grace_days": "5",
    "source": "typed",
    "baseline": "8.0", "baseline_on": "2026-04-01", "green_limit": "5", "amber_limit": "15",
    "targets-TOTAL_FORMS": "2", "targets-INITIAL_FORMS": "0", "targets-0-on": "2027-03-31", "targets-0-value": "6.0",
    "targets-0-interpolation": "linear", "targets-1-on": "", "targets-1-value": "", "targets-1-interpolation": "linear",
}  # fmt: skip


def test_a_kpi_is_defined_and_signed_by_both(cast, as_):
    cmo, cio = as_(cast.cmo), as_(cast.cio)
    owners = {"marketing_owner": cast.cmo.pk, "technology_owner": cast.technology_planner.pk}
    place = cmo.post("/acme/kpis/new", FORM | owners)["Location"]
    for client, seat in ((cmo, "marketing"), (cio, "technology")):
        assert f"Approve for {seat}" in client.get(place).content.decode()
        client.post(f"{place}/signatures", {"seat": seat, "verdict": "approve", "version": "1"})
    page = cio.get(place).content.decode()
    assert "Approve for" not in page
    assert "Definition, version 1" in page
    changed = cio.post(f"{place}/definition", FORM | {"targets-0-value": "5.5"})
    assert changed.status_code == 302
    page = cmo.get(place).content.decode()
    assert "Version 2 of the definition waits for both keys" in page
    assert "6.0 (2027-03-31)" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"targets-0-value": "8.0"}, "equals the baseline"),
        ({"targets-0-value": "9.0"}, "above the baseline"),
        ({"targets-0-value": ""}, "both a day and a value"),
        ({"name": ""}, "required"),
        ({"targets-TOTAL_FORMS": "x"}, "ManagementForm"),
    ],
)
def test_a_definition_without_sense_comes_back_with_what_is_wrong(cast, as_, changes, sentence):
    owners = {"marketing_owner": cast.cmo.pk, "technology_owner": cast.technology_planner.pk}
    answer = as_(cast.cmo).post("/acme/kpis/new", FORM | owners | changes)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    with scope(cast.workspace):
        assert not Kpi.objects.exists()


def test_what_viewers_cannot_do(cast, kpi, as_):
    viewer = as_(cast.viewer)
    assert "Add reading" not in viewer.get(f"/acme/kpis/{kpi.pk}").content.decode()
    assert viewer.post(f"/acme/kpis/{kpi.pk}/readings", {"on": "2026-07-31", "value": "1"}).status_code == 403


def test_a_page_costs_few_queries_however_long_the_history(cast, kpi, as_, django_assert_max_num_queries):
    with scope(cast.workspace):
        for day in range(1, 29):
            actions.enter(kpi, cast.marketing_planner, date(2026, 7, day), f"2.{day:02}", confirm=True)
        actions.revise(kpi, cast.cio, make.terms(unit="per cent"))
    client = as_(cast.cmo)
    for place in ("/acme/kpis/", f"/acme/kpis/{kpi.pk}?all", "/acme/kpis/new", f"/acme/kpis/{kpi.pk}/definition"):
        client.get(place)
        with django_assert_max_num_queries(15):
            assert client.get(place).status_code == 200
