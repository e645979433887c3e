"""What a file says about itself: a mapping with the confidence of each key. Pure: a beginning in, a proposal out.

Styles of dates and amounts are decided over the whole column, never row by row. A key is `sure` when the file leaves no
other reading, `likely` when a person should look, `missing` when the file does not say. An import that somebody did not
confirm goes on only when all REQUIRED keys are sure.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from planning.shared import amounts, dates
from planning.shared.currencies import proposed
from planning.shared.delimited import amount_in_any_style, column_names, named, share

from . import headers
from .beginnings import Beginning, Body

SURE, LIKELY, MISSING = "sure", "likely", "missing"
REQUIRED = ["encoding", "delimiter", "header_row", "date", "amount", "date_format", "decimal", "negative", "currency"]
OPTIONAL_COLUMNS = [key for key in headers.WORDS if key not in ("date", "amount")]
GOOD_HEADER = 0.5
ENOUGH, MOST = 0.9, 0.5  # the share of a column's cells that read as what its header promises
DOUBTED = 0.4  # how well a header of amounts names a column of which some do not read
SAMPLE = 200


@dataclass
class Proposal:
    """`mapping` in the shape of the API; `confidence` by key ("date" and the like for columns)."""

    mapping: dict
    confidence: dict[str, str]
    headers: list[str]
    sample: list[list[str]] = field(default_factory=list)

    @property
    def doubts(self) -> list[str]:
        """The required keys that a person must settle."""
        return doubts_of(self.confidence)

    @property
    def is_certain(self) -> bool:
        return not self.doubts


def doubts_of(confidence: dict) -> list[str]:
    """What a person must settle: the required keys that are not sure, and the source when several look alike."""
    doubts = [key for key in REQUIRED if confidence.get(key) != SURE]
    return [*doubts, "source"] if confidence.get("source") == LIKELY else doubts


def propose(beginning: Beginning, currency: str, given: dict | None = None) -> Proposal:
    """A mapping for a delimited text file. What `given` says is taken as sure; `currency` is the workspace's."""
    given = given or {}
    mapping, sure, body = cut(beginning, given)
    columns = find_columns(body, given.get("columns") or {}, sure)
    mapping |= {"columns": columns, "skip_blank": True} | _styles(body, columns, given, sure, currency)
    if "date" not in columns and given.get("posting_date"):
        sure["date"] = sure["date_format"] = SURE
    extra = {key: value for key, value in given.items() if key not in mapping and value not in (None, "")}
    return Proposal(mapping | extra, sure, body.head, sample(body))


def cut(beginning: Beginning, given: dict) -> tuple[dict, dict[str, str], Body]:
    """How the text falls into rows and where its heading stands, with the confidence of each; and what is below it."""
    sure: dict[str, str] = {}
    encoding = _settle(sure, "encoding", given, lambda: beginning.encoding)
    delimiter = _settle(sure, "delimiter", given, lambda: beginning.delimiter(encoding))
    table = beginning.table(encoding, delimiter)
    header_row = _settle(sure, "header_row", given, lambda: table.header_row)
    return {"encoding": encoding, "delimiter": delimiter, "header_row": header_row}, sure, table.below(header_row)


def sample(body: Body) -> list[list[str]]:
    return list(islice(body, SAMPLE))


def _settle(sure, key, given, find):
    if given.get(key) not in (None, ""):
        sure[key] = SURE
        return given[key]
    value, certain = find()
    sure[key] = SURE if certain else LIKELY if value else MISSING
    return value


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────────────────────────
def find_columns(body, given, sure) -> dict[str, str]:
    """{key: header}. A header that occurs twice, or is empty, is named by its place: "#3"."""
    names = column_names(body.head)
    columns = {key: named(names, said) for key, said in given.items() if said not in (None, "")}
    sure.update(dict.fromkeys(columns, SURE))
    taken = set(columns.values())
    declined = {key for key, said in given.items() if said in (None, "")}
    if "amount" in columns and "date" not in given and not _candidates("date", names, body, taken):
        declined.add("date")  # somebody who names the columns knows that this file has no dates
    for key in ["date", "amount", *OPTIONAL_COLUMNS]:
        if key in columns or key in declined:
            if key in declined:
                sure[key] = SURE
            continue
        scores = _candidates(key, names, body, taken)
        if scores:
            best = max(scores, key=scores.get)
            rivals = [name for name in scores if name != best and scores[name] > scores[best] - 0.02]
            columns[key] = best
            sure[key] = SURE if scores[best] >= GOOD_HEADER and not rivals else LIKELY
            taken.add(best) if key not in ("net", "gross") else None
        else:
            sure[key] = MISSING
    return columns


def _candidates(key, names, body, taken):
    scores = {}
    for place, name in enumerate(names):
        like = headers.likeness(name, key)
        if not like or (name in taken and key not in ("net", "gross")):
            continue
        filled = body.filled(place)
        if key == "category" and headers.likeness(name, "kind") and known_kinds(filled):
            continue  # "Kind of cost" is a category, unless its cells say what kind of entry a row is
        if fits(key, filled):
            scores[name] = like
        elif key == "amount" and reads_as_amounts(filled) > MOST:
            scores[name] = like * DOUBTED  # whatever reads whole goes first, and a person looks
        elif key == "kind" and known_kinds(filled):
            scores[name] = like * DOUBTED
    return scores


def fits(key: str, filled: Counter[str]) -> bool:
    """Whether the content of a column can be what its header promises."""
    if key == "date":
        return dates.decide(filled)[0] is not None
    if key in ("amount", "net", "tax", "gross"):
        return reads_as_amounts(filled) >= ENOUGH
    if key == "currency":
        return share(filled, lambda value: len(value.strip()) == 3 and value.strip().isalpha()) > 0.5
    if key == "kind":
        return known_kinds(filled) >= ENOUGH
    if key in ("vendor", "category", "department"):
        return share(filled, lambda value: any(letter.isalpha() for letter in value)) > 0.5
    return bool(filled)


def known_kinds(filled: Counter[str]) -> float:
    from .models import Kind

    return share(filled, lambda value: value.strip().lower() in Kind.values)


def reads_as_amounts(filled: Counter[str]) -> float:
    return share(amounts.shapes(filled), amount_in_any_style)


# ── Styles ───────────────────────────────────────────────────────────────────────────────────────────────────────────
def _styles(body, columns, given, sure, currency):
    names = column_names(body.head)

    def values(key):
        return body.filled(names.index(columns[key])) if columns.get(key) in names else Counter()

    found = cache(lambda: amounts.decide(values("amount")))
    styles = {key: _settle(sure, key, given, lambda key=key: found()[key]) for key in ("decimal", "negative")}
    said = given.get("date_format")
    style = dates.style_of(said) if said else None
    if "date" in columns:
        styles["date_format"] = (
            style.name if style else _settle(sure, "date_format", {}, lambda: dates.decide(values("date")))
        )
    if style or "date" not in columns:
        sure["date_format"] = SURE if style or sure.get("date") == SURE else MISSING
    heading = "" if "currency" in columns else columns.get("amount", "")
    styles["currency"] = _settle(sure, "currency", given, lambda: proposed(found()["currency"], currency, heading))
    return styles
