"""Load and gaps: what the pictures say about people, areas, days and the history."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from planning.purchases.models import Purchase
from planning.roles import appointing
from planning.roles.grid import grid_of
from planning.roles.models import Role
from planning.roles.pictures.early import early_involvement
from planning.roles.pictures.heat import heat_of, shade
from planning.roles.pictures.loads import concentration, loads_in
from planning.roles.pictures.vacancies import stretches, vacancies_of
from planning.roles.sheets import ActivityRow
from planning.trail.acts import ACTIONS, record

from . import make


def test_loads_count_letters_of_all_roles_a_person_holds(inside):
    rows = [ActivityRow(f"Row {at}", {"cmo": "AR", "planner": "C", "cio": "G"}, f"row-{at}") for at in range(4)]
    version = make.draft(inside, *rows)
    appointing.appoint(Role.objects.get(key="planner"), inside.cmo, holder=inside.cmo, since=inside.workspace.today())
    loads = loads_in(grid_of(version))
    assert {one.member.name: (one.points, one.over) for one in loads.people} == {
        inside.cmo.name: (24, True), inside.marketing_planner.name: (4, False), inside.cio.name: (4, False),
    }  # fmt: skip
    assert loads.middle == Decimal(4)
    chart = concentration(grid_of(version), loads)
    assert (chart.categories, chart.series[0].values) == ([inside.cmo.name], [Decimal(4)])
    assert "at least half" in str(chart.note)


def test_heat_counts_questions_and_news_by_area(inside):
    heat = heat_of(grid_of(make.draft(inside)))
    by_area = {
        area: dict(zip([c.role.key for c in heat.columns], counts, strict=True)) for area, counts, _ in heat.rows
    }
    assert by_area["Technology"]["finance"] == (1, 4)
    assert by_area[""]["cmo"] == (1, 4)
    assert [shade(count, 8) for count in (0, 1, 2, 3, 8)] == [0, 1, 1, 2, 4]


class Held:
    def __init__(self, name, since, until):
        self.member, self.days = type("One", (), {"name": name}), DateRange(since, until)


def test_a_gap_between_two_holders_is_seen(inside):
    today = inside.workspace.today()
    days = [today + timedelta(at) for at in (0, 10, 20, 30)]
    parts = stretches([Held("Ann", None, days[1]), Held("Ben", days[2], None)], today, days[3])
    assert [(part.start, part.names) for part in parts] == [(days[0], ["Ann"]), (days[1], []), (days[2], ["Ben"])]
    version = make.draft(inside)
    holding = Role.objects.get(key="cio").holdings.get()
    appointing.end_holding(holding, inside.cio, until=days[3])
    first = vacancies_of(grid_of(version), lambda role: "").strips[0]
    assert (first["name"], first["vacant"], first["said"][0]) == ("Chief information officer", days[3], "amber")


def said(inside, number, *acts):
    """Entries about a purchase, as its actions write them."""
    purchase = Purchase(pk=number, workspace=inside.workspace, title=f"Purchase {number}")
    for verb, after in acts:
        record(ACTIONS[verb], inside.cmo, purchase, after=after)


BOTH = ("purchases.submit", {"seats": ["marketing", "technology", "finance"]})
QUESTION = ("purchases.submit", {"seats": ["marketing"], "sides asked": ["marketing", "technology"]})
MOVED = ("budgets.move", {"sides asked": ["marketing", "technology"]})
DONE = ("budgets.decide_transfer", {"state": "done"})
ONE = ("purchases.submit", {"seats": ["marketing"]})
WAITS = ("purchases.decide", {"state": "submitted"})
APPROVED = ("purchases.decide", {"state": "approved"})
RUSH = ("purchases.rush", {"emergency": "outage"})


@pytest.mark.parametrize(
    ("acts", "joint", "early"),
    [
        ([BOTH, WAITS, APPROVED], 1, 1),
        ([BOTH, WAITS], 0, 0),
        ([ONE, APPROVED], 0, 0),
        ([RUSH], 1, 0),
        ([RUSH, BOTH, APPROVED], 1, 0),
        ([BOTH, RUSH], 1, 1),
        ([QUESTION, APPROVED], 1, 1),
        ([MOVED], 0, 0),
        ([MOVED, DONE], 1, 1),
    ],
)
def test_who_was_asked_before_money_was_committed(inside, acts, joint, early):
    said(inside, 1, *acts)
    found = early_involvement(inside.workspace)
    assert (found.joint, found.early, len(found.late)) == (joint, early, joint - early)
    assert found.share == (100 * early if joint else None)
