"""What changed between two versions, row by row and cell by cell."""

from dataclasses import dataclass, field

from .sheets import sheet_of


@dataclass
class RowChange:
    """One activity: kind is "new", "gone" or "changed"; `cells` is [(role name, before, after)]; `facts` likewise."""

    name: str
    kind: str
    cells: list = field(default_factory=list)
    facts: list = field(default_factory=list)


FACTS = ("name", "area", "joint", "low", "high")


def compared(older, newer) -> list[RowChange]:
    """The changes from `older` (None: from nothing) to `newer`, in the order of the newer rows, then what is gone."""
    before, after = numbered(older), numbered(newer)
    names = {role.key: role.name for sheet in (older, newer) if sheet for role in sheet_of(sheet).roles}
    changes = []
    for key, row in after.items():
        changes += change(before.get(key), row, names)
    return changes + [RowChange(row.name, "gone") for key, row in before.items() if key not in after]


def numbered(version) -> dict:
    """Rows by key and their place among the rows of that key: bands keep their identity when their bounds move."""
    seen, rows = {}, {}
    for row in sheet_of(version).activities if version else []:
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
        (fact, getattr(old, fact), getattr(new, fact))
        for fact in FACTS
        if old and getattr(old, fact) != getattr(new, fact)
    ]
    return [RowChange(new.name, "changed" if old else "new", cells, facts)] if cells or facts or not old else []
