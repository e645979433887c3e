"""What one click does to a finding: it is gone, and nothing worse came instead."""

from dataclasses import replace

import pytest

from planning.roles import actions, cells
from planning.roles.drafts import version_in
from planning.roles.findings import ERROR, Matrix, RoleFacts, findings_of_facts
from planning.roles.grid import grid_of
from planning.roles.mending import mend_for
from planning.roles.told import told
from planning.shared.refusals import Refused

from . import make
from .test_findings import ROWS, TODAY, band, role, row, used


def mended(activities, roles, mend):
    rows = [replace(one, letters=dict(one.letters)) for one in activities]
    for place, key, letters in mend.cells:
        rows[place].letters[key] = letters
    if mend.low:
        rows[mend.low[0]] = replace(rows[mend.low[0]], low=mend.low[1])
    for one in rows:
        one.letters.pop(mend.out, None)
    return rows, [one for one in roles if one.key != mend.out]


def said(activities, roles):
    return {(one.rule, one.row) for one in findings_of_facts(Matrix(activities, roles, TODAY))}


def busy(*letters):
    """Ann holds two roles of marketing, Bob the third; each row of letters is one activity of the three roles."""
    ann, bob = role("ann").holders, role("bob").holders
    roles = [RoleFacts("m1", "M1", "marketing", ann), RoleFacts("m2", "M2", "marketing", bob), role("cio")]
    return [row(f"Row {at}", m1=one, m2=two, cio=three) for at, (one, two, three) in enumerate(letters)], roles


CASES = [(rule, [broken], used([broken, row(spare="I")])) for rule, broken, _passes in ROWS] + [
    ("band-gap", [band(0, 100), band(200, None)], used([band(0, 1)])),
    ("band-overlap", [band(None, 100), band(50, 300)], used([band(0, 1)])),
    ("idle", [row(cmo="AR", cio="C", crm="I")], [role("cmo"), role("cio"), role("crm")]),
    ("concentrated", *busy(*[("A", "R", "C")] * 2, ("A", "C", "R"), ("C", "A", "R"), ("C", "R", "A"))),
    ("overloaded", *busy(*[("AR", "C", "C")] * 2, ("R", "C", "A"), ("C", "A", "R"))),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "activities", "roles"), CASES)
def test_a_click_settles_what_it_was_offered_for(rule, activities, roles):
    matrix = Matrix(activities, roles, TODAY)
    finding = next(one for one in findings_of_facts(matrix) if one.rule == rule)
    mend = mend_for(matrix, finding)
    after = mended(activities, roles, mend)
    if rule != "overloaded":  # a person's load goes down a step at a time
        assert (rule, finding.row) not in said(*after)
    worse = said(*after) - said(activities, roles)
    assert not [found for found in findings_of_facts(Matrix(*after, TODAY)) if found.severity == ERROR
                and (found.rule, found.row) in worse]  # fmt: skip
    assert not any(word in str(mend.says) for word in ("m1", "cmo"))


def test_there_is_no_suggestion_where_only_people_know():
    vacant = [RoleFacts("cmo", "CMO", "marketing"), role("cio")]
    matrix = Matrix([row(cmo="AR", cio="C")], vacant, TODAY)
    assert [mend_for(matrix, one) for one in findings_of_facts(matrix) if one.rule == "no-holder"] == [None]


def test_a_mend_is_done_as_it_was_read_or_not_at_all(inside):
    make.draft(inside, make.buying(cmo="A", planner="R", vendor="C", finance="I"))
    draft = version_in(inside.workspace, "draft")
    one = next(one for one in told(grid_of(draft))["errors"] if one.finding.rule == "no-agree")
    assert one.people == [inside.cmo.name]
    assert one.mend.says == "Vendor manager → G in “Buy technology”"
    cells.mend(inside.cmo, one.mend.key)
    assert not told(grid_of(draft))["errors"]
    with pytest.raises(Refused, match="meanwhile"):
        cells.mend(inside.cmo, one.mend.key)


def test_a_role_nobody_needs_leaves_by_a_click(inside):
    make.draft(inside)
    actions.add_role(inside.cmo, name="Spectator", side="sponsor")
    draft = version_in(inside.workspace, "draft")
    one = next(one for one in told(grid_of(draft))["warnings"] if one.mend and one.mend.out)
    cells.mend(inside.cmo, one.mend.key)
    assert not draft.columns.filter(role__key="spectator").exists()
