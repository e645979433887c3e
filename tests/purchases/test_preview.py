"""What the preview says of a line is what the stop will do."""

from decimal import Decimal

import pytest

from planning.budgets.actions import set_limits
from planning.purchases import actions
from planning.purchases.preview import preview_of
from planning.shared.refusals import Refused
from tests.purchases import make


@pytest.fixture
def tolerant(inside):
    set_limits(inside.cmo, tolerance_percent="10")
    shares = {"marketing": "50", "technology": "50"}
    inside.line = make.agreed_line(inside, "1000.00", side="joint", shares=shares)
    return inside


def test_what_the_tolerance_allows_is_not_short_and_can_be_sent(tolerant):
    purchase = make.draft(tolerant.marketing_planner, tolerant.line, "1100.00")
    seen = preview_of(purchase)
    assert seen.can_be_sent
    assert [share.is_tolerated for share in seen.effects[0].shares] == [True, True]
    actions.submit(purchase, tolerant.marketing_planner)
    assert make.standing(tolerant.line)["reserved"] == 1100


def test_a_penny_above_the_tolerance_is_short_before_and_when_it_is_sent(tolerant):
    purchase = make.draft(tolerant.marketing_planner, tolerant.line, "1100.01")
    seen = preview_of(purchase)
    assert sum(share.short for share in seen.effects[0].shares) == Decimal("0.01")
    assert not seen.can_be_sent
    with pytest.raises(Refused, match="short by 0.01 GBP"):
        actions.submit(purchase, tolerant.marketing_planner)
