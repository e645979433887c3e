"""What the grid hears back: an outcome for each cell, whom a conflict met, and the lines as they are now."""

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localtime

from planning.shared.money import ZERO
from planning.trail.models import Entry, subject_of

from ..models import Version
from .cells import Sheet

LOOKED_UP = 20  # lines whose last author is named; a larger conflict is somebody's whole paste


def answer(sheet: Sheet) -> dict:
    """{cells: [{line, month, state, value, says, by, at}], rows: {line id: {plan, agreed, state}}}; amounts as text."""
    conflicts = {
        change.line for change, one in zip(sheet.changes, sheet.outcomes, strict=True) if one.state == "conflict"
    }
    authors = {line_id: author_of(sheet, line_id) for line_id in sorted(conflicts)[:LOOKED_UP]}
    cells = [
        {"line": change.line, "month": change.month, "state": one.state, "says": one.says, "value": text(one.there)}
        | (authors.get(change.line, {}) if one.state == "conflict" else {})
        for change, one in zip(sheet.changes, sheet.outcomes, strict=True)
    ]
    return {"cells": cells, "rows": {line_id: row_of(row) for line_id, row in sheet.rows.items()}}


def row_of(row) -> dict:
    differs = row.agreed is not None and list(row.agreed.months) != row.months
    state = "draft" if row.revision.is_open and row.agreed else "new" if row.revision.is_open else "agreed"
    if row.revision.is_open and row.revision.version.state == Version.State.PROPOSED:
        state = "proposed"
    return {
        "plan": [text(amount) for amount in row.months],
        "agreed": [text(amount) for amount in row.agreed.months] if differs else None,
        "state": "removed" if row.revision.removed else state,
    }


def author_of(sheet, line_id) -> dict:
    """Who last changed the line, and when, in the reader's time zone: {by, at}; empty when the history cannot say."""
    workspace = sheet.budget.workspace
    block = Q(verb="budgets.set_cells", text__contains=f" ({line_id}) · ")
    alone = Q(subject=f"budgets.line:{line_id}")
    entries = Entry.objects.of(workspace).filter(alone | block & Q(subject__in=versions_of(sheet.budget)))
    newest = entries.select_related("member__user").order_by("-number").first()
    if newest is None or newest.member is None:
        return {}
    return {"by": str(newest.member), "at": date_format(localtime(newest.at), "H:i")}


def versions_of(budget) -> list[str]:
    return [subject_of(version) for version in budget.versions.order_by("-number")[:3]]


def text(amount) -> str | None:
    """As Postgres writes it for the grid: "1234.5", "1000"."""
    if amount is None:
        return None
    plain = format(amount, "f")
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or str(ZERO)
