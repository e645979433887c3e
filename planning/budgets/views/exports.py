"""The budget leaves the house: the agreed plan as a document."""

from planning.people.doors import anyone, door
from planning.shared.exports import sent
from planning.shared.refusals import Refused

from ..document import agreed_document
from .budgets import one


@door(anyone)
def document(request, budget_id):
    budget = one(request, budget_id)
    try:
        return sent(agreed_document(budget), f"budget-{budget.year}-version-{budget.agreed_count}.pdf")
    except Refused:
        return request.go("budgets:budget", budget.pk)
