"""The next file of a source is read as the last one was: what of a source's mapping a new file takes up.

A file belongs to the source whose header it has (case left out); the list of rejected rows that we hand out carries
three columns more and belongs to the source it came from. A style in which this file does not read is not taken up:
the file is asked again, and a person where it leaves doubt.
"""

import hashlib
import json
import re

from planning.shared import amounts, dates
from planning.shared.delimited import column_names, share

from . import proposal
from .models import Source

KEPT = ("columns", "date_format", "decimal", "negative", "currency", "kind", "department", "departments", "sign")
OURS = 3  # columns that the list of rejected rows has beside the file's own: row, column, reason
READS, SOME_READ = 0.98, 0.001  # the share of values that must read for a style to be the file's


def fingerprint(head) -> str:
    words = json.dumps([cell.lower() for cell in head], ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest()


def sources_of(workspace, head) -> list[Source]:
    """The sources whose files have this header, the one confirmed last first."""
    for words in (head, head[:-OURS]):
        if words:
            found = Source.objects.of(workspace).filter(fingerprint=fingerprint(words))
            if rows := list(found.order_by("-used_at", "-pk")):
                return rows
    return []


def taken_up(body, source, given: dict) -> dict:
    """What `given` becomes with the source's mapping: whatever a person says now goes first."""
    memory = {key: source.mapping[key] for key in KEPT if key in source.mapping and key not in given}
    least = SOME_READ if is_list_of_rejected(body.head, source) else READS
    for key in contradicted(body, memory, given, least):
        memory.pop(key)
    return given | memory


def is_list_of_rejected(head, source) -> bool:
    """Whether a file is the list that we handed out: in it some rows do not read because nobody mended them."""
    return fingerprint(head[:-OURS]) == source.fingerprint


def to_remember(mapping: dict, earlier: dict, proposed: dict) -> dict:
    """What a source keeps of a mapping: a column that was proposed and that a person would not have stays left out.

    A column that was empty in this file is not left out: the next one may fill it.
    """
    columns = mapping.get("columns", {})
    refused = [key for key, said in earlier.get("columns", {}).items() if said is None]
    refused += proposed.get("columns", {})
    kept = {key: mapping[key] for key in KEPT if key in mapping}
    return kept | {"columns": dict.fromkeys(key for key in refused if key not in columns) | columns}


def contradicted(body, memory: dict, given: dict, least: float) -> list[str]:
    """Remembered styles in which this file does not read."""
    columns = memory.get("columns") or proposal.find_columns(body, given.get("columns") or {}, {})
    found = []
    if "date_format" in memory and not reads_dates(values_of(body, columns, "date"), memory, least):
        found.append("date_format")
    if not reads_amounts(values_of(body, columns, "amount"), memory, least):
        found += [key for key in ("decimal", "negative") if key in memory]
    elif memory.get("negative") == "minus" and negative_of(body, columns) != "minus":
        found.append("negative")  # nothing was below zero yet, or little: the file's own way reads a minus too
    return found


def reads_dates(values, memory, least) -> bool:
    style = dates.style_of(memory["date_format"])
    return not values or bool(style) and share(values, lambda value: bool(style.read(value))) >= least


def reads_amounts(values, memory, least) -> bool:
    decimal, negative = memory.get("decimal") or ".", memory.get("negative") or "minus"
    return not values or share(values, lambda value: amounts.read(value, decimal, negative) is not None) >= least


def negative_of(body, columns) -> str:
    """How the file itself writes an amount below zero, in any of its rows."""
    names = column_names(body.head)
    return amounts.negative(body.cells(names.index(columns["amount"])) if columns.get("amount") in names else ())[0]


def values_of(body, columns, key) -> list[str]:
    """What a column says in the file's first rows."""
    names = column_names(body.head)
    if columns.get(key) not in names:
        return []
    place = names.index(columns[key])
    values = [row[place] for row in proposal.sample(body) if place < len(row)]
    return [value for value in values if not amounts.is_nothing(value)]


def name_for(file_name: str, head) -> str:
    """What a new source is called until somebody says better: its file's name without dates and numbers."""
    stem = re.sub(r"\.[A-Za-z0-9]{1,5}$", "", file_name)
    words = [word for word in re.split(r"[\W\d_]+", stem) if len(word) > 2 and word.lower() not in MONTHS]
    return (" ".join(words).capitalize() or " · ".join(head[:3]))[:120]


MONTHS = set(dates.MONTHS) | {
    "january", "february", "march", "april", "june", "july", "august", "september", "sept", "october", "november",
    "december", "month", "quarter", "copy", "final", "date",
}  # fmt: skip
