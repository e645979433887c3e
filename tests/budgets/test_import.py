"""A spreadsheet comes in: proposed, previewed row by row, taken in by one action; brought again, it changes nothing."""

import csv
import io
import json
from decimal import Decimal as D
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.http import urlencode

from planning.budgets import actions, tasks
from planning.budgets.export_rows import by_owner, rows_of
from planning.budgets.export_workbook import workbook
from planning.budgets.importing.page import MappingForm, tried, trusted
from planning.budgets.models import Intake, Revision
from planning.calendar.models import Category
from planning.shared.refusals import Refused, Stale
from planning.trail.models import Entry

from . import make

HERE = Path(__file__).resolve()
CUT = HERE.parent.parent / "data" / "los-angeles-2021-22.csv"
BESIDE = HERE.parents[3] / "shared" / "data"
HEADS = ["Name", "Category", "Side", "Total", "Marketing %", "Technology %", "Vendor"]
ROWS = [
    ["Web shop", "Commerce", "joint", "£1,200.01", "60", "40", ""],
    ["Brand film", "Media", "Marketing", "900", "", "", "Nobody Ltd"],
    ["Hosting", "Commerce", "IT", "2400.00", "", "", ""],
]
pytestmark = pytest.mark.usefixtures("inside")


def sheet(*rows, heads=HEADS, name="plan.csv"):
    text = io.StringIO()
    csv.writer(text).writerows([heads, *rows])
    return SimpleUploadedFile(name, text.getvalue().encode())


def looked_at(cast, plan, file, **said) -> Intake:
    """Brought, mapped as proposed and `said`, and compared as a worker would."""
    intake = actions.bring_file(plan, cast.marketing_planner, file)
    given = trusted(intake.mapping) | said
    intake = actions.map_file(intake, cast.marketing_planner, given)
    tasks.check_file(cast.workspace.pk, intake.pk)
    return fresh(intake)


def taken(cast, intake) -> Intake:
    actions.take_file(intake, cast.marketing_planner)
    tasks.take_long_file(cast.workspace.pk, intake.pk)
    return fresh(intake)


def fresh(intake):
    return Intake.objects.select_related("workspace", "budget").get(pk=intake.pk)


def planned(plan) -> dict:
    return {one.name: one for one in Revision.objects.filter(line__budget=plan, is_open=True, removed=False)}


def test_a_file_is_proposed_shown_and_taken_in_as_one_entry(cast):
    plan = make.budget(cast)
    intake = looked_at(cast, plan, sheet(*ROWS, ["Total", "", "", "4,500.01", "", "", ""]))
    assert (intake.counts["new"], intake.counts["left out"], intake.totals["new"]) == (3, 1, "4500.01")
    assert set(intake.new_categories) == {"Commerce", "Media"}
    assert not planned(plan)
    before = Entry.objects.count()
    assert taken(cast, intake).state == "taken"
    assert Entry.objects.count() == before + 1
    lines = planned(plan)
    assert {name: (one.side, one.total) for name, one in lines.items()} == {
        "Web shop": ("joint", D("1200.01")),
        "Brand film": ("marketing", D(900)),
        "Hosting": ("technology", D(2400)),
    }
    assert lines["Web shop"].shares == {"marketing": D("720.01"), "technology": D("480.00")}
    assert "Nobody Ltd" in intake.rows.get(name="Brand film").said


def test_the_same_file_again_changes_nothing_and_a_changed_one_says_what(cast):
    plan = make.budget(cast)
    taken(cast, looked_at(cast, plan, sheet(*ROWS)))
    again = looked_at(cast, plan, sheet(*ROWS))
    assert again.counts["unchanged"] == 3
    assert not {"new", "changed", "refused"} & again.counts.keys()
    with pytest.raises(Refused):
        actions.take_file(again, cast.marketing_planner)
    changed = looked_at(cast, plan, sheet(["Hosting", "Commerce", "IT", "2500.00", "", "", ""]))
    assert (changed.counts["changed"], changed.counts["untouched"]) == (1, 2)
    assert [(one["before"], one["after"]) for one in changed.rows.get().changes][0] == ("2,400.00", "2,500.00")
    taken(cast, changed)
    assert planned(plan)["Hosting"].total == 2500


