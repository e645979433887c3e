"""The matrix in a browser without a screen."""

import json
import re

import pytest

from planning.calendar.models import Category
from planning.people.scope import scope
from planning.roles import document
from planning.roles.drafts import version_in
from planning.roles.models import Activity, Letter, Role

from . import make


def made_for_all(cast):
    make.in_force(cast)
    return cast


@pytest.fixture
def told(made):
    return made


def cell_of(cast, activity, role):
    with scope(cast.workspace):
        row = Activity.objects.get(version=version_in(cast.workspace, "draft"), key=activity)
        column = Role.objects.get(key=role)
        cell = Letter.objects.filter(activity=row, role=column).first()
        return f"{row.pk}.{column.pk}.{cell.letters if cell else ''}"


@pytest.mark.parametrize(
    "path",
    ["", "who?q=a+40,000+technology+purchase", "mine", "versions?on=2026-01-01", "load", "holders", "draft/starters"],
)
def test_pages_answer(told, as_, path):
    assert as_(told.cmo).get(f"/acme/roles/{path}").status_code == 200


def test_without_a_matrix_the_page_says_where_to_begin(cast, as_):
    assert "Ready activities" in as_(cast.cmo).get("/acme/roles/").content.decode()
    assert as_(cast.viewer).get("/acme/roles/").status_code == 200


def test_a_click_goes_one_letter_further_and_tells_the_findings(told, as_):
    client = as_(told.cio)
    client.post("/acme/roles/draft")
    answer = client.post(
        "/acme/roles/draft/letters", {"cell": cell_of(told, "buy", "cio")}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert "no-agree" in answer.content.decode()  # G became C
    assert cell_of(told, "buy", "cio").endswith(".C")


def test_a_cell_changed_meanwhile_is_told_and_stays(told, as_):
    client = as_(told.cio)
    client.post("/acme/roles/draft")
    seen = cell_of(told, "buy", "cio")
    activity, role, letters = seen.split(".")
    for wanted in ("I", "R"):
        changes = json.dumps([[activity, role, letters, wanted]])
        answer = client.post("/acme/roles/draft/letters", {"changes": changes}, headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert cell_of(told, "buy", "cio").endswith(".I")


@pytest.mark.parametrize("nonsense", ["", "1", "a.b.C", "1.2.Q", "99999999999999999999.1.C"])
def test_a_cell_that_is_not_there_is_refused(told, as_, nonsense):
    client = as_(told.cio)
    client.post("/acme/roles/draft")
    for body in ({"cell": nonsense}, {"changes": nonsense}, {"changes": f'[["{nonsense}"]]'}):
        answer = client.post("/acme/roles/draft/letters", body, headers={"HX-Request": "true"})
        assert answer.status_code == 422


def takes(client, text, **more):
    """Bring a table in as the page does it: the text, then how it is read."""
    asked = client.post("/acme/roles/draft/table", {"text": text})
    assert asked.status_code == 422
    fields = {"source": asked.context["form"]["source"].value(), "head": "1", "sheet": "0"}
    return client.post("/acme/roles/draft/table", fields | more | {"act": "take"})


def test_a_table_comes_in_once_every_role_has_a_side(told, as_):
    client = as_(told.cmo)
    text = "Activity\tChief marketing officer\tFolk\nShop window\n Write pages \tA\tC (first draft)\nSweep\tA\tQ\n"
    refused = takes(client, text)
    assert refused.status_code == 422
    assert "Say which side each role speaks for: Folk" in refused.content.decode()
    assert "Q” is not a letter" in refused.content.decode()
    assert takes(client, text, column_2="role:technology", joint="on", agree="on").status_code == 302
    with scope(told.workspace):
        row = Activity.objects.get(version__state="draft", name="Write pages")
        assert (row.area, row.joint) == ("Shop window", True)
        assert dict(row.cells.values_list("role__name", "letters")) == {"Chief marketing officer": "A", "Folk": "G"}
        assert Activity.objects.filter(version__state="draft", key="buy").exists()
        assert not Activity.objects.filter(name="Sweep").exists()


def test_csv_comes_back_in_as_it_went_out(told, as_):
    client = as_(told.cmo)
    with scope(told.workspace):
        agencies = Category.objects.create(workspace=told.workspace, name="Agencies")
    for name, spend in (("Buy software", "technology"), ("Buy from agencies", agencies.pk)):
        row = {"name": name, "routes": "purchase", "only_for": spend}
        assert client.post("/acme/roles/draft/activities", row).status_code == 302
    text = client.get("/acme/roles/versions/2/matrix.csv").content.decode("utf-8-sig")
    before = rows_of_draft(told)
    assert {row[-1] for row in before} == {"", "technology", "Agencies"}
    assert takes(client, text, replace="on").status_code == 302
    assert rows_of_draft(told) == before, text


def rows_of_draft(cast):
    with scope(cast.workspace):
        rows = Activity.objects.filter(version__number=2).select_related("category")
        return {
            (row.key, row.name, row.joint, row.area, row.routes, row.only_for): dict(
                row.cells.values_list("role__key", "letters")
            )
            for row in rows
        }


def test_the_two_keys_turn_on_the_page(told, as_):
    planner = as_(told.marketing_planner)
    planner.post("/acme/roles/draft")
    assert planner.post("/acme/roles/draft/proposal", {"version": 2, "comment": "unchanged"}).status_code == 302
    assert "Approve for marketing" in as_(told.cmo).get("/acme/roles/versions/2").content.decode()
    for lead in (told.cmo, told.cio):
        as_(lead).post("/acme/roles/signatures", {"version": 2, "verdict": "approve"})
    with scope(told.workspace):
        assert version_in(told.workspace, "in force").number == 2


def test_who_decides_answers_from_a_row(told, as_):
    page = as_(told.viewer).get("/acme/roles/who", {"q": "buy a 40k technology thing"}).content.decode()
    assert "Buy technology" in page
    assert "Maya Lindgren" in page
    assert "40,000.00" in page


def test_the_grid_takes_a_constant_number_of_queries(told, as_, django_assert_max_num_queries):
    client = as_(told.cmo)
    with django_assert_max_num_queries(15):
        client.get("/acme/roles/")


def test_a_version_on_one_page_with_both_signatures(told, as_):
    answer = as_(told.viewer).get("/acme/roles/versions/1/matrix.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pdf = b"".join(answer.streaming_content)
    assert re.search(rb"/Type/Pages/Count (\d+)", pdf)[1] == b"1"
    with scope(told.workspace):
        facts = document.facts(version_in(told.workspace, "in force"))
    assert [(seat[0], seat[2]) for seat in facts["seats"]] == [
        ("Marketing", told.cmo.name), ("Technology", told.cio.name),
    ]  # fmt: skip
    assert len(facts["fingerprint"]) == len(facts["head"]["hash"]) == 64


def test_any_two_versions_are_compared(told, as_):
    client = as_(told.cio)
    client.post("/acme/roles/draft")
    client.post("/acme/roles/draft/letters", {"cell": cell_of(told, "buy", "vendor")})
    for number, other in ((2, 1), (1, 2)):
        page = client.get(f"/acme/roles/versions/{number}?against={other}")
        (change,) = page.context["changes"]
        assert change.cells == [("Vendor manager", *(("C", "I") if other == 1 else ("I", "C")))]
