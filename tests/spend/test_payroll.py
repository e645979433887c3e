"""Payroll rows and the files that hold them: seen by few on every road, booked where no pay can be told from a
total."""

import pytest
from django.db import connection
from django.db.models import Sum

from planning.budgets import actions as budgets
from planning.files.models import StoredFile
from planning.people.scope import scope
from planning.shared.refusals import Refused
from planning.spend import assigning
from planning.spend.models import Entry, Import, Rule
from planning.spend.pivot import pivot
from planning.trail.models import Entry as Trail
from tests.budgets import make as plans

from . import make

HEADER = [*make.HEADER, "Kind", "Description"]
TEAM = [{"group": "Brand", "fte": "6", "rate": "60000"}]


def payday(day="2026-05-14"):
    pay = [[*make.row(amount, vendor=f"Person {amount}", document="", day=day, category="Pay"), "payroll", "Salary"]
           for amount in ("4100.00", "5200.00")]  # fmt: skip
    return make.ledger(*pay, [*make.row("70.00", vendor="Northwind Ltd", day=day), "invoice", "Paper"], header=HEADER)


def made_for_all(cast):
    """A team of marketing's, an ordinary line, and a month's pay of that team in one file of finance's."""
    budget = plans.budget(cast)
    team = budgets.add_line(budget, cast.cmo, name="Team", side="marketing", category="People", people=TEAM)
    other = plans.line(cast, budget, name="Events")
    plans.agree(cast, budget)
    day = f"{budget.months[1]:%Y-%m}-14"
    batch = make.brought(cast.finance, payday(day))
    with scope(cast.workspace):  # nobody in particular, who sees them all
        ids = list(batch.entries.filter(kind="payroll").values_list("pk", flat=True))
    return cast, team, other, batch, ids


@pytest.fixture
def paid(made_outside):
    return made_outside


READERS = [("finance", True), ("auditor", True), ("cmo", True), ("marketing_planner", True),
           ("cio", False), ("technology_planner", False), ("viewer", False), ("sponsor", False)]  # fmt: skip


def seen(cast, who, work):
    with scope(cast.workspace, getattr(cast, who).user, read_only=False):
        return work()


def test_rows_of_a_team_are_seen_by_few_and_its_total_by_all(paid, as_):
    cast, team, _other, batch, ids = paid
    with scope(cast.workspace, cast.finance.user):
        assigning.assign(cast.finance, team, ids)
    first, last = min(team.budget.months), max(team.budget.months)
    for who, may in READERS:
        listed = seen(cast, who, lambda: set(Entry.objects.filter(kind="payroll").values_list("pk", flat=True)))
        assert listed == (set(ids) if may else set()), who
        table = seen(cast, who, lambda: pivot(cast.workspace, "kind", "", first, last))
        assert ("payroll" in {row.key for row in table.rows}) == may, who
        assert seen(cast, who, lambda: plans.standing(team))["actual"] == 9300
    for who, status in (("cmo", 200), ("cio", 404)):
        page = as_(getattr(cast, who)).get(f"/acme/spend/entries/{ids[0]}/")
        assert page.status_code == status
    listed = as_(cast.cio).get(f"/acme/spend/entries/?line={team.pk}").content.decode()
    assert "seen by those who own it" in listed
    assert "4,100" not in listed
    file = as_(cast.cio).get(f"/acme/spend/entries/?line={team.pk}&export=csv")
    assert b"4100" not in b"".join(file.streaming_content)
    with scope(cast.workspace):
        told = " ".join(Trail.objects.of(cast.workspace).values_list("text", flat=True))
    assert "4100" not in told
    assert "9300" not in told
    assert "9370" not in told


def test_the_file_is_kept_from_others_and_a_mixed_files_invoices_are_not(paid, as_):
    cast, _team, _other, batch, _ids = paid
    assert batch.private
    for who, may in [("finance", True), ("auditor", True), ("cio", False), ("cmo", False)]:
        assert seen(cast, who, Import.objects.filter(pk=batch.pk).exists) == may
        assert seen(cast, who, StoredFile.objects.filter(pk=batch.file_id).exists) == may
        assert seen(cast, who, Entry.objects.filter(kind="payroll").exists) == may, "on no line yet"
    assert as_(cast.cio).get(f"/acme/spend/imports/{batch.pk}/").status_code == 404
    assert as_(cast.cio).get(f"/acme/files/{batch.file_id}").status_code == 404
    with scope(cast.workspace, cast.cio.user):
        invoice = Entry.objects.get(batch=batch.pk)
    assert "a file with payroll" in as_(cast.cio).get(f"/acme/spend/entries/{invoice.pk}/").content.decode()


def test_payroll_is_booked_on_people_alone(paid):
    cast, team, other, batch, ids = paid
    with scope(cast.workspace):
        with pytest.raises(Refused, match="what somebody earns"):
            assigning.assign(cast.finance, other, ids)
        facts = {"workspace": cast.workspace, "category_text": "Pay", "learned_from": cast.finance,
                 "learned_at": cast.workspace.now(), "source": None}  # fmt: skip
        Rule.objects.create(line=other, **facts)
        assigning.ask_again(cast.finance)
        assert set(Entry.objects.filter(pk__in=ids).values_list("line", "waits")) == {(None, "unmatched")}
        Rule.objects.all().delete()
        Rule.objects.create(line=team, **facts)
        assigning.ask_again(cast.cio)
        assert Entry.objects.filter(pk__in=ids, waits="").aggregate(sum=Sum("converted"))["sum"] == 9300


def test_who_does_not_see_a_row_cannot_place_it(paid, as_):
    cast, team, _other, _batch, ids = paid
    as_(cast.cio).post("/acme/spend/assignments", {"entry": ids[0], "line": team.pk})
    with scope(cast.workspace):
        assert not Entry.objects.filter(pk=ids[0]).exclude(line=None).exists()
    with scope(cast.workspace, cast.cio.user), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM spend_entry WHERE kind = 'payroll'")
        assert cursor.fetchone() == (0,), "Postgres itself says no"
