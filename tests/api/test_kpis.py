"""KPIs by program: the same rules, values and percentages as text."""

import hashlib
import json

import pytest
from django.test import Client

from planning.kpis.models import Kpi, Reading
from planning.people.models import ApiToken
from planning.people.scope import scope

KPIS = "/api/v1/acme/kpis"


class Program:
    """Somebody's token at the door."""

    def __init__(self, member):
        secret = f"secret of {member.email}"
        with scope(member.workspace):
            ApiToken.objects.create(
                workspace=member.workspace,
                member=member,
                label="test",
                secret_hash=hashlib.sha256(secret.encode()).hexdigest(),
            )
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def post(self, path, **body):
        answer = self.client.post(path, json.dumps(body), content_type="application/json")
        return answer.status_code, answer.json()

    def get(self, path):
        answer = self.client.get(path)
        return answer.json() if answer.status_code == 200 else answer.status_code


@pytest.fixture
def cmo(cast):
    return Program(cast.cmo)


@pytest.fixture
def cio(cast):
    return Program(cast.cio)


COST = {
    "name": "Acquisition cost", "unit": "GBP", "direction": "decrease", "baseline": "48.00",
    "baseline_on": "2026-01-01",
    "targets": [{"on": "2026-07-01", "value": "44.00"}, {"on": "2026-12-31", "value": "38.00"}],
}  # fmt: skip


@pytest.fixture
def cost(cast, cmo):
    owners = {"marketing": cast.cmo.email, "technology": cast.technology_planner.email}
    status, body = cmo.post(KPIS, **COST, owners=owners)
    assert status == 201
    return body["id"]


def counted(cost, cmo, cio, on, value):
    _status, reading = cmo.post(f"{KPIS}/{cost}/readings", on=on, value=value, confirm=True)
    _status, reading = cio.post(f"/api/v1/acme/readings/{reading['id']}/confirmations", verdict="confirm")
    assert reading["state"] == "confirmed"
    return reading


def test_a_kpi_as_it_was_defined(cast, cmo, cost):
    body = cmo.get(f"{KPIS}/{cost}?on=2026-07-01")
    assert body["owners"] == {"marketing": cast.cmo.email, "technology": cast.technology_planner.email}
    assert [target["value"] for target in body["targets"]] == ["44.00", "38.00"]
    assert (body["state"], body["version"], body["value"], body["progress"]) == ("proposed", 1, None, None)
    assert (body["status"], body["freshness"]) == ("unknown", "unknown")


def test_how_it_stands_on_a_day(cmo, cio, cost):
    counted(cost, cmo, cio, "2026-06-30", "44.50")
    body = cmo.get(f"{KPIS}/{cost}?on=2026-07-01")
    assert (body["value"], body["expected"]) == ("44.50", "44.00")
    assert (body["progress"], body["expected_progress"], body["gap"]) == ("35.00", "40.00", "5.00")
    assert (body["status"], body["freshness"]) == ("green", "fresh")
    assert cmo.get(f"{KPIS}/{cost}?on=2026-06-29")["value"] is None
    assert cmo.get(f"{KPIS}/{cost}?on=2026-08-20")["status"] == "red"  # 56.39 % expected
    assert cmo.get(f"{KPIS}/{cost}?on=2026-12-31")["freshness"] == "unknown"


def test_a_reading_counts_with_both_words(cmo, cio, cost):
    status, reading = cmo.post(f"{KPIS}/{cost}/readings", on="2026-06-30", value="44.5")
    assert (status, reading["state"], reading["value"]) == (201, "entered", "44.50")
    words = f"/api/v1/acme/readings/{reading['id']}/confirmations"
    assert cmo.post(words, verdict="confirm")[1]["state"] == "half-confirmed"
    assert cmo.post(words, verdict="confirm")[0] == 422
    assert cio.post(words, verdict="confirm")[1]["state"] == "confirmed"


