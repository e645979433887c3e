"""Spend: bring a ledger, see what became of it row by row, take it back; entries, the queue, the bypass share."""

import json
from datetime import date
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, File, Form, Query, Router, Schema, Status
from ninja.files import UploadedFile

from planning.people.doors import anyone, editors
from planning.shared.money import money_text
from planning.shared.refusals import Refused
from planning.spend import actions, bypass, reasons
from planning.spend.models import Entry, Import, Outcome
from planning.spend.reconciling import by_currency

from .base import may
from .paging import Listed, Page, Size, listed

router = Router(tags=["spend"])
REJECTED_GIVEN = 10_000


class Rejected(Schema):
    row: int = Field(description="Counted from 1 over all rows of the file, the header included.")
    column: str
    reason: str


class ImportOut(Schema):
    id: int
    state: str
    file: str
    sha256: str
    rows: int
    accepted: int
    rejected: list[Rejected] = Field(description="The first ten thousand; `rejected_count` says how many there are.")
    rejected_count: int
    unreadable: int
    duplicates: int
    conflicts: int
    totals: dict[str, str | dict[str, str]] = Field(
        description="One amount, or {currency: amount} where there are several."
    )
    mapping: dict[str, Any]
    confidence: dict[str, str] = Field(description="By key of the mapping: sure, likely or missing.")
    doubts: list[str]
    rows_read: int
    percent: int
    failure: str


class SpendEntryOut(Schema):
    id: int
    import_id: int | None = Field(serialization_alias="import", description="Null for an invoice that a person typed.")
    row: int
    kind: str
    posting_date: str | None
    amount: str
    currency: str
    converted: str | None = Field(description="In the workspace's currency; null while there is no rate.")
    vendor: int | None
    vendor_name: str
    document: str
    description: str
    category: str
    department: str
    line: int | None
    purchase: int | None = Field(description="The purchase it is an invoice of.")
    prior_in: str | None = Field(description="The first day of the open month a late row was booked into.")
    state: str = Field(description="posted, or why it waits: unmatched, rate, closed, dateless, no budget.")


class BypassOut(Schema):
    technology_spend: str
    bypassed: str
    share: str | None = Field(description="Percent with two decimals; null when there is no technology spend.")
    unknown: str = Field(description="Spend of unknown kind: in neither number.")
    unconverted: int = Field(description="Rows without an exchange rate: in no number.")


@router.post("spend/imports", response={202: ImportOut})
@may(editors)
def bring(request, file: File[UploadedFile], mapping: Form[str] = ""):
    """Bring a file. It is opened and read in the background (`running`) when nothing about it is in doubt, else it
    waits for a mapping (`needs mapping`). What cannot be opened ends as `failed`, and `failure` says why.

    A header that came before lends its source's mapping. Beside the columns and styles, `mapping` takes `source` (a
    name, where files of several sources look alike), `sign` ("as written" or "reversed") and `departments`
    ({column, begins: {"41": "Marketing"}}).
    """
    return Status(202, described(actions.upload(request.member, file, said(mapping))))


def said(mapping: str) -> dict:
    try:
        return json.loads(mapping) if mapping.strip() else {}
    except ValueError as error:
        raise Refused(_("The mapping is not valid JSON."), "mapping") from error


@router.get("spend/imports", response=Listed[ImportOut])
@may(anyone)
def all_imports(request, page: Page = 1, size: Size = 50):
    """The imports, newest first, without their rejected rows."""
    return listed(
        request,
        Import.objects.of(request.workspace).of_files().newest(),
        lambda batch: described(batch, rows=False),
        page,
        size,
    )


@router.get("spend/imports/{import_id}", response=ImportOut)
@may(anyone)
def one_import(request, import_id: int):
    """How far it is, what became of its rows, and whether it adds up."""
    return described(found(request, import_id))


@router.delete("spend/imports/{import_id}", response=ImportOut)
@may(editors)
def undo(request, import_id: int):
    """Take an import back: every balance as it was before."""
    return described(actions.undo(found(request, import_id), request.member))


def found(request, import_id):
    return get_object_or_404(Import.objects.of(request.workspace).of_files().newest(), pk=import_id)


def described(batch, rows: bool = True) -> dict:
    counts, totals = batch.counts, batch.totals
    rejected = (
        batch.staged.filter(outcome=Outcome.REJECTED).order_by("row")[:REJECTED_GIVEN]
        if rows and counts.get("rejected")
        else []
    )
    several = len(totals.get("file", {})) > 1
    return {
        "id": batch.pk,
        "state": batch.state,
        "file": batch.name,
        "sha256": batch.file.sha256,
        "rows": counts.get("rows", 0),
        "accepted": counts.get("accepted", 0),
        "rejected": [
            {"row": row.row, "column": reasons.column(row, batch.mapping), "reason": reasons.reason(row, batch.mapping)}
            for row in rejected
        ],
        "rejected_count": counts.get("rejected", 0),
        "unreadable": counts.get("unreadable", 0),
        "duplicates": counts.get("duplicates", 0),
        "conflicts": counts.get("conflicts", 0),
        "totals": {part: sums if several else by_currency(sums, "0.00") for part, sums in totals.items()},
        "mapping": batch.mapping,
        "confidence": batch.confidence,
        "doubts": batch.doubts if batch.state == Import.State.MAPPING else [],
        "rows_read": batch.rows_read,
        "percent": 100 if batch.is_done else batch.percent,
        "failure": batch.failure,
    }


@router.get("spend/entries", response=Listed[SpendEntryOut], by_alias=True)
@may(anyone)
def entries(request, page: Page = 1, size: Size = 100):
    """Every booked row of imports that were not undone, newest first."""
    rows = Entry.objects.of(request.workspace).live().select_related("source").order_by("-posting_date", "-pk")
    return listed(request, rows, lambda entry: entry_described(entry, request.workspace.currency), page, size)


@router.get("spend/unmatched", response=Listed[SpendEntryOut], by_alias=True)
@may(anyone)
def unmatched(request, page: Page = 1, size: Size = 100):
    """What is not an actual of a line yet, and why; the largest money first."""
    rows = Entry.objects.of(request.workspace).waiting().select_related("source")
    return listed(request, rows, lambda entry: entry_described(entry, request.workspace.currency), page, size)


def entry_described(entry, currency) -> dict:
    return {
        "id": entry.pk,
        "import_id": None if entry.source.is_typed else entry.batch_id,
        "row": entry.row,
        "kind": entry.kind,
        "posting_date": entry.posting_date and entry.posting_date.isoformat(),
        "amount": money_text(entry.amount, entry.currency),
        "currency": entry.currency,
        "converted": money_text(entry.converted, currency),
        "vendor": entry.vendor_id,
        "vendor_name": entry.vendor_name,
        "document": entry.document,
        "description": entry.description,
        "category": entry.category_text,
        "department": entry.department,
        "line": entry.line_id,
        "purchase": entry.purchase_id,
        "prior_in": entry.prior_in and entry.prior_in.isoformat(),
        "state": entry.waits or "posted",
    }


@router.get("spend/bypass", response=BypassOut)
@may(anyone)
def bypass_share(
    request,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
):
    """Technology spend without an approved request before the vendor's first payment. Both days are included."""
    sums = bypass.bypass(request.workspace, first, last)
    currency = request.workspace.currency
    return {
        "technology_spend": money_text(sums.technology_spend, currency),
        "bypassed": money_text(sums.bypassed, currency),
        "share": None if sums.share is None else str(sums.share),
        "unknown": money_text(sums.unknown, currency),
        "unconverted": sums.unconverted,
    }
