"""The agreed budget as a PDF: its plan in force, the signatures of every agreed version with their fingerprints, and
the head of the history when it was printed.

Tagged for screen readers (PDF/UA-1). Amounts are those of the page and the workbook, in the workspace's currency.
"""

import io
import json
from pathlib import Path

import typst
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.shared.money import ZERO
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money
from planning.trail.models import Head

from .export_rows import by_owner, rows_of, signed_versions, title_of
from .export_workbook import decider
from .lines.spreading import SIDES
from .models import FundingSide, Version

PAGE = Path(__file__).with_name("agreed_budget.typ")


def agreed_document(budget) -> io.BytesIO:
    """The PDF's bytes. Refused: a budget that nobody agreed to yet."""
    if not budget.agreed_count:
        raise Refused(_("Nothing is agreed yet, so there is nothing to print."))
    data = json.dumps(facts(budget), ensure_ascii=False)
    stamp = int(budget.workspace.now().timestamp())
    pdf = typst.compile(
        PAGE.read_bytes(), format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1", timestamp=stamp
    )
    return io.BytesIO(pdf)


def facts(budget) -> dict:
    """Everything on the paper, in words and in the reader's language."""
    workspace, groups = budget.workspace, by_owner(rows_of(budget))
    versions = [one for one in signed_versions(budget) if one.state == Version.State.AGREED]
    head = Head.objects.filter(workspace=workspace).first()
    return {
        "title": title_of(budget),
        "workspace": str(workspace),
        "language": translation.get_language() or "en",
        "subtitle": _("%(workspace)s · agreed as version %(number)s · amounts in %(currency)s · printed %(day)s")
        % {
            "workspace": workspace,
            "number": versions[0].number,
            "currency": workspace.currency,
            "day": date_format(workspace.now().astimezone(workspace.zone), "j M Y, H:i"),
        },
        "sums": sums(workspace, groups),
        "lines": lines(workspace, groups),
        "versions": [signed(one) for one in versions],
        "head": {"number": str(head.number if head else 0), "hash": head.hash if head else ""},
        "words": words(),
    }


def words() -> dict:
    return {
        "lines": _("The plan in force"),
        "signatures": _("Agreed by"),
        "fingerprint": _("Fingerprint of what they read:"),
        "seats": [_("Approver"), _("Decision"), _("Decided by"), _("When")],
        "history": _("History"),
        "chain": _("Every action is an entry of an append-only history; each entry's hash holds the one before it. "
                   "When this was printed, the last entry was:"),
        "head": _("Entry"),
    }  # fmt: skip


def sums(workspace, groups) -> dict:
    """Marketing, technology and both, by whose lines they are."""
    rows, whole = [], dict.fromkeys(SIDES, ZERO)
    for side, some in groups:
        shares = {one: sum((row.revision.shares[one] for row in some), ZERO) for one in SIDES}
        whole = {one: whole[one] + shares[one] for one in SIDES}
        rows.append([_("%(side)s lines") % {"side": side.label}, *amounts(workspace, shares)])
    rows.append([_("Together"), *amounts(workspace, whole)])
    return {"heads": ["", *[str(FundingSide(side).label) for side in SIDES], _("Total")], "rows": rows}


def amounts(workspace, shares) -> list[str]:
    values = [*shares.values(), sum(shares.values(), ZERO)]
    return [money(value, workspace.currency) for value in values]


def lines(workspace, groups) -> dict:
    heads = [_("Line"), _("Owner"), _("Category"), *[str(FundingSide(side).label) for side in SIDES], _("Total"),
             _("Transferred since")]  # fmt: skip
    rows = []
    for side, some in groups:
        rows += [{"sum": False, "cells": cells(workspace, row)} for row in some]
        shares = {one: sum((row.revision.shares[one] for row in some), ZERO) for one in SIDES}
        moved = money(sum((row.figures["transferred"] for row in some), ZERO), workspace.currency)
        together = _("%(side)s together") % {"side": side.label}
        rows.append({"sum": True, "cells": [together, "", "", *amounts(workspace, shares), moved]})
    return {"heads": heads, "rows": rows}


def cells(workspace, row) -> list[str]:
    revision = row.revision
    moved = money(row.figures["transferred"], workspace.currency)
    owner, category = str(revision.get_side_display()), str(revision.category)
    return [revision.name, owner, category, *amounts(workspace, revision.shares), moved]


def signed(version) -> dict:
    zone = version.paper.workspace.zone
    return {
        "name": _("Version %(number)s") % {"number": version.number},
        "reason": version.reason,
        "fingerprint": version.paper.fingerprint,
        "seats": [
            [
                str(seat.get_name_display() if hasattr(seat, "get_name_display") else seat.name).capitalize(),
                str(seat.get_state_display()),
                decider(seat),
                date_format(seat.decided_at.astimezone(zone), "j M Y, H:i") if seat.decided_at else "",
            ]
            for seat in version.paper.seats.all()
        ],
    }
