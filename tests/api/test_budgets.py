"""Programs plan, sign, move and compare through the same actions as people."""

import hashlib
import uuid
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from planning.budgets import actions, postings, promises
from planning.budgets.models import Line
from planning.calendar.actions import add_rate
from planning.people.models import ApiToken
from planning.people.scope import scope

LINE = {
    "name": "Web shop",
    "side": "joint",
    "category": "Commerce",
    "total": "1000.01",
    "spread": "even",
    "shares": {"marketing": 60, "technology": 40},
}


class Program:
    """A token and short words for what it does."""

    def __init__(self, member):
        self.secret = str(uuid.uuid4())
        with scope(member.workspace):
            ApiToken.objects.create(
                workspace=member.workspace,
                member=member,
                label="test",
                secret_hash=hashlib.sha256(self.secret.encode()).hexdigest(),
            )

    @property
    def client(self):
        return Client(headers={"Authorization": f"Bearer {self.secret}"})

    def get(self, path):
        return self.client.get(f"/api/v1/acme/{path}")

    def post(self, path, body=None, **headers):
        return self.client.post(
            f"/api/v1/acme/{path}", body or {}, content_type="application/json", headers=headers or None
        )

    def patch(self, path, body, **headers):
        return self.client.patch(f"/api/v1/acme/{path}", body, content_type="application/json", headers=headers or None)


def made_for_all(cast):
    """Three programs, and a draft with one line that the first of them made."""
    made = SimpleNamespace(everybody=[Program(member) for member in (cast.cmo, cast.cio, cast.finance)])
    made.budget = added(made.everybody[0], "budgets", {"year": 2027, "name": "Joint plan"})
    made.line = added(made.everybody[0], f"budgets/{made.budget['id']}/lines", LINE)
    return made


def added(program, path, body):
    answer = program.post(path, body)
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.fixture
def everybody(made):
    return made.everybody


@pytest.fixture
def cmo(everybody):
    return everybody[0]


@pytest.fixture
def budget(made):
    return made.budget


@pytest.fixture
def line(made):
    return made.line


@pytest.fixture
def agreed(everybody, budget, line):
    version = everybody[0].post(f"budgets/{budget['id']}/proposal").json()["version"]
    for program in everybody:
        answer = program.post(
            f"budgets/{budget['id']}/signatures", {"version": version, "verdict": "approve", "note": ""}
        )
        assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_budget_has_the_shape_that_others_rely_on(budget):
    assert {name: budget[name] for name in ("year", "name", "state", "version")} == {
        "year": 2027,
        "name": "Joint plan",
        "state": "draft",
        "version": 1,
    }


def test_a_line_is_split_over_months_and_sides_to_the_penny(line):
    assert line["months"] == ["83.34"] * 5 + ["83.33"] * 7
    assert line["shares"] == {
        "marketing": {"percent": "60", "amount": "600.01"},
        "technology": {"percent": "40", "amount": "400.00"},
    }
    assert (line["side"], line["category"], line["total"], line["version"]) == ("joint", "Commerce", "1000.01", 1)


def test_twelve_months_in_either_spelling(cmo, budget):
    months = [f"{number}.00" for number in range(1, 13)]
    for spread in ({"months": months}, {"spread": {"months": months}}):
        body = {"name": "Peak", "side": "technology", "category": "Hosting", "total": "78.00"} | spread
        assert cmo.post(f"budgets/{budget['id']}/lines", body).json()["months"] == months


@pytest.mark.parametrize("change", [
    {"total": 10.5}, {"total": "10.001"}, {"shares": {"marketing": 60, "technology": 41}}, {"side": "finance"},
    {"months": ["1.00"] * 12},
    {"name": ""},
])  # fmt: skip
def test_what_is_wrong_is_422_and_adds_nothing(cmo, budget, change):
    answer = cmo.post(
        f"budgets/{budget['id']}/lines", {key: value for key, value in LINE.items() if key != "spread"} | change
    )
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"]
    assert cmo.get(f"budgets/{budget['id']}/lines").json()["count"] == 1


def test_both_keys_and_finance_put_it_in_force(agreed, line, cmo):
    assert agreed["state"] == "agreed"
    assert {seat["seat"]: seat["state"] for seat in agreed["seats"]} == {
        "marketing": "approved",
        "technology": "approved",
        "finance": "approved",
    }
    room = cmo.get(f"lines/{line['id']}/availability").json()
    assert (room["plan"], room["available"], room["by_side"]["marketing"]["plan"]) == ("1000.01", "1000.01", "600.01")


def test_a_stale_signature_is_409_with_the_difference(cmo, everybody, budget, line, cast):
    cmo.post(f"budgets/{budget['id']}/proposal")
    everybody[1].post(f"budgets/{budget['id']}/signatures", {"version": 1, "verdict": "reject", "note": "Too much"})
    assert cmo.get(f"budgets/{budget['id']}").json()["state"] == "returned"
    assert cmo.patch(f"lines/{line['id']}", {"version": 1, "total": "900.00"}).json()["total"] == "900.00"
    assert cmo.post(f"budgets/{budget['id']}/proposal").json()["version"] == 2
    answer = cmo.post(f"budgets/{budget['id']}/signatures", {"version": 1, "verdict": "approve"})
    assert answer.status_code == 409
    assert any(row["field"].endswith("total") for row in answer.json()["difference"])


