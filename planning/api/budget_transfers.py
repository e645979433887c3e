"""Transfers between the lines of a budget. Money is text in the workspace's currency."""

from typing import Annotated, Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from planning.budgets import actions
from planning.budgets.models import Transfer
from planning.people.doors import anyone, editors
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

from .base import may
from .budget_input import Amount, Id, Note, Number, Strict, budget_of
from .budget_shapes import transfer_out
from .paging import Listed, Page, Size, listed

router = Router(tags=["budgets"])


class TransferPart(Strict):
    line: Id
    amount: Amount


Parts = Annotated[list[TransferPart], Field(min_length=1, max_length=20)]


class TransferIn(Schema):
    """`from` one line `to` another with `amount`; or lists of {line, amount} on either side, which sum to the same."""

    giver: Id | Parts = Field(alias="from")
    taker: Id | Parts = Field(alias="to")
    amount: Amount | None = None
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


@router.get("budgets/{int:budget_id}/transfers", response=Listed[TransferOut], by_alias=True)
@may(anyone)
def transfers(request, budget_id: Id, page: Page = 1, size: Size = 100):
    found = Transfer.objects.of(request.workspace).filter(budget=budget_of(request, budget_id)).order_by("-pk")
    return listed(request, found.select_related("workspace", "paper__workspace"), transfer_out, page, size)


@router.post("budgets/{int:budget_id}/transfers", response={201: TransferOut}, by_alias=True)
@may(editors)
def move(request, budget_id: Id, body: TransferIn):
    """Move agreed money between lines, in one booking. `state` is `done`, or `proposed` until those the rules name have
    agreed."""
    budget = budget_of(request, budget_id)
    (giver, amount), (taker, _rest), more = booking(body, request.workspace.currency)
    return Status(201, transfer_out(actions.move(budget, request.member, giver, taker, amount, body.reason, more)))


def booking(body, currency):
    """(first giver, its amount), (first taker, its amount), [(further line, amount, givers below zero)].

    Refused: no amount at all, and sides that do not sum to the same.
    """
    sides = [
        [(one.line, clean_money(one.amount, currency, "amount")) for one in side] if isinstance(side, list) else side
        for side in (body.giver, body.taker)
    ]
    known = [sum(amount for _line, amount in side) for side in sides if isinstance(side, list)]
    known += [clean_money(body.amount, currency, "amount")] if body.amount is not None else []
    if not known:
        raise Refused(_("How much is to be moved?"), "amount")
    if len(set(known)) > 1:
        raise Refused(_("What is given and what is taken are not the same amount."), "amount")
    givers, takers = (side if isinstance(side, list) else [(side, known[0])] for side in sides)
    more = [(line, -amount) for line, amount in givers[1:]] + takers[1:]
    return givers[0], takers[0], more


@router.post("transfers/{int:transfer_id}/signatures", response=TransferOut, by_alias=True)
@may(editors)
def sign_transfer(request, transfer_id: Id, body: TransferSignatureIn):
    transfer = get_object_or_404(Transfer.objects.of(request.workspace), pk=transfer_id)
    return transfer_out(actions.decide_transfer(transfer, request.member, body.verdict, body.note, body.version))
