import csv
import io
from contextlib import closing
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db.models import Value
from django.db.models.functions import Lower
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from planning.people.models import Member, Side
from planning.shared.exports import csv_file, disarmed, download
from planning.shared.money import MoneyField
from planning.shared.tables import Column, Filter, Table

COLUMNS = [
    Column("name", "Name", sort=Lower("user__name"), link="team:member"),
    Column("side", "Side", "side"),
    Column("role", "Role"),
    Column("cost", "Cost", "money", total=True),
    Column("joined_at", "Since", "date"),
]


def table(cast, query="", **options):
    request = SimpleNamespace(
        GET=QueryDict(query),
        member=cast.cmo,
        workspace=cast.workspace,
        place=lambda name, *args: f"/acme/{name}/{args[0]}",
    )
    members = (
        Member.objects.of(cast.workspace)
        .select_related("user")
        .annotate(cost=Value(Decimal("1234.500"), output_field=MoneyField()))
    )
    options = {
        "sort": "name",
        "search": ["user__name", "user__email"],
        "filters": [Filter("side", "Side", Side.choices)],
    } | options
    return Table(request, members, columns=options.pop("columns", COLUMNS), **options)


def read(response) -> bytes:
    with closing(response.file_to_stream):
        return b"".join(response)


def names(found) -> list[str]:
    with_links = [row["cells"][0][1] for row in found.rows]
    return [cell.split(">")[1].split("<")[0] for cell in with_links]


def test_search_needs_every_word_somewhere(inside):
    assert names(table(inside, "q=maya")) == ["Maya Lindgren"]
    assert names(table(inside, "q=LIND+acme.example")) == ["Maya Lindgren"]
    assert table(inside, "q=maya+osei").count == 0


def test_a_filter_narrows_and_an_unknown_one_does_nothing(inside):
    assert names(table(inside, "side=technology")) == ["Daniel Osei", "Elena Rossi"]
    assert table(inside, "side=nonsense").count == table(inside).count == 9


def test_sorting_goes_both_ways_and_ignores_what_is_no_column(inside):
    there, back = names(table(inside, "sort=name")), names(table(inside, "sort=-name"))
    assert there == sorted(there) == back[::-1]
    assert names(table(inside, "sort=password")) == there


def test_a_head_turns_its_own_order_and_goes_back_to_the_first_page(inside):
    head = table(inside, "q=a&page=2&sort=name").heads[0]
    assert (head["direction"], head["url"]) == ("ascending", "?q=a&sort=-name")


@pytest.mark.parametrize(("page", "shown"), [("1", 4), ("3", 1), ("99", 1), ("-1", 4), ("x", 4), ("9" * 40, 4)])
def test_pages_never_fail(inside, page, shown):
    assert len(table(inside, f"page={page}", size=4).rows) == shown


def test_a_page_costs_two_queries_with_its_total(inside, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = table(inside, size=5)
        assert len(found.rows) == 5
        assert found.totals[3][1] == "11,110.50"
        assert found.pages == 2


def test_a_cell_cannot_smuggle_markup(inside):
    inside.cmo.user.name = "<b>Maya</b>"
    inside.cmo.user.save()
    assert "&lt;b&gt;Maya" in table(inside, "q=maya").rows[0]["cells"][0][1]


def test_csv_holds_the_whole_filtered_list(inside):
    response = table(inside, "export=csv&side=marketing", size=1).export("people")
    rows = list(csv.reader(io.StringIO(read(response).decode("utf-8-sig"))))
    assert rows[0] == ["Name", "Side", "Role", "Cost", "Since"]
    assert [row[:4] for row in rows[1:]] == [
        ["Jonas Weber", "marketing", "planner", "1234.50"],
        ["Maya Lindgren", "marketing", "lead", "1234.50"],
        ["Vera Lund", "marketing", "viewer", "1234.50"],
    ]
    assert response["Content-Disposition"].startswith('attachment; filename="people-')


def test_xlsx_holds_numbers_as_numbers(inside):
    response = table(inside, "export=xlsx&side=technology").export("people")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(read(response))).get_sheet_by_index(0).to_python()
    assert [row[:4] for row in rows] == [
        ["Name", "Side", "Role", "Cost"],
        ["Daniel Osei", "technology", "lead", 1234.5],
        ["Elena Rossi", "technology", "planner", 1234.5],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_disarmed(text):
    assert disarmed(text) == f"'{text}"
    with csv_file(["a"], [[text]]) as file:
        assert file.read().decode("utf-8-sig").split("\r\n", 1)[1].strip('"').startswith("'")


@pytest.mark.parametrize("text", ["-5", "+48 600 700", "-1,234.50", "-12%", "plain", "a=b"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert disarmed(text) == text


def test_negative_amounts_stay_numbers_in_both_files():
    rows = [[Decimal("-1234.50"), "=A1"]]
    assert b"-1234.50,'=A1" in read(download(["a", "b"], rows, "x", "csv"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(read(download(["a", "b"], rows, "x", "xlsx"))))
    assert book.get_sheet_by_index(0).to_python()[1] == [-1234.5, "=A1"]