def test_a_planner_signs_nothing(cast, cmo, budget, line):
    cmo.post(f"budgets/{budget['id']}/proposal")
    answer = Program(cast.marketing_planner).post(
        f"budgets/{budget['id']}/signatures", {"version": 1, "verdict": "approve"}
    )
    assert answer.status_code == 403


def test_a_line_changed_by_somebody_else_is_409(cmo, line):
    assert cmo.patch(f"lines/{line['id']}", {"version": 1, "name": "Shop"}).json()["version"] == 2
    assert cmo.patch(f"lines/{line['id']}", {"version": 1, "name": "Store"}).status_code == 409


def test_the_same_as_if_match_with_the_etag_that_was_read(cmo, line):
    tag = cmo.get(f"lines/{line['id']}")["ETag"]
    changed = cmo.patch(f"lines/{line['id']}", {"name": "Shop"}, **{"If-Match": tag})
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    assert cmo.patch(f"lines/{line['id']}", {"name": "Store"}, **{"If-Match": tag}).status_code == 409
    assert cmo.patch(f"lines/{line['id']}", {"name": "Store"}, **{"If-Match": "*"}).json()["name"] == "Store"


def test_a_line_has_an_owner_by_e_mail(cmo, cast, line):
    owner = cast.marketing_planner.email
    assert cmo.patch(f"lines/{line['id']}", {"owner": owner.upper()}).json()["owner"] == owner
    refused = cmo.patch(f"lines/{line['id']}", {"owner": "nobody@acme.example"})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "owner")
    assert cmo.patch(f"lines/{line['id']}", {"owner": None}).json()["owner"] is None


def test_lists_are_filtered_and_ask_the_same_however_many_lines(cmo, budget, line, django_assert_max_num_queries):
    for number in range(3):
        body = LINE | {"name": f"Server {number}", "side": "technology", "category": "Hosting", "shares": None}
        cmo.post(f"budgets/{budget['id']}/lines", body)
    named = lambda query: [row["name"] for row in cmo.get(f"budgets/{budget['id']}/lines?{query}").json()["results"]]  # noqa: E731
    assert named("side=joint") == named("category=commerce") == ["Web shop"]
    assert named("side=technology&category=Commerce") == []
    found = cmo.get("budgets?year=2027&state=draft").json()["results"]
    assert [one["id"] for one in found] == [budget["id"]]
    assert cmo.get("budgets?year=2026").json()["count"] == 0
    with CaptureQueriesContext(connection) as one:
        named("size=1")
    with django_assert_max_num_queries(len(one)):
        assert len(named("size=500")) == 4


def test_a_transfer_of_several_parts_sums_to_zero(cmo, everybody, budget, line):
    others = [
        cmo.post(f"budgets/{budget['id']}/lines", LINE | {"name": name}).json()["id"] for name in ("Ads", "Fairs")
    ]
    cmo.post(f"budgets/{budget['id']}/proposal")
    for program in everybody:
        program.post(f"budgets/{budget['id']}/signatures", {"version": 1, "verdict": "approve"})
    parts = [{"line": one, "amount": amount} for one, amount in zip(others, ("30.00", "12.50"), strict=True)]
    body = {"from": line["id"], "to": parts, "reason": "Two wishes"}
    move = lambda **changes: cmo.post(f"budgets/{budget['id']}/transfers", body | changes)  # noqa: E731
    assert move(amount="42.51").status_code == 422
    assert move(to=others[0]).json()["errors"][0]["field"] == "amount"
    made = move()
    assert made.status_code == 201, made.content
    by_line = {}
    for part in made.json()["parts"]:
        by_line[part["line"]] = by_line.get(part["line"], 0) + D(part["amount"])
    assert by_line == {line["id"]: D("-42.50"), others[0]: D("30.00"), others[1]: D("12.50")}
    back = move(**{"from": parts, "to": line["id"], "amount": None})
    assert (back.status_code, back.json()["amount"]) == (201, "42.50")


def test_a_change_of_an_agreed_line_stands_beside_what_is_in_force(cmo, agreed, line):
    body = cmo.patch(f"lines/{line['id']}", {"version": 1, "total": "1200.00"}).json()
    assert (body["total"], body["change"]["total"], body["version"]) == ("1000.01", "1200.00", 2)
    refused = cmo.post(f"budgets/{agreed['id']}/proposal")
    assert refused.status_code == 422
    assert cmo.post(f"budgets/{agreed['id']}/proposal", {"reason": "The app"}).json()["version"] == 2


