"""What would each row do to the register? New, changed, unchanged, or refused with a reason.

A row is a contract when its vendor has one of its number, else of its title and start; where several share those, the
n-th row is the n-th contract. So the same file brought twice changes nothing.
"""

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.files import reading
from planning.shared.money import money_text
from planning.shared.refusals import Refused

from ..contracts import settle
from ..models import Alias, Contract, RegisterFile, Vendor
from .columns import SHOWN, propose
from .reading import Read, Reader

NEW, CHANGED, UNCHANGED, REFUSED = OUTCOMES = ("new", "changed", "unchanged", "refused")
MOST_ROWS = 50_000
COMPARED = ("title", "starts_on", "first_end", "value", "currency")


@dataclass
class Judged:
    read: Read
    outcome: str
    now: Contract | None = None


class Register:
    """The register as the file finds it: three queries, however many rows."""

    def __init__(self, workspace, mapping):
        self.workspace, self.mapping = workspace, mapping
        self.vendors = dict(Vendor.objects.of(workspace).values_list("key", "pk"))
        self.vendors |= dict(Alias.objects.of(workspace).values_list("key", "vendor"))
        self.seen: Counter = Counter()
        self.by_reference, self.by_title = defaultdict(list), defaultdict(list)
        for contract in Contract.objects.of(workspace).select_related("paper").order_by("pk"):
            if contract.reference:
                self.by_reference[contract.vendor_id, contract.reference].append(contract)
            self.by_title[contract.vendor_id, contract.title, contract.starts_on].append(contract)

    def judge(self, row: Read) -> Judged:
        if not row.reason:
            try:
                settle(self.built(row))
            except Refused as refused:
                row.reason, row.at = str(refused), self.mapping["columns"].get(refused.field) or ""
        if row.reason:
            return Judged(row, REFUSED)
        now = self.known(row)
        if now is None:
            return Judged(row, NEW)
        made = self.built(row)
        same = all(getattr(now, name) == getattr(made, name) for name in COMPARED)
        return Judged(row, UNCHANGED if same else CHANGED, now)

    def known(self, row) -> Contract | None:
        vendor = self.vendors.get(row.key)
        if row.reference:
            among, key = self.by_reference, (vendor, row.reference)
        else:
            among, key = self.by_title, (vendor, row.title, row.starts_on)
        told = (row.key, *key[1:])
        self.seen[told] += 1
        found = among.get(key, []) if vendor else []
        return found[self.seen[told] - 1] if self.seen[told] <= len(found) else None

    def built(self, row) -> Contract:
        """The contract a row describes, without its vendor."""
        renewal, notice = self.mapping["renewal"], int(self.mapping["notice_months"] or 0)
        return Contract(
            workspace=self.workspace, title=row.title, reference=row.reference, starts_on=row.starts_on,
            first_end=row.ends_on, term_months=1, renewal=renewal, renewal_months=12 if renewal == "tacit" else 0,
            notice_count=notice, notice_unit=Contract.Unit.MONTHS, value=row.value, currency=row.currency,
        )  # fmt: skip


def summary(judged: list[Judged], currency) -> dict:
    """{counts, totals (text; each row in its own currency where the file has one), refusals, sample, digest}."""
    counts, totals = Counter(), defaultdict(Decimal)
    for one in judged:
        counts[one.outcome] += 1
        totals[one.outcome] += one.read.value or 0
        totals["file"] += one.read.value or 0
        counts["unreadable"] += one.read.value is None
    refused = [one.read for one in judged if one.outcome == REFUSED]
    rows = [
        (one.read.row, one.outcome, one.now and one.now.pk, one.read.key, one.read.reference, one.read.title,
         str(one.read.starts_on), str(one.read.ends_on), str(one.read.value)) for one in judged
    ]  # fmt: skip
    return {
        "counts": {
            "rows": len(judged),
            "vendors": len({one.read.key for one in judged if one.outcome == NEW}),
            REFUSED: 0,
            **counts,
        },
        "totals": {name: money_text(amount, currency) for name, amount in totals.items()},
        "refusals": [
            {"row": row.row, "column": row.at, "reason": row.reason, "vendor": row.vendor} for row in refused[:500]
        ],
        "digest": hashlib.sha256(repr(rows).encode()).hexdigest(),
    }


def proposed(stored, given=None):
    """How a stored file is read: its own proposal, with what was `given`."""
    with reading.opened(stored) as file:
        return propose(file.read(), given)


def refuse_endless(proposal):
    if len(proposal.body) > MOST_ROWS:
        raise Refused(_("A register has at most %(most)s rows.") % {"most": MOST_ROWS}, "file")


def judged_rows(register, proposal):
    """(the register as it stands, every row judged against it, one after another)."""
    refuse_endless(proposal)
    known = Register(register.workspace, proposal.mapping)
    reader = Reader(proposal.mapping, proposal.names, register.workspace.currency)
    start = proposal.mapping["header_row"] + 1
    return known, (known.judge(reader.read(start + at, cells)) for at, cells in enumerate(proposal.body))


def keep(register, judged) -> None:
    """What the preview shows (unsaved)."""
    for name, value in summary(judged, register.workspace.currency).items():
        setattr(register, name, value)
    register.sample = [
        {
            "row": one.read.row, "outcome": one.outcome, "vendor": one.read.vendor, "title": one.read.title,
            "starts_on": str(one.read.starts_on or ""), "ends_on": str(one.read.ends_on or ""),
            "value": str(one.read.value if one.read.value is not None else ""), "currency": one.read.currency,
        }
        for one in judged[:SHOWN]
    ]  # fmt: skip
    register.rows_read = register.rows_in_all = len(judged)
    register.state = RegisterFile.State.CHECKED
