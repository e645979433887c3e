"""Vendors and their contracts. Amounts are text, net, in the contract's currency.

End dates are the first day not covered.
"""

from datetime import date
from typing import Annotated, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Router, Schema, Status

from planning.people.doors import anyone, editors
from planning.shared.money import money_text
from planning.shared.refusals import Refused
from planning.vendors import actions, contracts
from planning.vendors.models import Contract, Vendor

from .base import may
from .paging import Listed, Page, Size, listed

router = Router(tags=["vendors"])

Data = Literal["none", "internal", "personal", "unknown"]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Months = Annotated[int, Field(ge=1, le=600)]
Whole = Annotated[int, Field(ge=0, le=1_000_000)]
LAST_YEAR = 2200


class VendorIn(Schema):
    name: Name
    aliases: list[Name] = []
    data_class: Data = "unknown"


class VendorPatch(Schema):
    name: Name | None = None
    aliases: list[Name] | None = None
    data_class: Data | None = None
    standing: Literal["preferred", "allowed", "warn", "blocked"] | None = None
    note: str | None = None


class Notice(Schema):
    count: Annotated[int, Field(ge=0, le=3650)] = 0
    unit: Literal["months", "days"] = "months"


class NoticeOut(Schema):
    count: int
    unit: str


class ContractIn(Schema):
    title: Name
    reference: Annotated[str, Field(max_length=60)] = ""
    starts_on: date
    term_months: Months
    renewal: Literal["tacit", "express"] = "express"
    renewal_months: Annotated[int, Field(ge=0, le=600)] | None = None
    notice: Notice = Notice()
    value: str | int
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    seats_bought: Whole | None = None
    seats_used: Whole | None = None


class ContractOut(Schema):
    id: int
    vendor: int
    title: str
    reference: str
    starts_on: date
    term_months: int
    renewal: str
    renewal_months: int
    notice: NoticeOut
    value: str
    currency: str
    on: date
    ends_on: date
    notice_by: date
    state: str
    renewals: int
    stopped_on: date | None
    seats_bought: int | None
    seats_used: int | None


class VendorOut(Schema):
    id: int
    name: str
    aliases: list[str]
    data_class: str
    standing: str
    category: str | None
    owners: dict[str, str | None]
    note: str


class VendorWithContracts(VendorOut):
    contracts: list[ContractOut]


@router.get("vendors", response=Listed[VendorOut])
@may(anyone)
def vendors(request, q: Annotated[str, Field(max_length=200)] = "", page: Page = 1, size: Size = 100):
    """The register, by name; `q` searches names and aliases."""
    return listed(request, known(request).search(q.replace("\x00", "")).order_by("name", "pk"), described, page, size)


@router.post("vendors", response={201: VendorWithContracts})
@may(editors)
def add(request, vendor: VendorIn):
    """A new vendor. Refused: a name or alias that in some spelling is another vendor's already."""
    made = actions.register(request.member, **vendor.dict())
    return Status(201, with_contracts(known(request).get(pk=made.pk)))


@router.get("vendors/{int:vendor_id}", response=VendorWithContracts)
@may(anyone)
def one(request, vendor_id: int):
    """One vendor with its contracts; of one that was merged, the vendor that was kept."""
    merged = (
        Vendor.objects.ever_of(request.workspace).filter(pk=vendor_id).values_list("merged_into", flat=True).first()
    )
    return with_contracts(get_object_or_404(known(request), pk=merged or vendor_id))


@router.patch("vendors/{int:vendor_id}", response=VendorWithContracts)
@may(editors)
def amend(request, vendor_id: int, changes: VendorPatch):
    vendor = get_object_or_404(known(request), pk=vendor_id)
    said = {name: value for name, value in changes.dict(exclude_unset=True).items() if value is not None}
    actions.amend(vendor, request.member, **said)
    return with_contracts(known(request).get(pk=vendor_id))


@router.post("vendors/{int:vendor_id}/contracts", response={201: ContractOut})
@may(editors)
def add_contract(request, vendor_id: int, contract: ContractIn):
    """A contract with its dates worked out. A tacit renewal without a term of its own renews for the first term."""
    vendor = get_object_or_404(known(request), pk=vendor_id)
    said = contract.dict()
    notice = said.pop("notice")
    if contract.starts_on.year >= LAST_YEAR or contract.starts_on.year < 1900:
        raise Refused(_("A contract starts between 1900 and 2200."), "starts_on")
    said["currency"] = said["currency"] or request.workspace.currency
    if said["renewal_months"] is None:
        said["renewal_months"] = contract.term_months if contract.renewal == "tacit" else 0
    made = contracts.add_contract(
        vendor, request.member, notice_count=notice["count"], notice_unit=notice["unit"], **said
    )
    return Status(201, dated(made, request.workspace.today()))


@router.get("contracts/{int:contract_id}", response=ContractOut)
@may(anyone)
def contract(request, contract_id: int, on: date | None = None):
    """How a contract stands `on` a day (default: today): the end of that day's term, and the last day for notice."""
    row = get_object_or_404(Contract.objects.of(request.workspace), pk=contract_id)
    if on and on.year >= LAST_YEAR:
        raise Refused(_("A day before 2200, please."), "on")
    return dated(row, on or request.workspace.today())


def known(request):
    return (
        Vendor.objects.of(request.workspace)
        .select_related("category", "marketing_owner__user", "technology_owner__user")
        .prefetch_related("aliases")
    )


def described(vendor) -> dict:
    return {
        "id": vendor.pk,
        "name": vendor.name,
        "aliases": [alias.name for alias in vendor.aliases.all()],
        "data_class": vendor.data_class,
        "standing": vendor.standing,
        "category": vendor.category and vendor.category.name,
        "owners": {side: owner and owner.email for side, owner in vendor.owners.items()},
        "note": vendor.note,
    }


def with_contracts(vendor) -> dict:
    today = vendor.workspace.today()
    return described(vendor) | {
        "contracts": [dated(row, today) for row in vendor.contracts.order_by("notice_by", "pk")]
    }


def dated(contract, on) -> dict:
    standing = contract.standing_on(on)
    names = ("title", "reference", "starts_on", "term_months", "renewal", "renewal_months", "currency", "stopped_on",
             "seats_bought", "seats_used")  # fmt: skip
    return {name: getattr(contract, name) for name in names} | {
        "id": contract.pk,
        "vendor": contract.vendor_id,
        "notice": {"count": contract.notice_count, "unit": contract.notice_unit},
        "value": money_text(contract.value, contract.currency),
        "on": on,
        "ends_on": standing.ends_on,
        "notice_by": standing.notice_by,
        "state": standing.state,
        "renewals": standing.renewals,
    }
