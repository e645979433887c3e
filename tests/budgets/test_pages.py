"""The pages, as the people of the cast use them: drafting, signing, moving, reading."""

from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from planning.budgets import actions, postings
from planning.budgets.models import Budget, Line, Revision, Transfer
from planning.people.scope import scope

from . import make

LINE = {
    "name": "Web shop", "category": "Commerce", "side": "joint", "total": "1,200.00", "spread": "even",
    "marketing_share": "60", "technology_share": "40", "purpose": "grow", "treatment": "opex",
}  # fmt: skip


def made_for_all(cast):
    """An agreed budget with a joint line, some of it spent."""
    plan = make.budget(cast)
    plan.line = make.line(cast, plan, total="12000.00", side="joint")
    plan.other = make.line(cast, plan, "Hosting", "6000.00", side="technology")
    make.agree(cast, plan)
    postings.post_actuals(cast.workspace, [(plan.line.pk, plan.months[0], D(700))], "spend.import:1", "1")
    return plan


@pytest.fixture
def plan(made):
    return made


def test_two_people_draft_propose_and_sign_a_budget(cast, as_):
    cmo, cio, finance = as_(cast.cmo), as_(cast.cio), as_(cast.finance)
    begun = cmo.post("/acme/budgets/new/", {"year": cast.workspace.today().year + 1, "name": "Joint plan"})
    assert begun.status_code == 302, begun.content.decode()
    page = begun["Location"]
    assert cmo.post(f"{page}lines/new/", LINE).status_code == 302
    assert "Web shop" in cio.get(page).content.decode()
    proposed = cmo.post(f"{page}proposal/", {"reason": "Next year"})
    version = proposed["Location"]
    shown = cio.get(version).content.decode()
    assert "Approve for technology" in shown
    assert "Approve for marketing" not in shown
    for client, seat in ((cio, "technology"), (cmo, "marketing"), (finance, "finance")):
        assert (
            client.post(f"{version}signature/", {"seat": seat, "version": 1, "verdict": "approve"}).status_code == 302
        )
    with scope(cast.workspace):
        assert Budget.objects.get().state == "agreed"
    after = cmo.get(page).content.decode()
    assert "version 1 in force" in after
    assert "720" in after


def test_what_is_wrong_with_a_line_stands_on_the_form_and_nothing_is_kept(cast, as_):
    with scope(cast.workspace):
        plan = make.budget(cast)
    page = as_(cast.cmo).post(
        f"/acme/budgets/{plan.pk}/lines/new/", LINE | {"marketing_share": "60", "technology_share": "30"}
    )
    assert page.status_code == 422
    assert "they must make exactly 100" in page.content.decode()
    with scope(cast.workspace):
        assert not Line.objects.exists()


def test_a_change_request_shows_before_and_after(cast, as_, plan):
    client = as_(cast.marketing_planner)
    shown = client.get(f"/acme/budgets/lines/{plan.line.pk}/change/")
    assert 'value="12000.00"' in shown.content.decode()
    done = client.post(f"/acme/budgets/lines/{plan.line.pk}/change/", LINE | {"total": "15000.00", "seen": 1})
    assert done.status_code == 302
    draft = client.get(f"/acme/budgets/{plan.pk}/versions/2/").content.decode()
    assert "12,000.00" in draft
    assert "15,000.00" in draft
    assert client.post(f"/acme/budgets/{plan.pk}/proposal/", {"reason": ""}).status_code == 422
    assert client.post(f"/acme/budgets/{plan.pk}/proposal/", {"reason": "The app came up"}).status_code == 302
    with scope(cast.workspace):
        assert Revision.objects.in_force().get(line=plan.line).total == D(12000)


def test_money_moves_by_form(cast, as_, plan):
    client = as_(cast.cmo)
    form = {"giver": plan.line.pk, "taker": plan.other.pk, "amount": "500.00", "reason": "Peak traffic"}
    page = client.post(f"/acme/budgets/{plan.pk}/transfers/new/", form)["Location"]
    assert "Peak traffic" in client.get(page).content.decode()
    for who in (cast.cmo, cast.cio):
        as_(who).post(f"{page}signature/", {"version": 1, "verdict": "approve"})
    with scope(cast.workspace):
        assert Transfer.objects.get().state == "done"
    assert "Peak traffic" in client.get(page).content.decode()
    too_much = client.post(f"/acme/budgets/{plan.pk}/transfers/new/", form | {"amount": "50000.00"})
    assert too_much.status_code == 422
    assert "is short by" in too_much.content.decode()


@pytest.mark.parametrize("by", ["side", "category", "line", "vendor", "kpi", "month"])
def test_variance_by_everything_as_page_and_file(cast, as_, plan, by):
    client = as_(cast.viewer)
    first = f"{plan.months[0]:%Y-%m}"
    page = client.get(f"/acme/budgets/{plan.pk}/variance/?by={by}&through={first}")
    assert "18,000.00" in page.content.decode()
    file = b"".join(
        client.get(f"/acme/budgets/{plan.pk}/variance/?by={by}&through={first}&export=csv").streaming_content
    ).decode("utf-8-sig")
    total = file.splitlines()[-1].split(",")
    assert total[:4] == ["Total", "1500.00", "700.00", "-800.00"]


@pytest.mark.parametrize(
    "address",
    ["", "?measures=plan,actual,forecast", "?group=category", "?group=kpi", "?group=vendor", "?group=nonsense&page=x"],
)
def test_the_budget_reads_by_months_and_measures_in_every_grouping(cast, as_, plan, address):
    page = as_(cast.auditor).get(f"/acme/budgets/{plan.pk}/{address}")
    assert page.status_code == 200
    assert "18,000" in page.content.decode()


def test_the_sheet_goes_out_with_its_twelve_months(cast, as_, plan):
    file = as_(cast.viewer).get(f"/acme/budgets/{plan.pk}/?export=csv")
    rows = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert ",Hosting,Technology,Software,,,,run,operating cost,,,0,100,6000.00,0.00,6000.00,500.00,500.00" in rows[1]
    assert len(rows) == 3


def counted(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_a_version_that_waits_is_read_in_few_questions(cast, as_, plan):
    with scope(cast.workspace):
        make.line(cast, plan, "Late idea")
        actions.propose(plan, cast.cmo, "A late idea")
        transfer = actions.move(plan, cast.cmo, plan.line, plan.other, "100.00", "Peak traffic")
    client = as_(cast.cmo)
    for address in (
        f"{plan.pk}/",
        f"{plan.pk}/versions/2/",
        f"transfers/{transfer.pk}/",
        f"{plan.pk}/transfers/",
        f"{plan.pk}/transfers/new/",
        "",
    ):
        assert counted(client, f"/acme/budgets/{address}") <= 15, address


def test_pages_ask_the_same_number_of_questions_however_many_lines(cast, as_, plan):
    client = as_(cast.cmo)
    addresses = [
        f"/acme/budgets/{plan.pk}/",
        f"/acme/budgets/{plan.pk}/variance/?by=line",
        f"/acme/budgets/lines/{plan.line.pk}/",
        f"/acme/budgets/{plan.pk}/versions/1/",
    ]
    before = [counted(client, address) for address in addresses]
    with scope(cast.workspace):
        for number in range(5):
            make.line(cast, plan, f"Line {number}")
        make.agree(cast, plan)
    assert [counted(client, address) for address in addresses] == before
    assert max(before) <= 15