def test_rows_are_refused_one_by_one_with_column_and_reason(cast):
    plan = make.budget(cast)
    rows = [
        ["Film", "Media", "marketing", "1,2.3x", "", "", ""],
        ["Cut", "Media", "marketing", "10.005", "", "", ""],
        ["Euros", "Media", "marketing", "€10.00", "", "", ""],
        ["Minus", "Media", "marketing", "-10.00", "", "", ""],
        ["Whose", "Media", "finance", "10.00", "", "", ""],
        ["Split", "Media", "joint", "10.00", "60", "50", ""],
        ["", "Media", "joint", "10.00", "", "", ""],
        ["Fine", "Media", "joint", "(10.00", "", "", ""],
        *[[f"Good {number}", "Media", "joint", "10.00", "", "", ""] for number in range(80)],
    ]
    intake = looked_at(cast, plan, sheet(*rows))
    refused = {row.row: (row.at, row.reason) for row in intake.rows.filter(outcome="refused")}
    assert set(refused) == set(range(2, 10))
    assert intake.counts["new"] == 80
    assert [refused[number][0] for number in (2, 3, 4, 6, 7)] == ["Total", "Total", "Total", "Side", "Marketing %"]
    parts = sum(D(intake.totals[part]) for part in ("new", "changed", "unchanged", "refused", "left out"))
    assert parts == D(intake.totals["file"])


def test_twelve_months_and_amounts_by_side(cast):
    plan = make.budget(cast)
    months = [f"{month:%b %Y}" for month in plan.months]
    file = sheet(
        ["Ads", "Media", "600", "300", *["75"] * 12],
        ["Off", "Media", "600", "300", *["75"] * 11, "76"],
        heads=["Line", "Category", "Marketing", "Technology", *months],
    )
    intake = looked_at(cast, plan, file)
    taken(cast, intake)
    ads = planned(plan)["Ads"]
    assert (list(ads.months), ads.side) == ([D(75)] * 12, "joint")
    assert ads.shares == {"marketing": D(600), "technology": D(300)}
    assert intake.rows.get(name="Off").outcome == "refused"


def test_own_dimensions_are_found_by_name_taken_in_and_come_out_again(cast):
    plan = make.budget(cast)
    for name in ("Region", "Brand"):
        actions.add_dimension(cast.finance, name)
    make.line(cast, plan, "Film", category="Media", total="10.00", dimensions={"Brand": "Pine"})
    heads = ["Line", "Category", "Side", "Total", "REGION"]
    intake = looked_at(cast, plan, sheet(["Film", "Media", "marketing", "10.00", "North"], heads=heads))
    assert intake.mapping["dimensions"] == {"Region": "REGION"}
    assert intake.rows.get().said == "Own dimensions: Brand: Pine → Brand: Pine · Region: North"
    taken(cast, intake)
    film = planned(plan)["Film"]
    assert film.dimensions == {"Brand": "Pine", "Region": "North"}
    with workbook(plan, by_owner(rows_of(plan)), []) as file:
        ours = SimpleUploadedFile("plan.xlsx", file.read())
    again = looked_at(cast, plan, ours)
    assert again.mapping["dimensions"] == {"Region": "Region", "Brand": "Brand"}
    assert again.counts["unchanged"] == 1
    declined = looked_at(cast, plan, sheet(["Film", "Media", "marketing", "10.00", "South"], heads=heads),
                         dimensions={"Region": None})  # fmt: skip
    assert declined.counts["unchanged"] == 1


def test_many_months_are_counted_in_the_preview(cast):
    plan = make.budget(cast)
    make.line(cast, plan, "Hosting", total="1200.00", side="technology", category="Commerce")
    said = looked_at(cast, plan, sheet(ROWS[2])).rows.get().said
    assert said == "Total of the year: 1,200.00 → 2,400.00; 12 months change, from Apr 2026 to Mar 2027"


