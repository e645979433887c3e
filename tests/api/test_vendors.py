"""Vendors and contracts through the API: shapes, spellings, dates."""

import json

import pytest

from planning.people.scope import scope
from planning.vendors.merging.acting import merge
from planning.vendors.models import Vendor
from tests.api.test_purchases import send, tokens  # noqa: F401 - a fixture


@pytest.fixture
def elena(cast, tokens):  # noqa: F811
    return tokens(cast.technology_planner)


def test_a_name_is_one_vendor_in_every_spelling(elena):
    status, vendor = send(
        elena, "post", "vendors", {"name": "Northwind Ltd", "aliases": ["NWD Cards"], "data_class": "personal"}
    )
    assert (status, vendor["name"], vendor["aliases"]) == (201, "Northwind Ltd", ["NWD Cards"])
    for spelling in ("NORTHWIND LIMITED (UK)", "nwd cards."):
        status, problem = send(elena, "post", "vendors", {"name": spelling})
        assert (status, "Northwind Ltd" in problem["detail"]) == (422, True)
    status, vendor = send(elena, "patch", f"vendors/{vendor['id']}", {"standing": "preferred", "aliases": ["NW"]})
    assert (status, vendor["standing"], vendor["aliases"]) == (200, "preferred", ["NW"])


def test_a_contract_answers_for_any_day(elena):
    vendor = send(elena, "post", "vendors", {"name": "Northwind"})[1]
    terms = {
        "title": "Platform", "starts_on": "2025-01-31", "term_months": 12, "renewal": "tacit", "renewal_months": 1,
        "notice": {"count": 1, "unit": "months"}, "value": "312000.00", "currency": "GBP",
    }  # fmt: skip
    status, contract = send(elena, "post", f"vendors/{vendor['id']}/contracts", terms)
    assert (status, contract["value"]) == (201, "312000.00")
    status, problem = send(elena, "post", f"vendors/{vendor['id']}/contracts", terms | {"currency": "XQW"})
    assert (status, "“XQW” is no currency we know" in problem["detail"]) == (422, True)

    def on(day):
        answer = json.loads(elena.get(f"/api/v1/acme/contracts/{contract['id']}?on={day}").content)
        return answer["ends_on"], answer["notice_by"], answer["state"]

    assert on("2025-06-01") == ("2026-01-31", "2025-12-31", "active")
    assert on("2026-01-15") == ("2026-01-31", "2025-12-31", "renewing")
    assert on("2026-01-31") == ("2026-02-28", "2026-01-31", "active")
    assert on("2026-02-28") == ("2026-03-31", "2026-02-28", "active")
    assert on("2024-12-31")[2] == "upcoming"


def test_a_viewer_reads_and_writes_nothing(cast, tokens):  # noqa: F811
    viewer = tokens(cast.viewer)
    assert viewer.get("/api/v1/acme/vendors").json() == {"count": 0, "next": None, "results": []}
    assert send(viewer, "post", "vendors", {"name": "Northwind"})[0] == 403


def test_the_address_of_a_merged_vendor_answers_with_the_one_that_was_kept(cast, elena):
    gone, kept = (send(elena, "post", "vendors", {"name": name})[1]["id"] for name in ("North Wind", "Northwind"))
    with scope(cast.workspace):
        merge(Vendor.objects.get(pk=gone), Vendor.objects.get(pk=kept), cast.cio)
    answer = json.loads(elena.get(f"/api/v1/acme/vendors/{gone}").content)
    assert (answer["id"], answer["aliases"]) == (kept, ["North Wind"])
    assert [one["id"] for one in json.loads(elena.get("/api/v1/acme/vendors").content)["results"]] == [kept]
