"""Each rule of the matrix: what breaks it, and the boundary that just passes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from planning.roles.findings import ActivityFacts, Matrix, Person, RoleFacts, findings, loads_of

TODAY = date(2026, 7, 15)
SIDES = {"cmo": "marketing", "crm": "marketing", "cio": "technology", "ops": "technology", "cfo": "finance"}


def role(key, side=None, *people):
    """A role held by a person of its own, unless `people` say otherwise."""
    return RoleFacts(
        key, key.upper(), side or SIDES.get(key, "marketing"), people or (Person(f"{key}@x", key.title()),)
    )


def row(name="Buy", joint=False, low=None, high=None, key=None, **letters):
    def amount(value):
        return None if value is None else Decimal(value)

    return ActivityFacts(key or name.lower(), name, letters, joint, amount(low), amount(high))


def rules(activities, roles=None, today=TODAY):
    """Which rules speak, with the row they speak about."""
    return {(f.rule, f.activity) for f in findings(activities, roles or used(activities), today)}


def used(activities):
    return [role(key) for key in dict.fromkeys(key for activity in activities for key in activity.letters)]


def people(count, letter, prefix):
    return {f"{prefix}{number}": letter for number in range(count)}


CLEAN = row(cmo="A", crm="R", cio="C")
JOINT = row(joint=True, cmo="A", crm="R", cio="G", cfo="I")

ROWS = [
    ("no-accountable", row(cmo="R", cio="C"), row(cmo="AR", cio="C")),
    ("two-accountable", row(cmo="AR", cio="A", crm="C"), row(cmo="AR", cio="G", crm="C")),
    ("no-responsible", row(cmo="A", cio="C"), row(cmo="A", crm="R", cio="C")),
    ("one-sided", row(joint=True, cmo="A", crm="R", cio="C"), row(joint=True, cmo="A", crm="C", cio="R")),
    ("one-sided", row(joint=True, cmo="AR", crm="G", cio="C"), row(joint=False, cmo="AR", crm="G", cio="C")),
    ("no-agree", row(joint=True, cmo="A", cio="R", cfo="G"), row(joint=True, cmo="A", crm="R", cio="G", cfo="I")),
    ("no-agree", row(joint=True, cio="AR", ops="G", cmo="C"), row(joint=True, cio="AR", cmo="G", crm="C")),
    ("no-agree", row(joint=True, cfo="AR", cmo="G", cio="C"), row(joint=True, cfo="AR", cmo="G", cio="G", crm="I")),
    ("many-responsible", row(cmo="A", cio="C", **people(4, "R", "r")), row(cmo="A", cio="C", **people(3, "R", "r"))),
    ("many-responsible", row(cmo="AR", cio="C", **people(3, "R", "r")), row(cmo="AR", cio="C", **people(2, "R", "r"))),
    ("many-consulted", row(cmo="AR", **people(5, "C", "c")), row(cmo="AR", **people(4, "C", "c"))),
    ("many-consulted", row(cmo="AR", **people(4, "C", "c"), **people(5, "I", "i")),
     row(cmo="AR", **people(4, "C", "c"), **people(4, "I", "i"))),
    ("nobody-told", row(cmo="A", crm="R", cio="G"), row(cmo="A", crm="R", cio="I")),
    ("weaker-letter", row(cmo="AC", crm="R", cio="I"), row(cmo="A", crm="R", cio="GC")),
    ("weaker-letter", row(cmo="A", crm="RI", cio="I"), row(cmo="AR", crm="C", cio="I")),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "broken", "passes"), ROWS)
def test_a_row_that_breaks_a_rule_and_one_that_just_passes(rule, broken, passes):
    assert (rule, "buy") in rules([broken])
    assert rule not in {name for name, _ in rules([passes])}


ERRORS = {
    "no-accountable",
    "two-accountable",
    "no-responsible",
    "no-holder",
    "one-sided",
    "no-agree",
    "band-gap",
    "band-overlap",
}


@pytest.mark.parametrize(("rule", "broken", "_passes"), ROWS)
def test_errors_and_warnings(rule, broken, _passes):
    found = [f for f in findings([broken], used([broken]), TODAY) if f.rule == rule]
    assert {f.severity for f in found} == {"error" if rule in ERRORS else "warning"}
    assert all("Buy" in f.message for f in found)


def test_a_sound_matrix_has_no_findings():
    assert rules([CLEAN, row("Sell", joint=True, cio="A", ops="R", crm="G", cmo="C")]) == set()


# ── Holders ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def held(since, until):
    first, last = (None if days is None else TODAY + timedelta(days) for days in (since, until))
    return Person("ann@x", "Ann", first, last)


@pytest.mark.parametrize(
    ("holders", "severity"),
    [
        ([], "error"),
        ([held(1, None)], "error"),
        ([held(-9, 0)], "error"),
        ([held(0, None)], None),
        ([held(-9, 30)], "warning"),
        ([held(-9, 31)], None),
        ([held(-9, 10), held(10, None)], None),
        ([held(-9, 10), held(11, None)], "warning"),
        ([held(None, 5), held(0, 8), held(7, 31)], None),
    ],
)
def test_no_holder_today_stops_and_within_thirty_days_warns(holders, severity):
    roles = [RoleFacts("cmo", "CMO", "marketing", tuple(holders)), role("cio")]
    found = [f for f in findings([row(cmo="AR", cio="C")], roles, TODAY) if f.rule == "no-holder"]
    assert [f.severity for f in found] == ([severity] if severity else [])
    assert all((f.activity, f.roles) == ("buy", ("cmo",)) for f in found)


def test_a_role_without_letters_needs_no_holder():
    roles = [role("cmo"), role("cio"), RoleFacts("empty", "Empty", "finance")]
    assert "no-holder" not in {rule for rule, _ in rules([row(cmo="AR", cio="C")], roles)}


# ── Bands ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def band(low, high, **more):
    return row("Buy", low=low, high=high, **{"cmo": "AR", "cio": "C"} | more)


@pytest.mark.parametrize(
    ("bands", "rule"),
    [
        ([(None, 10_000), (10_000, None)], None),
        ([(0, 10_000), (10_000, 50_000)], None),
        ([(0, 10_000), ("10000.01", None)], "band-gap"),
        ([(0, 10_000), ("9999.99", None)], "band-overlap"),
        ([(10_000, None), (0, 10_000)], None),
        ([(0, None), (10_000, 20_000)], "band-overlap"),
        ([(0, 10_000), (0, 10_000)], "band-overlap"),
        ([(0, 50), (50, 90), (95, None)], "band-gap"),
        ([(0, 90), (10, 20), (90, None)], "band-overlap"),
        ([(5_000, 9_000)], None),
    ],
)
def test_bands_meet_without_gap_or_overlap(bands, rule):
    found = {name for name, _ in rules([band(low, high) for low, high in bands]) if name.startswith("band")}
    assert found == ({rule} if rule else set())


def test_bands_of_rows_with_other_keys_belong_together_by_name():
    rows = [row("Buy", key="small", high=10, cmo="AR", cio="C"), row("buy ", key="large", low=20, cmo="AR", cio="C")]
    assert ("band-gap", "large") in rules(rows)


def test_one_a_for_each_band_is_one_a():
    rows = [band(None, 10), row("Buy", low=10, cio="AR", cmo="C")]
    assert "two-accountable" not in {name for name, _ in rules(rows)}


# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def decided_by(*keys):
    return [row(f"Work {number}", **{key: "A", "crm": "R", "cfo": "C"}) for number, key in enumerate(keys)]


@pytest.mark.parametrize(
    ("deciders", "found"),
    [
        (["cmo", "cmo", "cmo", "cio", "cio", "ops"], True),
        (["cmo", "cmo", "cmo", "cio", "cio", "ops", "ops"], False),
        (["cmo", "cmo"], False),
        (["cmo", "cmo", "cmo"], True),
    ],
)
def test_one_person_deciding_half_of_three_or_more(deciders, found):
    rows = decided_by(*deciders)
    concentrated = [f for f in findings(rows, used(rows), TODAY) if f.rule == "concentrated"]
    assert [f.people for f in concentrated] == ([("cmo@x",)] if found else [])


def test_concentration_follows_the_person_through_their_roles():
    ann = Person("ann@x", "Ann")
    rows = decided_by("cmo", "cio", "ops", "zed", "zod")
    roles = [
        role("cmo", None, ann),
        role("cio", None, ann),
        role("ops", None, ann),
        *map(role, ("zed", "zod", "crm", "cfo")),
    ]
    assert [f.people for f in findings(rows, roles, TODAY) if f.rule == "concentrated"] == [("ann@x",)]


def load_rows(**loads):
    """Rows that give each role so many points, by C (1) and R (2)."""
    return [
        row(f"Row {number}", **{key: "C" for key, load in loads.items() if number < load})
        for number in range(max(loads.values()))
    ]


@pytest.mark.parametrize(
    ("loads", "found"),
    [
        ({"cmo": 6, "cio": 4, "ops": 4}, set()),
        ({"cmo": 7, "cio": 4, "ops": 4}, {"cmo@x"}),
        ({"cmo": 9, "cio": 6, "ops": 4, "crm": 4}, {"cmo@x"}),
        ({"cmo": 3}, set()),
    ],
)
def test_overloaded_is_over_one_and_a_half_medians(loads, found):
    rows = load_rows(**loads)
    assert {f.people[0] for f in findings(rows, used(rows), TODAY) if f.rule == "overloaded"} == found


def test_load_counts_3a_2r_c_and_g_and_not_i():
    rows = [row("One", cmo="AR", cio="G", ops="C", crm="R", cfo="I"), row("Two", cio="C", ops="G", crm="C", cmo="I")]
    assert loads_of(Matrix(rows, used(rows), TODAY))[1] == {"cmo@x": 5, "cio@x": 2, "ops@x": 2, "crm@x": 3}


@pytest.mark.parametrize(
    ("letters", "found"), [({"cfo": "I"}, True), ({}, True), ({"cfo": "C"}, False), ({"cfo": "IC"}, False)]
)
def test_idle_is_only_told_or_nothing(letters, found):
    roles = [role("cmo"), role("cio"), role("cfo")]
    idle = [f for f in findings([row(cmo="AR", cio="C", **letters)], roles, TODAY) if f.rule == "idle"]
    assert [f.roles for f in idle] == ([("cfo",)] if found else [])


def test_errors_come_first():
    severities = [
        f.severity for f in findings([row(cmo="AC"), row("Sell", cio="A")], [role("cmo"), role("cio")], TODAY)
    ]
    assert severities == sorted(severities)
    assert len(set(severities)) == 2
