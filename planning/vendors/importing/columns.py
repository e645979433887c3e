"""Which column of a register is what, and how its days and amounts are written. Bytes in, proposal out."""

from dataclasses import dataclass

from planning.shared import amounts, dates
from planning.shared.delimited import column_names
from planning.shared.headings import likeness
from planning.shared.proposing import LIKELY, MISSING, SURE, settle, shape

# Best first, as registers write them.
WORDS = {
    "vendor": ["vendor", "vendor name", "supplier", "supplier name", "contractor", "company", "counterparty"],
    "title": ["contract description", "short desc", "title", "contract title", "description", "subject", "service"],
    "reference": ["current item id", "contract number", "contract id", "contract no", "reference", "number"],
    "starts": ["start dt", "start date", "starts on", "start", "effective date", "from"],
    "ends": ["end dt", "end date", "ends on", "end", "expiry date", "expires", "until"],
    "months": ["total contract months", "term months", "term in months", "term", "months"],
    "value": ["amt", "contract amount", "contract value", "amount", "value", "total"],
    "currency": ["currency", "currency code"],
}
NEEDED = ("vendor", "starts", "value")
USUAL = {"end_is": "last", "renewal": "express", "notice_months": 0}
GOOD = 0.7
SHOWN = 8


@dataclass
class Proposal:
    """`mapping`: encoding, delimiter, header_row, columns {key: heading}, date_format, decimal, negative, end_is
    ("last" day covered, or "first" day not covered), renewal and notice_months for all rows."""

    mapping: dict
    confidence: dict[str, str]
    names: list[str]
    body: list[list[str]]

    @property
    def missing(self) -> list[str]:
        """Keys a person has to point at before rows can be read."""
        columns = self.mapping["columns"]
        gaps = [key for key in NEEDED if not columns.get(key)]
        gaps += ["ends"] if not columns.get("ends") and not columns.get("months") else []
        return gaps + (["date_format"] if not self.mapping["date_format"] else [])


def propose(data: bytes, given: dict | None = None) -> Proposal:
    given, sure = given or {}, {}
    mapping, head, body = shape(data, given, sure, row_likeness)
    names = column_names(head)
    columns = columns_of(names, head, given, sure)
    cells = {name: [row[at].strip() for row in body if at < len(row)] for at, name in enumerate(names)}
    days = [value for key in ("starts", "ends") for value in cells.get(columns.get(key), []) if value]
    mapping |= {"columns": columns}
    mapping["date_format"] = settle(sure, "date_format", given, lambda: day_style(days))
    found = amounts.decide(cells.get(columns.get("value"), []))
    for key in ("decimal", "negative"):
        mapping[key] = settle(sure, key, given, lambda key=key: found[key])
    mapping |= {key: given.get(key, usual) for key, usual in USUAL.items()}
    return Proposal(mapping, sure, names, body)


def columns_of(names, head, given, sure) -> dict:
    if "columns" in given:
        sure.update({key: SURE if name else MISSING for key, name in given["columns"].items()})
        return {key: name if name in names else None for key, name in given["columns"].items()}
    found, taken = {}, set()
    for key, words in WORDS.items():
        scores = {name: likeness(text, words) for name, text in zip(names, head, strict=True) if name not in taken}
        best = max(scores, key=lambda name: scores[name], default=None)
        if best is not None and scores[best] >= GOOD:
            found[key] = best
            taken.add(best)
        sure[key] = MISSING if key not in found else SURE if scores[best] > 0.9 else LIKELY
    return found


def day_style(values: list[str]) -> tuple[str | None, bool]:
    """The one style of all days of the file; one that could be read two ways is not certain."""
    return dates.decide(values) if values else (None, False)


def row_likeness(cells: list[str]) -> float:
    """How many cells of a row read like headings of a register."""
    filled = [cell for cell in cells if cell.strip() and len(cell) < 60]
    return sum(max(likeness(cell, some) for some in WORDS.values()) for cell in filled)
