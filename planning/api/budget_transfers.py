"""Transfers between the lines of a budget. Money is text in the workspace's currency."""

from typing import Any, Literal

from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema, Status

from planning.budgets import actions
from planning.budgets.models import Transfer
from planning.people.doors import anyone, editors

from .base import may
from .budget_input import Amount, Id, Note, Number, budget_of
from .budget_shapes import transfer_out
from .paging import Listed, Page, Size, listed

router = Router(tags=["budgets"])


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