def test_what_the_preview_showed_is_what_is_taken_in_or_nothing(cast):
    plan = make.budget(cast)
    make.line(cast, plan, "Hosting", total="100.00", side="technology", category="Commerce")
    intake = looked_at(cast, plan, sheet(*ROWS))
    line = planned(plan)["Hosting"].line
    actions.edit_line(line, cast.marketing_planner, total="110.00")
    with pytest.raises(Stale):
        actions.take_file(intake, cast.marketing_planner)
    assert set(planned(plan)) == {"Hosting"}
    assert not Category.objects.filter(name="Media").exists()


def test_an_agreed_plan_is_changed_by_a_draft_and_stays_in_force(cast):
    plan = make.budget(cast)
    taken(cast, looked_at(cast, plan, sheet(*ROWS)))
    make.agree(cast, plan)
    taken(cast, looked_at(cast, plan, sheet(["Hosting", "Commerce", "IT", "2000.00", "", "", ""])))
    in_force = Revision.objects.in_force().get(name="Hosting")
    assert (in_force.total, planned(plan)["Hosting"].total, len(planned(plan))) == (2400, 2000, 1)


def facts() -> dict:
    """{file: (rows, total, blank)}: the cut in the project, and the whole files where they lie beside it."""
    known = {CUT: (180, "227020580", 64)}
    if (BESIDE / "EXPECTED.json").exists():
        for name, fact in json.loads((BESIDE / "EXPECTED.json").read_text())["other"].items():
            if name.startswith("budgets/") and (BESIDE / name).exists():
                known[BESIDE / name] = (
                    fact["rows"],
                    fact["totals"]["2021-22 Adopted"],
                    fact["blank"]["2021-22 Adopted"],
                )
    return known


def bare_rows(path) -> int:
    """Rows of nothing but commas, which nobody would call a line."""
    return sum(not any(cells) for cells in csv.reader(path.read_text("utf-8-sig").splitlines()))


@pytest.mark.parametrize("path", facts(), ids=lambda path: path.name)
def test_a_real_city_s_budget_agrees_to_the_dollar(cast, path):
    rows, total, blank = facts()[path]
    bare = bare_rows(path)
    plan = make.budget(cast, year=2022)
    file = SimpleUploadedFile(path.name, path.read_bytes())
    intake = looked_at(cast, plan, file, all_side="technology", below_zero="offset")

    assert intake.mapping["columns"]["total"] == "2021-22 Adopted"
    assert (intake.counts["rows"], D(intake.totals["file"])) == (rows - bare, D(total))
    # The whole files end in a row that adds all the others up: it is no line, and says so.
    sums = intake.rows.filter(outcome="left out", amount__gt=0)
    lines = D(total) - sum(row.amount for row in sums)
    assert [row.amount for row in sums] in ([], [lines])
    assert D(intake.totals["new"]) == lines
    assert not intake.counts.get("refused")
    assert intake.rows.filter(outcome="left out", amount=None).count() == blank - bare
    assert taken(cast, intake).state == "taken", fresh(intake).failure
    assert sum(one.total for one in Revision.objects.filter(line__budget=plan)) == lines

    again = looked_at(cast, plan, SimpleUploadedFile(path.name, path.read_bytes()), all_side="technology",
                      below_zero="offset")  # fmt: skip
    assert again.counts["unchanged"] == intake.counts["new"]
    assert not again.counts.get("new")


def test_when_other_columns_hold_the_amounts_their_style_is_read_anew(inside):
    rows = [
        ["Web shop", "Commerce", "joint", "1,200.50", "1.300,50"],
        ["Film", "Media", "marketing", "950.25", "975,25"],
    ]
    file = sheet(*rows, heads=["Name", "Category", "Side", "Total", "Neu"])
    intake = actions.bring_file(make.budget(inside), inside.marketing_planner, file)
    before = MappingForm.first_of(tried(intake, {}).mapping, intake.budget)
    assert (before["column_total"], before["decimal"]) == ("Total", ".")
    said = QueryDict(urlencode(before | {"column_total": "Neu"}, doseq=True).replace("None", ""))
    assert tried(intake, said).mapping["decimal"] == ","
    same = QueryDict(urlencode(before | {"decimal": ","}, doseq=True).replace("None", ""))
    assert tried(intake, same).mapping["decimal"] == ",", "what a person says stays"
