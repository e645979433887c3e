"""What an entry changed, as people read it: fields by their words, money and days written out, members by name.

The chain keeps plain values; this turns them into words when they are shown and changes nothing. Names come from the
caller, once for a whole page.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.shared.plain import difference
from planning.shared.templatetags.money import money

# Fields that hold the id of a member.
PEOPLE = {
    "deputy", "successor", "now leads", "holder", "owner", "member", "requester", "marketing_owner",
    "technology_owner", "moved_by",
}  # fmt: skip
LABELS = {
    "accepted": _("accepted rows"), "alternative": _("proposed value"), "amount": _("amount"),
    "booked_in": _("booked in"), "category": _("category"), "control_total": _("total of the ledger"),
    "counts": _("rows"), "currency": _("currency"), "difference": _("difference"), "domain": _("kind of spend"),
    "due_on": _("due on"), "entries": _("entries"), "failure": _("what went wrong"), "fingerprint": _("fingerprint"),
    "handed over": _("handed over"), "holder": _("holder"), "holds": _("decides besides"), "kind": _("kind"),
    "line": _("budget line"), "lines": _("budget lines"), "mapping": _("how it is read"), "minutes": _("minutes"),
    "months": _("months"), "name": _("name"), "needed_by": _("needed by"), "now leads": _("leads from now on"),
    "order_number": _("order number"), "owner": _("owner"), "parent": _("branch"), "placed": _("placed"),
    "people": _("people behind it"), "purchase": _("purchase"), "restricted": _("only approvers read it"),
    "rate": _("rate"), "reason": _("reason"), "rejected": _("rejected rows"),
    "released": _("given back"), "role": _("role"), "seat": _("approver"), "seats moved": _("approvals moved"),
    "sha256": _("fingerprint of the file"), "shares": _("shares"), "side": _("side"), "size": _("size in bytes"),
    "state": _("state"), "successor": _("successor"), "title": _("title"), "total": _("total"), "totals": _("totals"),
    "unreadable": _("unreadable rows"), "until": _("until"), "value": _("value"), "verdict": _("decision"),
    "version": _("version"), "what": _("what"), "who": _("who"),
}  # fmt: skip
MONEY = {"accepted", "amount", "control_total", "difference", "file", "released", "total", "plan", "original", "held"}
HASH = re.compile(r"[0-9a-f]{40,64}")
AMOUNT = re.compile(r"-?\d{1,17}\.\d{2,3}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SHORT = 12


@dataclass(frozen=True)
class Said:
    """A value in words. `title` is the whole of what was shortened; `heads` and `rows` a small table of a list."""

    text: str
    title: str = ""
    heads: list = field(default_factory=list)
    rows: list = field(default_factory=list)


def changes_of(entry, names, currency) -> list[dict]:
    """[{field, before, after}] of an entry: labels and `Said`. `names` are the workspace's members by id."""
    return [
        {
            "field": label(row["field"]),
            "before": said(row["field"], row["before"], names, currency),
            "after": said(row["field"], row["after"], names, currency),
        }
        for row in difference(entry.before, entry.after)
    ]


def in_one_line(entry, names, currency) -> str:
    """The change as one text: "role: planner → lead; side: …", for lists and files."""
    rows = changes_of(entry, names, currency)
    return "; ".join(one_line(row) for row in rows)[:400]


def one_line(row) -> str:
    before = f"{row['before'].text} → " if row["before"].text != NOTHING else ""
    return f"{row['field']}: {before}{row['after'].text}"


NOTHING = "–"


def label(name) -> str:
    return str(LABELS.get(name) or str(name).replace("_", " "))


def said(name, value, names, currency) -> Said:
    if value is None or value == "" or value == [] or value == {}:
        return Said(NOTHING)
    if name in PEOPLE and isinstance(value, int):
        return Said(names.get(value) or f"#{value}")
    if isinstance(value, bool):
        return Said(_g("yes") if value else _g("no"))
    if isinstance(value, dict):
        parts = (f"{label(key)}: {said(key, part, names, currency).text}" for key, part in value.items())
        return Said(", ".join(parts))
    if isinstance(value, list):
        return listed(name, value, names, currency)
    return plain_text(name, str(value), currency)


def listed(name, values, names, currency) -> Said:
    """Words in a row; a list of changes becomes a table, which one line only counts."""
    if not all(isinstance(value, dict) for value in values):
        return Said(", ".join(said(name, value, names, currency).text for value in values))
    keys = list(dict.fromkeys(key for value in values for key in value))
    rows = [[said(key, value.get(key), names, currency) for key in keys] for value in values]
    if len(values) == 1:
        return Said(said(name, values[0], names, currency).text, heads=[label(key) for key in keys], rows=rows)
    return Said(_g("%(count)s entries") % {"count": len(values)}, heads=[label(key) for key in keys], rows=rows)


def plain_text(name, text, currency) -> Said:
    if HASH.fullmatch(text):
        return Said(f"{text[:SHORT]}…", title=text)
    if name in MONEY and AMOUNT.fullmatch(text):
        return Said(f"{money(Decimal(text), currency)} {currency}")
    if DAY.fullmatch(text):
        return Said(date_format(date.fromisoformat(text), "j M Y"))
    return Said(text)
