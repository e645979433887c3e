"""Requests to buy. Amounts are text, net, in the purchase's currency; `value` is in the workspace's."""

from datetime import date, datetime
from typing import Annotated, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status
from pydantic import BeforeValidator

from planning.people.doors import anyone, editors
from planning.purchases import actions
from planning.purchases.models import Purchase
from planning.purchases.preview import preview_of
from planning.shared.money import money_text
from planning.shared.refusals import Refused
from planning.signoffs.papers import seats_with_people

from .base import may
from .paging import Listed, Page, Size, listed

router = Router(tags=["purchases"])

Number = Annotated[int, Field(ge=1, le=2**62)]
Words = Annotated[str, Field(max_length=200)]
Version = Annotated[int, Field(ge=1, le=2**31 - 1)]


def without_zero_bytes(value):
    if isinstance(value, str) and "\x00" in value:
        raise ValueError("a text has no zero bytes")
    return value


Text = Annotated[str, Field(max_length=4000), BeforeValidator(without_zero_bytes)]
Title = Annotated[str, Field(min_length=1, max_length=200), BeforeValidator(without_zero_bytes)]


class ItemIn(Schema):
    line: Number
    amount: str | int | None = None


class Terms(Schema):
    """`vendor` is an id or a name in any spelling; a new name joins the register. `category` is a name."""

    vendor: Number | Title | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    amount: str | int | None = None
    price: Literal["once", "month", "year"] = "once"
    items: list[ItemIn] = []
    category: Title | None = None
    data_class: Literal["none", "internal", "personal", "unknown"] = "unknown"
    technology: bool | None = None
    region: Annotated[str, Field(max_length=60), BeforeValidator(without_zero_bytes)] = ""
    replaces: Annotated[str, Field(max_length=200), BeforeValidator(without_zero_bytes)] = ""
    term_months: Annotated[int, Field(ge=0, le=600)] | None = None
    renews: Literal["tacit", "express", "no"] = "no"
    needed_by: date | None = None
    reason: Text = ""
    framework: bool = False
    restricted: bool = Field(default=False, description="Its words are read by its approvers and auditors alone.")
    call_off_of: Number | None = None


class PurchaseIn(Terms):
    title: Title


class PurchasePatch(Terms):
    title: Title | None = None
    version: Version | None = None


class PurchaseDecisionIn(Schema):
    seat: Words
    verdict: Literal["approve", "reject", "ask"]
    version: Version
    note: Text = ""
    condition: Annotated[str, Field(max_length=400), BeforeValidator(without_zero_bytes)] = ""
    condition_due: date | None = None


class SubmissionIn(Schema):
    """`emergency`: a lead commits it at once, for one of the list's reasons; `note` says what happened."""

    emergency: Literal["outage", "security", "safety", "legal", "public"] | None = None
    note: Text = ""


class SeatOut(Schema):
    seat: str
    state: str
    holder: str | None
    due: datetime | None
    reason: str
    decided_by: str | None
    decided_at: datetime | None = None
    note: str = ""


class StopOut(Schema):
    seat: str
    holder: str | None
    people: list[str]
    due: datetime | None
    reason: str
    letter: str
    waits: bool


class TaskOut(Schema):
    """R's work, which has no clock, or C's question; `state` is what it would be at once."""

    letter: Literal["R", "C"]
    role: str
    holder: str | None
    side: str
    state: str
    due: datetime | None


class ToldOut(Schema):
    role: str
    holder: str | None


class RouteOut(Schema):
    """`tasks` come before the keys that wait, `told` afterwards, by the `row` of the matrix in force that governs it;
    `decided_by` is the latest, if everybody decides in time, and null where work without a clock comes first."""

    value: str | None
    route: list[StopOut]
    seats: list[StopOut]
    row: str
    tasks: list[TaskOut]
    told: list[ToldOut]
    decided_by: datetime | None
    refusals: list[str]
    missing: list[str]


class PurchaseOut(Schema):
    id: int
    code: str
    title: str
    vendor: int | None
    vendor_name: str | None
    currency: str
    amount: str | None
    price: str
    items: list[dict]
    category: str | None
    data_class: str
    technology: bool | None
    quotes: list[str]
    region: str
    replaces: str
    term_months: int | None
    renews: str
    needed_by: date | None
    reason: str
    state: str
    version: int
    value: str | None
    requester: str
    order_number: str
    received: str
    framework: bool
    restricted: bool
    call_off_of: int | None
    emergency: str
    submitted_at: datetime | None
    approved_at: datetime | None
    fingerprint: str | None
    seats: list[SeatOut]


@router.get("purchases", response=Listed[PurchaseOut])
@may(anyone)
def purchases(request, state: str = "", page: Page = 1, size: Size = 100):
    """Newest first; `state` narrows the list."""
    rows = known(request)
    return listed(request, rows.filter(state=state.replace("\x00", "")) if state else rows, described, page, size)


@router.post("purchases", response={201: PurchaseOut})
@may(editors)
def add(request, purchase: PurchaseIn):
    """A draft. Only the title is needed; it is sent with POST purchases/{id}/submission."""
    made = actions.draft(request.member, **purchase.dict())
    return Status(201, again(request, made))


