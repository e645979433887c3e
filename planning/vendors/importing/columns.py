"""What does a register's file list, which column of it is what, and how are its days and amounts written? Bytes in,
proposal out."""

from collections import Counter
from dataclasses import dataclass

from planning.shared import amounts, currencies, dates
from planning.shared.delimited import column_names
from planning.shared.headings import likeness
from planning.shared.proposing import LIKELY, MISSING, SURE, settle, shape

from ..models import RegisterFile

CONTRACTS, VENDORS = RegisterFile.What.values
# Best first, as registers write them.
SELLER = ["vendor", "vendor name", "supplier", "supplier name", "contractor", "company", "counterparty"]
WORDS = {
    CONTRACTS: {
        "vendor": SELLER,
        "title": ["contract description", "short desc", "title", "contract title", "description", "subject", "service"],
        "reference": ["current item id", "contract number", "contract id", "contract no", "reference", "number"],
        "starts": ["start dt", "start date", "starts on", "start", "effective date", "from"],
        "ends": ["end dt", "end date", "ends on", "end", "expiry date", "expires", "until"],
        "months": ["total contract months", "term months", "term in months", "term", "months"],
        "value": ["amt", "contract amount", "contract value", "amount", "value", "total"],
        "currency": ["currency", "currency code"],
    },
    VENDORS: {
        "vendor": ["parent company", "registered name", *SELLER, "name"],
        "spelling": [
            "other spelling", "spelling", "also known as", "alias", "aliases", "also written as", "written as",
            "name variant", "variant", "other name", "company name", "name in the ledger",
        ],
    },
}  # fmt: skip
NEEDED = {CONTRACTS: ("vendor", "starts", "value"), VENDORS: ("vendor",)}
SHAPE = ("encoding", "delimiter", "header_row")
USUAL = {"end_is": "last", "renewal": "express", "notice_months": 0}
GOOD = 0.7
SHOWN = 8


@dataclass
class Proposal:
    """`mapping`: encoding, delimiter, header_row, what the file lists, columns {key: heading}; of contracts besides
    date_format, decimal, negative, currency (of rows that name none), end_is ("last" day covered, or "first" day not
    covered), renewal and notice_months for all rows. `confidence` by key, that of a column as “column_vendor”."""

    mapping: dict
    confidence: dict[str, str]
    names: list[str]
    body: list[list[str]]

    @property
    def missing(self) -> list[str]:
        """Keys a person has to point at before rows can be read."""
        what, columns = self.mapping["what"], self.mapping["columns"]
        gaps = [key for key in NEEDED[what] if not columns.get(key)]
        if what == VENDORS:
            return gaps
        gaps += ["ends"] if not columns.get("ends") and not columns.get("months") else []
        return gaps + (["date_format"] if not self.mapping["date_format"] else [])

    @property
    def first_row(self) -> int:
        """The row of the file in which the first of `body` stands."""
        return self.mapping["header_row"] + 1


def propose(data: bytes, ours: str, given: dict | None = None) -> Proposal:
    """How a file reads; `ours` is the workspace's currency. What is `given` is taken as said."""
    given, sure = given or {}, {}
    mapping, head, body = shape(data, given, sure, row_likeness)
    names = column_names(head)
    mapping["what"] = what = settle(sure, "what", given, lambda: listed(names, head))
    mapping["columns"] = columns_of(WORDS[what], names, head, given, sure)
    if what == CONTRACTS:
        mapping |= terms(mapping["columns"], names, body, ours, given, sure)
    return Proposal(mapping, sure, names, body)


def listed(names, head) -> tuple[str, bool]:
    """(what the file lists, certain): contracts where anything starts, vendors where they stand beside other spellings,
    or alone."""
    contract, vendor = (columns_of(words, names, head, {}, {}).keys() for words in WORDS.values())
    if "starts" in contract:
        return CONTRACTS, True
    if {"vendor", "spelling"} <= vendor:
        return VENDORS, True
    terms_too = contract & {"reference", "ends", "months", "value"}
    return (VENDORS if "vendor" in vendor and not terms_too else CONTRACTS), False


def columns_of(words, names, head, given, sure) -> dict:
    if "columns" in given:
        said = {key: name for key, name in given["columns"].items() if key in words}
        sure.update({f"column_{key}": SURE if name else MISSING for key, name in said.items()})
        return {key: name if name in names else None for key, name in said.items()}
    found, taken = {}, set()
    for key, some in words.items():
        scores = {name: likeness(text, some) for name, text in zip(names, head, strict=True) if name not in taken}
        best = max(scores, key=lambda name: scores[name], default=None)
        if best is not None and scores[best] >= GOOD:
            found[key] = best
            taken.add(best)
        sure[f"column_{key}"] = MISSING if key not in found else SURE if scores[best] > 0.9 else LIKELY
    return found


def terms(columns, names, body, ours, given, sure) -> dict:
    """How the days and amounts of contracts are written, and what all rows share."""
    cells = {name: [row[at].strip() for row in body if at < len(row)] for at, name in enumerate(names)}
    days = [value for key in ("starts", "ends") for value in cells.get(columns.get(key), []) if value]
    money = cells.get(columns.get("value"), [])
    found = amounts.decide(money)
    signed = found["currency"] if found["currency"][0] else sign_of_some(money)
    heading = "" if columns.get("currency") else columns.get("value") or ""
    said = {key: settle(sure, key, given, lambda key=key: found[key]) for key in ("decimal", "negative")}
    said["date_format"] = settle(sure, "date_format", given, lambda: day_style(days))
    said["currency"] = settle(sure, "currency", given, lambda: currencies.proposed(signed, ours, heading))
    if not (given.get("currency") or columns.get("currency") or signed[0] or currencies.named_in(heading)):
        sure["currency"] = MISSING
    return said | {key: given.get(key, usual) for key, usual in USUAL.items()}


def day_style(values: list[str]) -> tuple[str | None, bool]:
    """The one style of all days of the file; one that could be read two ways is not certain."""
    return dates.decide(values) if values else (None, False)


def sign_of_some(money: list[str]) -> tuple[str | None, bool]:
    """(code, certain): the currency of the sign that a tenth of the amounts or more carry, where no other does. A
    register is in one currency more often than a ledger is, so the rest is taken for the same, and looked at."""
    signs = Counter(amounts.sign_of(cell) for cell in money)
    codes = {amounts.SIGNS.get(sign, sign) for sign in signs} & currencies.codes()
    signed = sum(signs.values()) - signs[""]
    return (codes.pop(), False) if len(codes) == 1 and signed * 10 >= len(money) else (None, True)


def row_likeness(cells: list[str]) -> float:
    """How many cells of a row read like headings of a register."""
    filled = [cell for cell in cells if cell.strip() and len(cell) < 60]
    words = [some for columns in WORDS.values() for some in columns.values()]
    return sum(max(likeness(cell, some) for some in words) for cell in filled)