def test_a_transfer_across_sides_asks_both_keys(cmo, everybody, budget, line):
    other = cmo.post(
        f"budgets/{budget['id']}/lines", LINE | {"name": "Hosting", "side": "technology", "shares": {"technology": 100}}
    ).json()
    version = cmo.post(f"budgets/{budget['id']}/proposal").json()["version"]
    for program in everybody:
        program.post(f"budgets/{budget['id']}/signatures", {"version": version, "verdict": "approve"})
    asked = {"from": line["id"], "to": other["id"], "amount": "100.00", "reason": "Peak traffic"}
    once = {"Idempotency-Key": "one"}
    first = cmo.post(f"budgets/{budget['id']}/transfers", asked, **once)
    again = cmo.post(f"budgets/{budget['id']}/transfers", asked, **once)
    assert first.status_code == 201, first.content
    assert first.json() == again.json()
    body = first.json()
    assert (body["from"], body["to"], body["state"]) == (line["id"], other["id"], "proposed")
    assert sum(D(part["amount"]) for part in body["parts"]) == 0
    assert cmo.get(f"lines/{line['id']}/availability").json()["reserved"] == "100.00"
    for program in everybody[:2]:
        done = program.post(f"transfers/{body['id']}/signatures", {"version": 1, "verdict": "approve"})
    assert done.json()["state"] == "done"
    assert cmo.get(f"lines/{other['id']}/availability").json()["transferred"] == "100.00"
    short = cmo.post(f"budgets/{budget['id']}/transfers", asked | {"amount": "5000.00"})
    assert short.status_code == 422
    assert "is short by" in short.json()["detail"]


def test_variance_by_side_category_line_vendor_and_month(cmo, cast, agreed, line):
    with scope(cast.workspace):
        months = months_of(line)
        postings.post_actuals(cast.workspace, [(line["id"], months[0], D("90.00"))], "spend.import:1", "1")
        promises.reserve(uuid.uuid4(), [(line["id"], months[1], D("10.00"))], cast.cmo, "purchases.purchase:1")
    for by in ("side", "category", "line", "vendor", "month"):
        body = cmo.get(f"budgets/{agreed['id']}/variance?by={by}&through={months[0]:%Y-%m}").json()
        assert (body["total"]["plan"], body["total"]["actual"], body["total"]["variance"]) == ("83.34", "90.00", "6.66")
    sides = {
        row["key"]: row["actual"]
        for row in cmo.get(f"budgets/{agreed['id']}/variance?by=side&through={months[0]:%Y-%m}").json()["rows"]
    }
    assert sides == {"marketing": "54.00", "technology": "36.00"}
    assert cmo.get(f"budgets/{agreed['id']}/variance?by=side&through=1999-01").status_code == 422


def months_of(line):
    return Line.objects.select_related("budget__workspace").get(pk=line["id"]).budget.months


def test_nothing_of_another_workspace_is_found(cmo, cast):
    with scope(cast.other):
        theirs = actions.create_budget(cast.stranger, 2027, "Theirs")
    assert cmo.get(f"budgets/{theirs.pk}").status_code == 404
    assert cmo.post(f"budgets/{theirs.pk}/lines", LINE).status_code == 404


def test_a_line_says_everything_and_reads_back_the_same(cast):
    with scope(cast.workspace):
        add_rate(cast.finance, "EUR", cast.workspace.today(), "0.80", "ECB")
        actions.add_dimension(cast.cmo, "Region")
    cmo = Program(cast.cmo)
    budget = cmo.post("budgets", {"year": 2027, "name": "Joint plan"}).json()
    months = [f"2026-{month:02}" for month in range(4, 13)]
    said = {
        "name": "Fairs", "side": "marketing", "category": "Events", "original": {"currency": "EUR", "total": "1000.00"},
        "spread": {"from": months[0], "until": months[1]}, "cost_centre": "4711", "account": "6600",
        "dimensions": {"Region": "North"}, "placeholder": True,
    }  # fmt: skip
    line = cmo.post(f"budgets/{budget['id']}/lines", said).json()
    assert (line["total"], line["months"][:3]) == ("800.00", ["400.00", "400.00", "0.00"])
    assert line["original"]["rate"] == "0.8"
    assert {name: line[name] for name in ("cost_centre", "account", "dimensions", "placeholder")} == {
        name: said[name] for name in ("cost_centre", "account", "dimensions", "placeholder")
    }
    changed = cmo.patch(f"lines/{line['id']}", {"original": None, "total": "900.00", "spread": {"once": months[2]}})
    assert changed.json()["original"] is None
    assert changed.json()["months"][2] == "900.00"
    refused = cmo.patch(f"lines/{line['id']}", {"kpi_effect": "1.5"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "kpi"


def test_many_budgets_cost_no_more_questions_than_one(cast, cmo, budget, line, everybody):
    with CaptureQueriesContext(connection) as one:
        assert cmo.get("budgets").json()["results"] == [cmo.get(f"budgets/{budget['id']}").json()]
    for year in (2028, 2029):
        cmo.post("budgets", {"year": year, "name": f"Plan {year}"})
    with CaptureQueriesContext(connection) as three:
        assert cmo.get("budgets").json()["count"] == 3
        assert cmo.get(f"budgets/{budget['id']}").status_code == 200
    assert len(three) == len(one)