@router.get("purchases/{int:purchase_id}", response=PurchaseOut)
@may(anyone)
def one(request, purchase_id: int):
    return described(found(request, purchase_id))


@router.patch("purchases/{int:purchase_id}", response=PurchaseOut)
@may(editors)
def amend(request, purchase_id: int, changes: PurchasePatch):
    """Change a draft, a request that waits (a new version: every key asked again), or what was approved.

    `version` is the one that was read; another one by now is 409 with the difference.
    """
    purchase = found(request, purchase_id)
    said = changes.dict(exclude_unset=True)
    version = said.pop("version", None)
    if said.get("title", "") is None:
        raise Refused(_("Say in a few words what you need to buy."), "title")
    act = actions.change if purchase.is_standing else actions.edit
    return again(request, act(purchase, request.member, version=version, **said))


@router.get("purchases/{int:purchase_id}/route", response=RouteOut)
@may(anyone)
def route(request, purchase_id: int):
    """Who would decide if it were sent now: every seat, who sits there and why. The same input gives the same route."""
    purchase = found(request, purchase_id)
    seen = preview_of(purchase)
    stops = [
        {
            "seat": key.spec.name,
            "holder": key.spec.holder and key.spec.holder.email,
            "people": [member.email for member in key.people],
            "due": key.due,
            "reason": key.spec.reason,
            "letter": key.spec.letter,
            "waits": key.waits,
        }
        for key in seen.outlook.keys
    ]
    return {
        "value": seen.worth and money_text(seen.worth.value, request.workspace.currency),
        "route": stops,
        "seats": stops,
        "row": seen.outlook.row,
        "tasks": [task_of(task) for task in seen.outlook.tasks],
        "told": [{"role": one.name, "holder": one.member and one.member.email} for one in seen.outlook.told],
        "decided_by": seen.outlook.decided_by,
        "refusals": seen.refusals,
        "missing": seen.missing,
    }


def task_of(task) -> dict:
    spec = task.spec
    return {
        "letter": spec.letter,
        "role": spec.role_name,
        "holder": spec.holder and spec.holder.email,
        "side": spec.side,
        "state": spec.state,
        "due": task.due,
    }


@router.post("purchases/{int:purchase_id}/submission", response={200: PurchaseOut})
@may(editors)
def submit(request, purchase_id: int, submission: SubmissionIn | None = None):
    """Send it: the money is reserved and the seats are asked. With `emergency` a lead commits it at once."""
    purchase = found(request, purchase_id)
    if submission and submission.emergency:
        return again(request, actions.rush(purchase, request.member, submission.emergency, submission.note))
    return again(request, actions.submit(purchase, request.member))


@router.delete("purchases/{int:purchase_id}/submission", response={200: PurchaseOut})
@may(editors)
def withdraw(request, purchase_id: int):
    """Take it back: the reservation is released."""
    return again(request, actions.withdraw(found(request, purchase_id), request.member))


@router.post("purchases/{int:purchase_id}/decisions", response={200: PurchaseOut})
@may(editors)
def decide(request, purchase_id: int, decision: PurchaseDecisionIn):
    """Turn one key on the version that was read."""
    return again(request, actions.decide(found(request, purchase_id), request.member, **decision.dict()))


def known(request):
    return (
        Purchase.objects.of(request.workspace)
        .select_related("vendor", "category", "requester__user", "paper", "workspace")
        .prefetch_related("items", "quotes__file", seats_with_people("paper__seats"))
        .order_by("-number")
    )


def found(request, purchase_id) -> Purchase:
    return get_object_or_404(known(request), pk=purchase_id)


def again(request, purchase) -> dict:
    return described(known(request).get(pk=purchase.pk))


def described(purchase) -> dict:
    names = ("id", "code", "title", "currency", "price", "data_class", "technology", "region", "replaces",
             "framework", "restricted", "term_months", "renews",
             "needed_by", "reason", "state", "version", "order_number", "emergency", "submitted_at",
             "approved_at")  # fmt: skip
    return {name: getattr(purchase, name) for name in names} | {
        "vendor": purchase.vendor_id,
        "vendor_name": purchase.vendor and purchase.vendor.name,
        "amount": money_text(purchase.amount, purchase.currency),
        "items": [
            {"line": item.line_id, "amount": money_text(item.amount, purchase.currency)}
            for item in purchase.items.all()
        ],
        "category": purchase.category and purchase.category.name,
        "quotes": [quote.file.name for quote in purchase.quotes.all()],
        "value": money_text(purchase.value, purchase.workspace.currency),
        "call_off_of": purchase.call_off_of_id,
        "received": money_text(purchase.received, purchase.currency),
        "requester": purchase.requester.email,
        "fingerprint": purchase.paper and purchase.paper.fingerprint,
        "seats": [seat_of(seat) for seat in purchase.paper.seats.all()] if purchase.paper else [],
    }


def seat_of(seat) -> dict:
    return {
        "seat": seat.name,
        "state": seat.state,
        "holder": seat.holder and seat.holder.email,
        "due": seat.due_at,
        "reason": seat.reason,
        "decided_by": seat.decided_by and seat.decided_by.email,
        "decided_at": seat.decided_at,
        "note": seat.note,
    }
