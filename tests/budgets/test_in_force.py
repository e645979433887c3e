"""What is booked when a version comes into force is the same spread, in SQL, that spreading.cells works out."""

from decimal import Decimal as D

import pytest

from planning.budgets.lines.spreading import SIDES, cells
from planning.budgets.models import Cell, Revision

from . import make

ODD = [
    ("0.01", (50, 50)),
    ("0.05", ("33.333333", "66.666667")),
    ("1000.00", ("0.000001", "99.999999")),
    ("100.01", (60, 40)),
    ("999999999.99", ("12.5", "87.5")),
    ("0.00", (50, 50)),
]
UNEVEN = ["0.01", "0", "17.33", "250.00", "0.02", "9.99", "1.11", "2.22", "0", "0", "3.33", "88.88"]


def booked(line, months):
    found = {(cell.side, months.index(cell.month)): cell.plan for cell in Cell.objects.filter(line=line)}
    return {(str(side), row): found.get((str(side), row), D(0)) for side in SIDES for row in range(12)}


@pytest.mark.usefixtures("inside")
def test_both_roads_spread_alike_and_a_later_version_books_the_difference(cast):
    plan = make.budget(cast)
    lines = [
        make.line(cast, plan, f"Odd {row}", total, "joint", shares={"marketing": share[0], "technology": share[1]})
        for row, (total, share) in enumerate(ODD)
    ]
    shares = {"marketing": "41.7", "technology": "58.3"}
    lines.append(make.line(cast, plan, "Uneven", str(sum(map(D, UNEVEN))), "joint", spread=UNEVEN, shares=shares))
    make.agree(cast, plan)
    for line in lines:
        said = Revision.objects.in_force().get(line=line)
        expected = cells(said.months, said.weights, said.currency)
        assert booked(line, plan.months) == {(str(side), row): amount for (side, row), amount in expected.items()}

    from planning.budgets.actions import edit_line

    edit_line(lines[-1], cast.marketing_planner, spread=UNEVEN[::-1], shares={"marketing": 50, "technology": 50})
    make.agree(cast, plan)
    said = Revision.objects.in_force().get(line=lines[-1])
    expected = cells(said.months, said.weights, said.currency)
    assert booked(lines[-1], plan.months) == {(str(side), row): amount for (side, row), amount in expected.items()}
