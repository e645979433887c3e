"""A line's form asks what fits, its page shows what was said; files and targets lie beside it."""

import io
import zipfile
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from planning.budgets import actions
from planning.budgets.models import Attachment, Line, Target
from planning.budgets.targets import rows
from planning.budgets.versions.drafts import current
from planning.calendar.actions import add_rate
from planning.calendar.models import Category
from planning.people.scope import scope
from planning.shared.refusals import Refused

from . import make

FORM = {
    "name": "Fairs", "category": "Events", "side": "joint", "total": "1,200.00", "currency": "EUR", "spread": "from",
    "first_month": "2", "last_month": "3", "marketing_share": "60", "technology_share": "40", "purpose": "grow",
    "treatment": "opex", "cost_centre": "4711", "placeholder": "on",
}  # fmt: skip


def made_for_all(cast):
    add_rate(cast.finance, "EUR", cast.workspace.today(), "0.80", "ECB")
    actions.add_dimension(cast.cmo, "Region")
    plan = make.budget(cast)
    plan.line = make.line(cast, plan, "Web shop", "1000.00", side="joint")
    return plan


@pytest.fixture
def plan(made):
    return made


def test_a_foreign_line_is_added_by_form_shown_and_saved_again_unchanged(cast, as_, plan):
    client = as_(cast.marketing_planner)
    with scope(cast.workspace):
        region = f"dimension_{actions.add_dimension(cast.cmo, 'Brand').pk}"
    assert client.post(f"/acme/budgets/{plan.pk}/lines/new/", FORM | {region: "Pine"}).status_code == 302
    with scope(cast.workspace):
        line = Line.objects.latest("pk")
        made = current(line)
        assert (made.total, made.months[2:5]) == (D(960), [D(480), D(480), D(0)])
    page = client.get(f"/acme/budgets/lines/{line.pk}/").content.decode()
    for said in ("1,200.00", "at 1 EUR = 0.8 GBP", "4711", "Pine", "placeholder"):
        assert said in page
    shown = client.get(f"/acme/budgets/lines/{line.pk}/change/").context["form"]
    again = {name: shown[name].value() for name in shown.fields if shown[name].value() not in (None, "")}
    assert client.post(f"/acme/budgets/lines/{line.pk}/change/", again).status_code == 302
    with scope(cast.workspace):
        assert current(line).edits == 1


def test_a_form_without_an_amount_is_shown_again(cast, as_, plan):
    answer = as_(cast.cmo).post(f"/acme/budgets/{plan.pk}/lines/new/", FORM | {"total": ""})
    assert answer.status_code == 422
    assert "How much is planned" in answer.content.decode()


# ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def upload(name, content):
    return SimpleUploadedFile(name, content)


def archive(*names):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return kept.getvalue()


def test_a_file_is_attached_downloaded_as_attachment_and_removed(cast, as_, plan):
    client, address = as_(cast.marketing_planner), f"/acme/budgets/lines/{plan.line.pk}/"
    assert client.post(f"{address}attachments/", {"file": upload("offer.pdf", b"%PDF-1.7 offer")}).status_code == 302
    assert "offer.pdf" in as_(cast.viewer).get(address).content.decode()
    with scope(cast.workspace):
        kept = Attachment.objects.get()
    served = as_(cast.auditor).get(f"/acme/files/{kept.file_id}/content")
    assert served["Content-Disposition"].startswith("attachment")
    assert served["X-Content-Type-Options"] == "nosniff"
    assert b"".join(served.streaming_content) == b"%PDF-1.7 offer"
    assert as_(cast.viewer).post(f"/acme/budgets/attachments/{kept.pk}/removal/").status_code == 403
    assert client.post(f"/acme/budgets/attachments/{kept.pk}/removal/").status_code == 302
    assert "removed a file" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tool.exe", b"MZ\x90\x00"),
        ("offer.pdf", b"MZ\x90\x00"),
        ("page.html", b"<script>"),
        ("picture.png", b"GIF89a"),
        ("sheet.xlsx", archive("evil.js")),
        ("sheet.xlsx", b"PK\x03\x04 torn"),
        ("empty.txt", b""),
        ("large.txt", b"x" * (10 * 2**20 + 1)),
    ],
)
def test_what_is_not_what_it_says_is_refused(inside, name, content):
    line = make.line(inside, make.budget(inside))
    with pytest.raises(Refused) as refused:
        actions.attach(line, inside.cmo, upload(name, content))
    assert refused.value.field == "file"
    assert not Attachment.objects.exists()


def test_the_same_file_twice_is_named_and_an_office_file_is_kept(inside):
    line, sheet = make.line(inside, make.budget(inside)), archive("[Content_Types].xml")  # which tells when it was made
    actions.attach(line, inside.cmo, upload("sheet.xlsx", sheet))
    with pytest.raises(Refused, match="sheet.xlsx"):
        actions.attach(line, inside.cmo, upload("again.xlsx", sheet))


# ── Targets ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_target_from_above_stands_beside_the_plan_from_below(inside):
    plan = make.budget(inside)
    events = Category.objects.create(workspace=inside.workspace, name="All events")
    fairs = Category.objects.create(workspace=inside.workspace, name="Fairs", parent=events)
    make.line(inside, plan, "Spring fair", "600.00", side="joint", category=fairs)
    make.line(inside, plan, "Later", "150.00", category=events, placeholder=True)
    make.line(inside, plan, "Ads", "1000.00")
    actions.set_target(plan, inside.finance, "marketing", "2000.00")
    actions.set_target(plan, inside.finance, "marketing", "400.00", events)
    actions.set_target(plan, inside.cio, "technology", "300.00")
    found = [(row.target.side, row.planned, row.held, row.unallocated) for row in rows(plan)]
    assert found == [
        ("marketing", D(1450), D(150), D(550)),
        ("marketing", D(450), D(150), D(-50)),
        ("technology", D(300), D(0), D(0)),
    ]
    actions.set_target(plan, inside.finance, "marketing", "", events)
    assert Target.objects.count() == 2
    with pytest.raises(Refused):
        actions.set_target(plan, inside.marketing_planner, "marketing", "1.00")


def test_finance_sets_a_target_by_form_and_planners_read_it(cast, as_, plan):
    address = f"/acme/budgets/{plan.pk}/targets/"
    assert as_(cast.finance).post(address, {"side": "marketing", "amount": "900"}).status_code == 302
    shown = as_(cast.marketing_planner).get(address).content.decode()
    assert "400.00" in shown
    assert "Set the target" not in shown
    on_top = as_(cast.viewer).get(f"/acme/budgets/{plan.pk}/").content.decode()
    assert "Target: 900.00, unallocated 400.00" in on_top
    assert as_(cast.marketing_planner).post(address, {"side": "marketing", "amount": "1"}).status_code == 403
