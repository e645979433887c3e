"""Every row of a register's file, judged against the register as it stands, and what the preview shows of that."""

import hashlib
from collections import Counter, defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.files import reading
from planning.shared.money import money_text
from planning.shared.refusals import Refused

from ..models import RegisterFile
from .columns import CONTRACTS, SHOWN, VENDORS, propose
from .contract_register import ContractRegister
from .rows import REFUSED, Judged
from .vendor_register import VendorRegister

REGISTERS = {CONTRACTS: ContractRegister, VENDORS: VendorRegister}
MOST_ROWS = 50_000
LISTED = 500  # refused rows


def proposed(register, given=None):
    """How its file is read: the file's own proposal, with what was `given`."""
    with reading.opened(register.file) as file:
        return propose(file.read(), register.workspace.currency, given)


def refuse_endless(proposal):
    if len(proposal.body) > MOST_ROWS:
        raise Refused(_("A register has at most %(most)s rows.") % {"most": MOST_ROWS}, "file")


def against(register, proposal) -> ContractRegister | VendorRegister:
    """The register as it stands, for the kind of rows the file has: it judges them one after another, and takes in what
    was judged."""
    refuse_endless(proposal)
    return REGISTERS[proposal.mapping["what"]](register.workspace, proposal)


def keep(register, known, judged: list[Judged]) -> None:
    """What the preview shows (unsaved)."""
    refused = [one.read for one in judged if one.outcome == REFUSED]
    outcomes = Counter(one.outcome for one in judged)
    register.counts = {"rows": len(judged), REFUSED: 0, **outcomes, **known.counts(judged)}
    register.totals = totals(judged)
    register.refusals = [
        {"row": row.row, "column": row.at, "reason": row.reason, "vendor": row.vendor} for row in refused[:LISTED]
    ]
    register.sample = [one.read.shown | {"outcome": one.outcome} for one in judged[:SHOWN]]
    register.digest = digest(judged)
    register.rows_read = register.rows_in_all = len(judged)
    register.state = RegisterFile.State.CHECKED


def totals(judged) -> dict[str, dict[str, str]]:
    """{outcome, and "file": {currency: amount}}. Currencies are never added up together."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for one in judged:
        if one.read.worth:
            currency, amount = one.read.worth
            sums[one.outcome][currency] += amount
            sums["file"][currency] += amount
    return {
        part: {currency: str(money_text(amount, currency)) for currency, amount in sorted(by.items())}
        for part, by in sums.items()
    }


def digest(judged) -> str:
    """What the rows say and would do: another one means that the register changed meanwhile."""
    rows = [(one.outcome, one.now and one.now.pk, *one.read.told) for one in judged]
    return hashlib.sha256(repr(rows).encode()).hexdigest()
