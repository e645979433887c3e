"""Budgets, lines, availability, signatures, transfers, variance. Money is text in the workspace's currency."""

from datetime import date
from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema, Status
from pydantic import ConfigDict

from planning.budgets import actions
from planning.budgets.availability import availability
from planning.budgets.drafts import current, in_force
from planning.budgets.models import Budget, Line, Transfer
from planning.budgets.variance import clean_through, total_of, variance
from planning.people.doors import anyone, editors
from planning.shared.money import money_text
from planning.shared.refusals import Refused

from .base import may
from .budget_shapes import budget_out, line_out, transfer_out, variance_row
from .paging import Listed, Page, Size, listed

router = Router(tags=["budgets"])

Amount = Annotated[str, Field(max_length=40)] | int
Name = Annotated[str, Field(min_length=1, max_length=120)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Note = Annotated[str, Field(max_length=4000)]
Percent = Annotated[str, Field(max_length=20)] | int | float


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class BudgetIn(Schema):
    year: Annotated[int, Field(ge=1990, le=2200)]
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


class Shares(Strict):
    marketing: Percent = 0
    technology: Percent = 0


class Spread(Strict):
    months: Annotated[list[Amount], Field(min_length=12, max_length=12)]


class LineIn(Schema):
    name: Name
    side: Literal["marketing", "technology", "joint"]
    category: Annotated[str, Field(min_length=1, max_length=80)]
    total: Amount | None = None
    spread: Literal["even"] | Spread | None = None
    months: Annotated[list[Amount], Field(min_length=12, max_length=12)] | None = None
    shares: Shares | None = None
    vendor: Id | Name | None = None
    kpi: Id | None = None
    purpose: Literal["run", "grow", "transform"] | None = None
    treatment: Literal["opex", "capex"] | None = None
    forecast: Literal["plan", "steady"] | None = None
    notes: Note = ""


class LinePatch(Schema):
    version: Number | None = None
    name: Name | None = None
    side: Literal["marketing", "technology", "joint"] | None = None
    category: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    total: Amount | None = None
    spread: Literal["even"] | Spread | None = None
    months: Annotated[list[Amount], Field(min_length=12, max_length=12)] | None = None
    shares: Shares | None = None
    vendor: Id | Name | None = None
    kpi: Id | None = None
    purpose: Literal["run", "grow", "transform"] | None = None
    treatment: Literal["opex", "capex"] | None = None
    forecast: Literal["plan", "steady"] | None = None
    notes: Note | None = None


class ShareOut(Schema):
    percent: str
    amount: str


class SharesOut(Schema):
    marketing: ShareOut
    technology: ShareOut


class LineOut(Schema):
    id: int
    budget: int
    name: str
    side: str
    category: str
    total: str
    months: list[str]
    shares: SharesOut
    vendor: int | None
    kpi: int | None
    purpose: str
    treatment: str
    forecast: str
    notes: str
    version: int
    in_force: bool
    fingerprint: str
    change: dict[str, Any] | None


class Money(Schema):
    plan: str
    transferred: str
    reserved: str
    committed: str
    actual: str
    available: str


class Availability(Money):
    by_side: dict[str, Money]


class ProposalIn(Schema):
    reason: Note = ""


class SignatureIn(Schema):
    version: Number
    verdict: Literal["approve", "reject", "ask"] = "approve"
    note: Note = ""
    seat: Annotated[str, Field(max_length=16)] | None = None
    fingerprint: Annotated[str, Field(max_length=64)] | None = None


class TransferIn(Schema):
    giver: Id = Field(alias="from")
    taker: Id = Field(alias="to")
    amount: Amount
    reason: Note


class TransferSignatureIn(Schema):
    version: Number = 1
    verdict: Literal["approve", "reject", "ask"] = "approve"
    note: Note = ""


class TransferOut(Schema):
    id: int
    budget: int
    giver: int = Field(serialization_alias="from")
    taker: int = Field(serialization_alias="to")
    amount: str
    reason: str
    state: str
    version: int
    seats: list[dict[str, Any]]
    parts: list[dict[str, Any]]


class VarianceOut(Schema):
    by: str
    through: str
    currency: str
    rows: list[dict[str, Any]]
    total: dict[str, Any]


# ── Budgets ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@router.get("budgets", response=Listed[BudgetOut])
@may(anyone)
def budgets(request, page: Page = 1, size: Size = 100):
    return listed(request, Budget.objects.of(request.workspace), budget_out, page, size)


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
    """Freeze what was drafted and ask both keys (and finance). A change of an agreed budget needs a reason."""
    version = actions.propose(budget_of(request, budget_id), request.member, body.reason if body else "")
    return budget_out(budget_of(request, version.budget_id), version)


@router.post("budgets/{int:budget_id}/signatures", response=BudgetOut)
@may(editors)
def signature(request, budget_id: Id, body: SignatureIn):
    """Turn the member's key on the version they read. Another version by then: 409 with the difference."""
    budget = budget_of(request, budget_id)
    version = actions.decide(budget, request.member, body.version, body.verdict, body.note, body.seat, body.fingerprint)
    return budget_out(budget_of(request, budget_id), version)


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@router.get("budgets/{int:budget_id}/lines", response=Listed[LineOut])
@may(anyone)
def lines(request, budget_id: Id, page: Page = 1, size: Size = 100):
    found = Line.objects.of(request.workspace).filter(budget=budget_of(request, budget_id)).order_by("pk")
    return listed(request, found, describe(request), page, size)


@router.post("budgets/{int:budget_id}/lines", response={201: LineOut})
@may(editors)
def add(request, budget_id: Id, body: LineIn):
    """Add a line to the version being drafted; in an agreed budget it joins the plan with the next agreement."""
    line = actions.add_line(
        budget_of(request, budget_id), request.member, **fields_of(body.model_dump(exclude_unset=True))
    )
    return Status(201, describe(request)(line))


@router.get("lines/{int:line_id}", response=LineOut)
@may(anyone)
def one_line(request, line_id: Id):
    """What is in force (before any agreement: what is drafted), and beside it the `change` being drafted or signed."""
    return describe(request)(line_of(request, line_id))


@router.patch("lines/{int:line_id}", response=LineOut)
@may(editors)
def change(request, line_id: Id, body: LinePatch):
    """Change what is given. With `version`, only if nobody changed the line since; else 409 with the difference."""
    said = body.model_dump(exclude_unset=True)
    seen = said.pop("version", None)
    return describe(request)(actions.edit_line(line_of(request, line_id), request.member, seen=seen, **fields_of(said)))


@router.get("lines/{int:line_id}/availability", response=Availability)
@may(anyone)
def room(request, line_id: Id):
    """plan + transferred − reserved − committed − actual = available, for the year and per side."""
    money, currency = availability(line_of(request, line_id)), request.workspace.currency
    by_side = {side: as_text(amounts, currency) for side, amounts in money.pop("by_side").items()}
    return as_text(money, currency) | {"by_side": by_side}


# ── Transfers ────────────────────────────────────────────────────────────────────────────────────────────────────────
@router.get("budgets/{int:budget_id}/transfers", response=Listed[TransferOut], by_alias=True)
@may(anyone)
def transfers(request, budget_id: Id, page: Page = 1, size: Size = 100):
    found = Transfer.objects.of(request.workspace).filter(budget=budget_of(request, budget_id)).order_by("-pk")
    return listed(request, found.select_related("workspace", "paper__workspace"), transfer_out, page, size)


@router.post("budgets/{int:budget_id}/transfers", response={201: TransferOut}, by_alias=True)
@may(editors)
def move(request, budget_id: Id, body: TransferIn):
    """Move agreed money between two lines. `state` is `done`, or `proposed` until those the rules name have agreed."""
    budget = budget_of(request, budget_id)
    return Status(
        201, transfer_out(actions.move(budget, request.member, body.giver, body.taker, body.amount, body.reason))
    )


@router.post("transfers/{int:transfer_id}/signatures", response=TransferOut, by_alias=True)
@may(editors)
def sign_transfer(request, transfer_id: Id, body: TransferSignatureIn):
    transfer = get_object_or_404(Transfer.objects.of(request.workspace), pk=transfer_id)
    return transfer_out(actions.decide_transfer(transfer, request.member, body.verdict, body.note, body.version))


# ── Variance ─────────────────────────────────────────────────────────────────────────────────────────────────────────
@router.get("budgets/{int:budget_id}/variance", response=VarianceOut)
@may(anyone)
def variances(
    request,
    budget_id: Id,
    by: Literal["side", "category", "line", "vendor", "kpi", "month"] = "side",
    through: Annotated[str | None, Query(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] = None,
):
    """Actual less plan up to the month `through` (default: the last that is over), and the year's forecast."""
    budget, currency = budget_of(request, budget_id), request.workspace.currency
    month = clean_through(budget, through and month_named(through))
    rows = variance(budget, by, month)
    return {
        "by": by,
        "through": f"{month:%Y-%m}",
        "currency": currency,
        "rows": [variance_row(row, currency) for row in rows],
        "total": variance_row(total_of(rows), currency),
    }


# ── Helpers ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def budget_of(request, budget_id) -> Budget:
    budget = get_object_or_404(Budget.objects.of(request.workspace), pk=budget_id)
    budget.workspace = request.workspace
    return budget


def line_of(request, line_id) -> Line:
    line = get_object_or_404(Line.objects.of(request.workspace).select_related("budget"), pk=line_id)
    line.workspace = line.budget.workspace = request.workspace
    return line


def describe(request):
    return lambda line: line_out(line, in_force(line), current(line))


def fields_of(said: dict) -> dict:
    """The body as `line_input.cleaned` takes it: `months`, or `spread` as “even” or {months}."""
    months = said.pop("months", None)
    if months is not None:
        said["spread"] = months
    if said.get("spread", "") is None:
        said.pop("spread")
    kept = ("vendor", "kpi", "shares", "notes")
    return {name: value for name, value in said.items() if value is not None or name in kept and name != "shares"}


def month_named(text) -> date:
    year, month = (int(part) for part in text.split("-"))
    if not 1990 <= year <= 2201:
        raise Refused(_("That month is not in the budget's year."), "through")
    return date(year, month, 1)


def as_text(amounts, currency) -> dict:
    return {name: money_text(amount, currency) for name, amount in amounts.items()}
