"""Budgets and their keys. Money is text in the workspace's currency."""

from typing import Annotated, Any, Literal

from ninja import Field, Router, Schema, Status

from planning.budgets import actions
from planning.budgets.models import Budget
from planning.people.doors import anyone, editors

from .base import may
from .budget_input import Id, Name, Note, Number, budget_of
from .budget_shapes import budget_out, budgets_out
from .paging import Listed, Page, Size, listed

router = Router(tags=["budgets"])


Year = Annotated[int, Field(ge=1990, le=2200)]
STATES = tuple(Budget.State.values)


class BudgetIn(Schema):
    year: Year
    name: Name


class BudgetOut(Schema):
    id: int
    year: int
    name: str
    state: str
    version: int
    currency: str
    fingerprint: str | None
    seats: list[dict[str, Any]]
    marketing: str
    technology: str
    total: str


class ProposalIn(Schema):
    reason: Note = ""
    lines: Annotated[list[Id], Field(max_length=10000)] | None = None
    give_back: bool = False


class BudgetSignatureIn(Schema):
    version: Number
    verdict: Literal["approve", "reject", "ask"] = "approve"
    note: Note = ""
    seat: Annotated[str, Field(max_length=16)] | None = None
    fingerprint: Annotated[str, Field(max_length=64)] | None = None


@router.get("budgets", response=Listed[BudgetOut])
@may(anyone)
def budgets(
    request, year: Year | None = None, state: Literal[STATES] | None = None, page: Page = 1, size: Size = 100
):  # fmt: skip
    """Budgets, the newest year first; of one `year` or in one `state`."""
    asked = {name: value for name, value in (("year", year), ("state", state)) if value is not None}
    found = Budget.objects.of(request.workspace).filter(**asked)
    return listed(request, found, budgets_out, page, size, together=True)


@router.post("budgets", response={201: BudgetOut})
@may(editors)
def begin(request, body: BudgetIn):
    """Begin the joint budget of a fiscal year, named by its label."""
    return Status(201, budget_out(actions.create_budget(request.member, body.year, body.name)))


@router.get("budgets/{int:budget_id}", response=BudgetOut)
@may(anyone)
def one_budget(request, budget_id: Id):
    return budget_out(budget_of(request, budget_id))


@router.post("budgets/{int:budget_id}/proposal", response=BudgetOut)
@may(editors)
def proposal(request, budget_id: Id, body: ProposalIn | None = None):
    """Freeze what was drafted (or only these changed `lines` of it) and ask both keys (and finance).

    A change of an agreed budget needs a reason. One that only lowers the member's own side's lines keeps both keys and
    is in force at once, the money on that side's unallocated line; with `give_back` it leaves the plan by both keys.
    """
    said = body or ProposalIn()
    version = actions.propose(
        budget_of(request, budget_id), request.member, said.reason, said.lines or None, said.give_back
    )
    return budget_out(budget_of(request, version.budget_id), version)


@router.post("budgets/{int:budget_id}/signatures", response=BudgetOut)
@may(editors)
def signature(request, budget_id: Id, body: BudgetSignatureIn):
    """Turn the member's key on the version they read. Another version by then: 409 with the difference."""
    budget = budget_of(request, budget_id)
    version = actions.decide(budget, request.member, body.version, body.verdict, body.note, body.seat, body.fingerprint)
    return budget_out(budget_of(request, budget_id), version)