def test_a_dispute_keeps_the_other_value(cmo, cio, cost):
    _status, reading = cmo.post(f"{KPIS}/{cost}/readings", on="2026-06-30", value="38.20", confirm=True)
    words = f"/api/v1/acme/readings/{reading['id']}/confirmations"
    status, problem = cio.post(words, verdict="dispute")
    assert (status, problem["errors"][0]["field"]) == (422, "reason")
    _status, disputed = cio.post(words, verdict="dispute", reason="Returns are left out.", value="44.10")
    assert (disputed["state"], disputed["counts"]) == ("disputed", False)
    assert disputed["confirmations"][-1]["value"] == "44.10"


def test_an_older_version_is_stale(cmo, cio, cost):
    _status, reading = cmo.post(f"{KPIS}/{cost}/readings", on="2026-06-30", value="44.50")
    cmo.post(f"{KPIS}/{cost}/readings", on="2026-06-30", value="44.60")
    status, problem = cio.post(f"/api/v1/acme/readings/{reading['id']}/confirmations", verdict="confirm")
    assert (status, problem["difference"][0]["after"]) == (409, "44.6")


def test_both_keys_by_program(cmo, cio, cost):
    signatures = f"{KPIS}/{cost}/signatures"
    assert cmo.post(signatures, version=2)[0] == 409
    assert cio.post(signatures, version=1, seat="marketing")[0] == 403
    assert cmo.post(signatures, version=1)[1]["state"] == "proposed"
    assert cio.post(signatures, version=1)[1]["state"] == "agreed"


def test_the_forecast_goes_on_as_it_went(cmo, cio, cost):
    for on, value in (("2026-01-31", "47.00"), ("2026-03-02", "46.00"), ("2026-04-01", "45.00")):
        counted(cost, cmo, cio, on, value)
    early = cmo.get(f"{KPIS}/{cost}/forecast?on=2026-03-31")
    assert (early["value"], early["readings"]) == (None, 2)
    body = cmo.get(f"{KPIS}/{cost}/forecast?on=2026-05-01")
    assert (body["value"], body["low"], body["high"], body["readings"]) == ("44.00", "44.00", "44.00", 3)
    assert (body["target"]["on"], body["target_value"]) == ("2026-12-31", "38.00")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"targets": [{"on": "2026-12-31", "value": "48.00"}]}, "targets"),
        ({"targets": []}, "targets"),
        ({"baseline": None}, "baseline"),
        ({"baseline": "much"}, "body.baseline"),
        ({"direction": "band"}, "band"),
        ({"owners": {"technology": "nobody@acme.example"}}, "owners.technology"),
        ({"name": "x\0"}, "name"),
    ],
)
def test_what_has_no_sense_is_refused_by_field_and_nothing_changed(cast, cmo, changes, field):
    status, problem = cmo.post(KPIS, **(COST | changes))
    assert status == 422
    assert problem["errors"][0]["field"].endswith(field.split(".")[-1])
    with scope(cast.workspace):
        assert not Kpi.objects.exists()


def test_a_band(cmo, cio):
    band = {"low": "1.0", "high": "2.5", "margin": "0.5"}
    body = COST | {"name": "Load time", "direction": "band", "band": band, "unit": "s", "targets": [], "baseline": None}
    _status, made = cmo.post(KPIS, **body)
    for on, value in (("2026-01-31", "2.0"), ("2026-02-28", "2.8"), ("2026-03-31", "2.5"), ("2026-04-30", "1.1")):
        counted(made["id"], cmo, cio, on, value)
    body = cmo.get(f"{KPIS}/{made['id']}?on=2026-05-01")
    assert (body["progress"], body["expected_progress"], body["gap"], body["status"]) == (
        "75.00",
        "100.00",
        "25.00",
        "green",
    )
    assert body["band"] == {"low": "1.0", "high": "2.5", "margin": "0.5"}


def test_who_only_reads_does_not_write(cast, cost):
    viewer = Program(cast.viewer)
    assert viewer.get(KPIS)["count"] == 1
    assert viewer.post(f"{KPIS}/{cost}/readings", on="2026-06-30", value="1")[0] == 403
    with scope(cast.workspace):
        assert not Reading.objects.exists()


def test_somebody_elses_is_not_there(cast, cost):
    stranger = Program(cast.stranger)
    assert stranger.get(f"/api/v1/not-acme/kpis/{cost}") == 404
    assert stranger.get(f"{KPIS}/{cost}") == 404
