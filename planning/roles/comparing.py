"""What changed between two versions, row by row and cell by cell."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Domain

from .models import Activity
from .sheets import sheet_of


@dataclass
class RowChange:
    """One activity: kind is "new", "gone" or "changed"; `cells` is [(role name, before, after)]; `facts` likewise."""

    name: str
    kind: str
    cells: list = field(default_factory=list)
    facts: list = field(default_factory=list)


FACTS = {
    "name": _("activity"), "area": _("area"), "joint": _("joint"), "low": _("from"), "high": _("below"),
    "routes": _("routes"), "domain": _("kind of spend"), "category": _("category"),
}  # fmt: skip


def read_once(version):
    """A version as a sheet, read from the database once."""
    if not hasattr(version, "sheet_read"):
        version.sheet_read = sheet_of(version)
    return version.sheet_read


def compared(older, newer) -> list[RowChange]:
    """The changes from `older` (None: from nothing) to `newer`, in the order of the newer rows, then what is gone."""
    before, after = numbered(older), numbered(newer)
    names = {role.key: role.name for sheet in (older, newer) if sheet for role in read_once(sheet).roles}
    changes = []
    for key, row in after.items():
        changes += change(before.get(key), row, names)
    return changes + [RowChange(row.name, "gone") for key, row in before.items() if key not in after]


def numbered(version) -> dict:
    """Rows by key and their place among the rows of that key: bands keep their identity when their bounds move."""
    seen, rows = {}, {}
    for row in read_once(version).activities if version else []:
        seen[row.key] = seen.get(row.key, 0) + 1
        rows[row.key, seen[row.key]] = row
    return rows


def change(old, new, names) -> list[RowChange]:
    letters = old.letters if old else {}
    cells = [
        (names[role], letters.get(role, ""), new.letters.get(role, ""))
        for role in names
        if letters.get(role, "") != new.letters.get(role, "")
    ]
    facts = [
        (word, said(getattr(old, fact)), said(getattr(new, fact)))
        for fact, word in FACTS.items()
        if old and getattr(old, fact) != getattr(new, fact)
    ]
    return [RowChange(new.name, "changed" if old else "new", cells, facts)] if cells or facts or not old else []


def said(value) -> str:
    """A fact of a row in words."""
    if isinstance(value, bool):
        return __("yes") if value else __("no")
    if isinstance(value, Decimal):
        return f"{value.normalize():,f}"
    words = dict(Activity.Routes.choices) | dict(Domain.choices)
    return str(words.get(value, value)) if value else ""


def columns_changed(older, newer) -> list[tuple[str, bool]]:
    """[(role name, whether it came)] for roles that only one of the two has."""
    before, after = ({role.key: role.name for role in read_once(one).roles} for one in (older, newer))
    came = [(name, True) for key, name in after.items() if key not in before]
    return came + [(name, False) for key, name in before.items() if key not in after]
