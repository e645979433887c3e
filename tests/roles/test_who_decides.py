"""Who decides by the matrix in force: the band of an amount, and a question in a person's own words."""

from decimal import Decimal

import pytest

from planning.calendar.models import Category
from planning.roles import actions, appointing
from planning.roles.asking import replies
from planning.roles.drafts import version_in
from planning.roles.grid import grid_of
from planning.roles.models import Role
from planning.roles.routing.row import row_for
from planning.roles.sheets import ActivityRow
from planning.roles.who import answers
from planning.shared.refusals import Refused

from . import make


def made_for_all(cast):
    make.in_force(
        cast,
        make.buying(None, Decimal(10_000), planner="A", vendor="R", cio="G", cmo="I", finance="C"),
        make.buying(Decimal(10_000), Decimal(100_000), cmo="A", planner="R", cio="G", finance="G", vendor="C"),
        ActivityRow("Run the platform", {"cio": "A", "vendor": "R", "cmo": "I", "planner": "C"}, "run", "Meetings"),
    )
    meetings = Category.objects.create(workspace=cast.workspace, name="Meetings")
    Category.objects.create(workspace=cast.workspace, name="Events", parent=meetings)
    return cast


@pytest.fixture
def banded(made):
    return made


def stand(cast, seat, amount):
    return answers(cast.workspace, [seat], Decimal(amount))[seat]


@pytest.mark.parametrize(
    ("seat", "amount", "who"),
    [
        ("marketing", "9999.99", "marketing_planner"),
        ("marketing", "10000", "cmo"),
        ("technology", "10000", "cio"),
        ("finance", "9999.99", None),
        ("finance", "10000", "finance"),
        ("marketing", "100000", None),
        ("security", "10000", None),
    ],
)
def test_the_band_names_who_decides(banded, seat, amount, who):
    found = stand(banded, seat, amount)
    assert (found and found.member) == (getattr(banded, who) if who else None)


def test_a_vacant_role_names_nobody_but_says_which_role(banded):
    role = Role.objects.get(key="cio")
    appointing.end_holding(role.holdings.get(), banded.cio, until=banded.workspace.today())
    found = stand(banded, "technology", "500")
    assert (found.role, found.member) == (role.key, None)


def test_without_a_matrix_in_force_nobody_is_named(inside):
    make.draft(inside, make.buying(Decimal(1), None))
    assert stand(inside, "marketing", "5") is None


def test_a_row_for_one_kind_of_spend_governs_nothing_else(inside):
    agencies = Category.objects.create(workspace=inside.workspace, name="Agencies")
    studios = Category.objects.create(workspace=inside.workspace, name="Studios", parent=agencies)
    letters = {"cmo": "A", "planner": "R", "cio": "G", "finance": "I"}
    make.in_force(
        inside,
        ActivityRow("Buy technology", letters, "buy", "", True, routes="purchase", domain="technology"),
        ActivityRow("Buy from agencies", {"cmo": "AR", "finance": "I"}, "agencies", category=agencies),
    )
    cases = [(studios, "marketing", "agencies"), (studios, "technology", "agencies"), (None, "technology", "buy"),
             (None, "marketing", None)]  # fmt: skip
    for category, domain, key in cases:
        row = row_for(inside.workspace, "purchase", Decimal(5), category, domain)
        assert (row and row.activity.key) == key, (category, domain)
    assert row_for(inside.workspace, "budget", Decimal(5)) is None
    with pytest.raises(Refused, match="routes purchases"):
        actions.add_activity(inside.cmo, name="Define a KPI", routes="kpi", domain="technology")
    found = replies(grid_of(version_in(inside.workspace, "in force")), "buy 500 of studios")
    assert [reply.activity.key for reply in found] == ["agencies"]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("a 40,000 martech contract", "buy"),
        ("who runs the platform?", "run"),
        ("runing platfrom", "run"),
        ("5,000", "buy"),
        ("something for events", "run"),
        ("200,000 of zebras", None),
    ],
)
def test_who_decides_is_asked_in_words(banded, question, first):
    found = replies(grid_of(version_in(banded.workspace, "in force")), question)
    assert (found[0].activity.key if found else None) == first
    assert all(reply.because for reply in found)
