"""The books are added up again every night; what was changed behind their back is found, and nothing else is."""

import uuid
from decimal import Decimal as D

import pytest

from planning.budgets import postings, promises
from planning.budgets.drift import drifts
from planning.budgets.tasks import check_balances
from planning.notices.models import Notice
from planning.people.scope import scope
from planning.trail.models import Entry

from . import make


@pytest.mark.django_db(transaction=True)
def test_a_balance_changed_by_hand_is_reported_once_a_night(committed_cast, owner, caplog):
    cast = committed_cast
    with scope(cast.workspace):
        line = make.agreed_line(cast, "1200.00", side="joint")
        month = line.budget.months[0]
        promises.reserve(uuid.uuid4(), [(line, month, D(10))], cast.cmo, "purchases.purchase:1")
        postings.post_actuals(cast.workspace, [(line.pk, month, D(700))], "spend.import:1", "1")
        assert drifts(cast.workspace) == []
    check_balances()
    with scope(cast.workspace):
        assert not Entry.objects.filter(verb="budgets.report_drift").exists()
    owner.execute(
        "UPDATE budgets_balance SET actual = actual + 0.01 WHERE line_id = %s AND side = 'marketing'", [line.pk]
    )
    owner.execute(
        "DELETE FROM budgets_cell WHERE line_id = %s AND side = 'technology' AND month = %s", [line.pk, month]
    )
    check_balances()
    with scope(cast.workspace):
        found = Entry.objects.get(verb="budgets.report_drift")
        assert found.after["differences"] == 2
        assert found.after["first"][0] == f"{line.pk} marketing: actual +0.010"
        assert Notice.objects.get(entry=found).member == cast.finance
    assert "differs from its bookings" in caplog.text
