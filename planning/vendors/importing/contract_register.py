"""What would each row of contracts do to the register? New, changed, unchanged, or refused with a reason; and doing it.

A row is a contract when its vendor has one of its number, else of its title and start; where several share those, the
n-th row is the n-th contract. So the same file brought twice changes nothing.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from planning.shared.refusals import Refused

from ..contracts import DATED, settle, void_decision
from ..models import Alias, Contract, Vendor
from .contract_rows import ContractReader, ContractRow
from .joining import join
from .rows import CHANGED, NEW, REFUSED, UNCHANGED, Judged

COMPARED = ("title", "starts_on", "first_end", "value", "currency")


class ContractRegister:
    """The register as the file finds it: three queries, however many rows."""

    def __init__(self, workspace, proposal):
        self.workspace, self.proposal, self.mapping = workspace, proposal, proposal.mapping
        self.reader = ContractReader(self.mapping, proposal.names, workspace.currency)
        self.vendors = dict(Vendor.objects.of(workspace).values_list("key", "pk"))
        self.vendors |= dict(Alias.objects.of(workspace).values_list("key", "vendor"))
        self.seen: Counter = Counter()
        self.by_reference, self.by_title = defaultdict(list), defaultdict(list)
        for contract in Contract.objects.of(workspace).select_related("paper").order_by("pk"):
            if contract.reference:
                self.by_reference[contract.vendor_id, contract.reference].append(contract)
            self.by_title[contract.vendor_id, contract.title, contract.starts_on].append(contract)

    def judged(self) -> Iterator[Judged]:
        for number, cells in enumerate(self.proposal.body, start=self.proposal.first_row):
            yield self.judge(self.reader.read(number, cells))

    def judge(self, row: ContractRow) -> Judged:
        if not row.reason:
            try:
                settle(self.built(row))
            except Refused as refused:
                row.reason, row.at = str(refused), self.reader.heading(refused.field)
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

    @staticmethod
    def counts(judged) -> dict[str, int]:
        """What the preview and the history count besides the rows of each outcome."""
        return {
            "vendors": len({one.read.key for one in judged if one.outcome == NEW}),
            "unreadable": sum(one.read.worth is None for one in judged),
        }

    def take(self, judged) -> dict[str, int]:
        """Vendors that are new join, contracts are added and changed. What the history says of it."""
        new = [one.read for one in judged if one.outcome == NEW]
        names = {read.key: read.vendor for read in reversed(new) if read.key not in self.vendors}
        joined = join(self.workspace, names)
        self.vendors |= joined
        Contract.objects.bulk_create((self.settled(read) for read in new), batch_size=500)
        for one in judged:
            if one.outcome == CHANGED:
                self.change(one)
        return {"vendors": len(joined)}

    def settled(self, read) -> Contract:
        contract = self.built(read)
        contract.vendor_id = self.vendors[read.key]
        settle(contract)
        return contract

    def change(self, one):
        """Terms as the file says them; other dates void a decision that was made on the old ones, as by hand."""
        said = self.built(one.read)
        changed = {name for name in COMPARED if getattr(one.now, name) != getattr(said, name)}
        for name in changed:
            setattr(one.now, name, getattr(said, name))
        if changed & DATED:
            void_decision(one.now)
        settle(one.now)
        one.now.save()
