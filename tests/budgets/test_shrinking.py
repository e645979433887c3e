"""An approved purchase that costs less gives the difference back, without anybody's approval."""

import uuid
from decimal import Decimal as D

import pytest

from planning.budgets import promises
from planning.shared.refusals import Refused

from . import make

CAUSE = "purchases.purchase:1"


@pytest.fixture
def held(inside):
    line = make.agreed_line(inside, "1000.00", side="joint")
    claim, first, second = uuid.uuid4(), *line.budget.months[:2]
    promises.reserve(claim, [(line, first, D("300.01")), (line, second, D(100))], inside.cmo, CAUSE)
    promises.commit(claim, CAUSE)
    return line, claim, first, second


def test_the_difference_is_released_on_both_sides(inside, held):
    line, claim, first, second = held
    assert promises.shrink(claim, [(line, first, D("200.00")), (line, second, D(100))], CAUSE) == D("100.01")
    assert make.standing(line) == {"plan": D(1000), "committed": D(300), "available": D(700)}
    assert promises.shrink(claim, [(line, first, D("200.00"))], CAUSE) == D(100)
    assert promises.release(claim, CAUSE) == D(200)
    assert make.standing(line) == {"plan": D(1000), "available": D(1000)}


def test_not_below_what_is_invoiced_nor_upwards_nor_elsewhere(inside, held):
    line, claim, first, second = held
    promises.consume(claim, [(line.pk, first, D("250.00"))], "spend.import:1", "1")
    rest = (line, second, D(100))
    with pytest.raises(Refused, match="invoiced already"):
        promises.shrink(claim, [(line, first, D("249.99")), rest], CAUSE)
    with pytest.raises(Refused, match="only shrinks"):
        promises.shrink(claim, [(line, first, D("300.02")), rest], CAUSE)
    with pytest.raises(Refused, match="where it stands"):
        promises.shrink(claim, [(line, line.budget.months[5], D(1))], CAUSE)
    assert promises.shrink(claim, [(line, first, D("250.00")), rest], CAUSE, step="version 3") == D("50.01")
    assert promises.held(claim)["committed"] == D(100)
