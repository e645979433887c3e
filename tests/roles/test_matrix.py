"""The matrix from draft to in force, and who decides by it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from planning.roles import actions, agreeing, appointing, cells, importing
from planning.roles.comparing import compared
from planning.roles.drafts import in_force, version_in
from planning.roles.models import Activity, Letter, Role, Version
from planning.roles.sheets import ActivityRow
from planning.shared.refusals import NotYours, Refused, Stale
from planning.trail.models import Entry

from . import make


def letters_of(version, key):
    cells = Letter.objects.filter(activity__version=version, activity__key=key)
    return dict(cells.values_list("role__key", "letters"))


def ids(version, activity, role):
    return Activity.objects.get(version=version, key=activity).pk, Role.objects.get(key=role).pk


def test_both_keys_put_a_matrix_in_force_and_the_next_one_supersedes_it(inside):
    first = make.in_force(inside)
    assert (first.state, first.in_force_from) == ("in force", inside.workspace.today())
    draft = actions.begin_draft(inside.cio)
    assert letters_of(draft, "buy") == letters_of(first, "buy")
    agreeing.propose(inside.cio, comment="same again")
    agreeing.sign_matrix(inside.cio, version=2)
    assert in_force(inside.workspace).number == 1  # until the other key turns, never a gap
    agreeing.sign_matrix(inside.cmo, version=2)
    assert in_force(inside.workspace).number == 2
    first.refresh_from_db()
    assert first.state == "superseded"


def test_errors_stop_the_signing(inside):
    make.draft(inside, make.buying(cmo="A", planner="R", cio="C", vendor="C", finance="C"))
    with pytest.raises(Refused, match="agree"):
        agreeing.propose(inside.cmo, comment="please")
    with pytest.raises(Refused, match="agree"):
        agreeing.sign_matrix(inside.cmo, version=1, note="please")
    assert version_in(inside.workspace, "draft").number == 1


def test_warnings_need_a_comment(inside):
    make.draft(inside, make.buying(cmo="A", planner="R", cio="G", vendor="C", finance="I"))
    with pytest.raises(Refused) as refused:
        agreeing.propose(inside.cmo)
    assert refused.value.field == "comment"
    assert agreeing.propose(inside.cmo, comment="finance only reads").state == "proposed"


def test_a_draft_that_somebody_rewrote_is_not_signed_by_who_read_the_older_one(inside):
    make.draft(inside)
    agreeing.sign_matrix(inside.cmo, version=1, note="fine")
    make.draft(inside, make.buying(cmo="A", planner="R", cio="G", vendor="R", finance="C"), member=inside.cmo)
    with pytest.raises(Stale) as stale:
        agreeing.sign_matrix(inside.cio, version=1)
    assert "activity buy 1" in {change["field"] for change in stale.value.difference}
    assert Version.objects.get(number=1).state == "returned"


def test_one_person_does_not_turn_both_keys_and_viewers_turn_none(inside):
    make.draft(inside)
    agreeing.propose(inside.cio, comment="fine")
    agreeing.sign_matrix(inside.cmo, version=1)
    for member in (inside.cmo, inside.viewer, inside.finance, inside.technology_planner):
        with pytest.raises(Refused):
            agreeing.sign_matrix(member, version=1)
    assert version_in(inside.workspace, "in force") is None


def test_a_rejection_returns_it_and_the_next_draft_goes_on_from_there(inside):
    make.draft(inside)
    agreeing.propose(inside.cmo, comment="fine")
    agreeing.sign_matrix(inside.cio, version=1, verdict="reject", note="Vendors are ours")
    assert Version.objects.get(number=1).state == "returned"
    assert letters_of(actions.begin_draft(inside.cmo), "buy")["cio"] == "G"


def test_what_was_proposed_is_frozen_by_postgres_itself(inside):
    version = make.in_force(inside)
    for change in (
        lambda: Letter.objects.filter(activity__version=version).update(letters="I"),
        lambda: Letter.objects.filter(activity__version=version).delete(),
        lambda: Activity.objects.filter(version=version).update(name="Something else"),
        lambda: version.columns.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


# ── Cells ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_cell_is_written_only_over_what_the_person_saw(inside):
    draft = make.draft(inside)
    row, role = ids(draft, "buy", "vendor")
    cells.set_letters(inside.cio, [(row, role, "i", "C")])
    with pytest.raises(Stale):
        cells.set_letters(inside.cmo, [(row, role, "R", "C")])
    assert letters_of(draft, "buy")["vendor"] == "I"
    cells.set_letters(inside.cmo, [(row, role, "", "I")])
    assert "vendor" not in letters_of(draft, "buy")
    assert Entry.objects.filter(verb="roles.set_letters").count() == 2


@pytest.mark.parametrize("text", ["X", "A1", "responsible"])
def test_only_the_five_letters_are_known(inside, text):
    draft = make.draft(inside)
    with pytest.raises(Refused):
        cells.set_letters(inside.cio, [(*ids(draft, "buy", "vendor"), text, "C")])


def test_the_other_sides_c_becomes_g_in_one_click(inside):
    draft = make.draft(
        inside,
        make.buying(cmo="A", planner="R", cio="C", vendor="C", finance="C"),
        ActivityRow("Publish", {"cio": "AR", "planner": "C", "cmo": "C"}, "publish", joint=True),
        ActivityRow("Alone", {"cmo": "AR", "cio": "C"}, "alone"),
    )
    assert importing.let_other_side_agree(inside.cmo) == 2
    assert letters_of(draft, "buy")["cio"] == "G"
    assert letters_of(draft, "buy")["vendor"] == "C"
    assert letters_of(draft, "publish")["cmo"] == "G"
    assert letters_of(draft, "alone")["cio"] == "C"


# ── Holders ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_role_in_force_is_filled_by_a_lead_of_its_own_side(inside):
    make.in_force(inside)
    role, today = Role.objects.get(key="vendor"), inside.workspace.today()
    for outsider in (inside.cmo, inside.technology_planner):
        with pytest.raises(NotYours):
            appointing.appoint(role, outsider, holder=inside.cio, since=today)
    assert appointing.appoint(role, inside.cio, holder=inside.cio, since=today).member == inside.cio


def test_nobody_holds_a_role_of_the_other_side(inside):
    make.draft(inside)
    with pytest.raises(Refused, match="other side"):
        appointing.appoint(
            Role.objects.get(key="cio"), inside.cmo, holder=inside.marketing_planner, since=inside.workspace.today()
        )


def test_rewriting_the_matrix_is_no_way_round_that(inside):
    make.in_force(inside)
    with pytest.raises(NotYours):
        importing.put_matrix(
            inside.cmo,
            sheet=make.sheet(),
            holders=make.holders(inside) | {"cio": [(inside.technology_planner, None, None)]},
        )


def test_the_same_days_twice_are_refused(inside):
    make.draft(inside)
    role, today = Role.objects.get(key="cmo"), inside.workspace.today()
    with pytest.raises(Refused, match="already"):
        appointing.appoint(role, inside.cmo, holder=inside.cmo, since=today + timedelta(9))


def test_only_the_holder_accepts(inside):
    make.draft(inside)
    holding = Role.objects.get(key="vendor").holdings.get()
    with pytest.raises(NotYours):
        appointing.accept_holding(holding, inside.cio)
    appointing.accept_holding(holding, inside.technology_planner)
    holding.refresh_from_db()
    assert holding.accepted_at


def test_the_difference_names_cells_and_rows(inside):
    first = make.in_force(inside)
    make.draft(
        inside,
        make.buying(cmo="A", planner="R", cio="G", finance="C", vendor="I"),
        ActivityRow("Hire", {"cmo": "AR", "cio": "C"}, "hire"),
    )
    changes = compared(first, version_in(inside.workspace, "draft"))
    assert [(change.name, change.kind) for change in changes] == [
        ("Buy technology", "changed"), ("Hire", "new"), ("Run the platform", "gone"),
    ]  # fmt: skip
    assert changes[0].cells == [("Vendor manager", "C", "I")]
