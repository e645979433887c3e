"""What was done to a line: to itself, to the versions that changed it, to the transfers that moved its money, and in
blocks of the sheet or files that changed several lines at once.
"""

from datetime import date
from decimal import Decimal

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.formats import date_format

from planning.shared.templatetags.money import money
from planning.trail.models import Entry, subject_of

from ..models import Part, Revision, Version

BLOCK = "budgets.set_cells"
FILES = ("budgets.take_file", "budgets.finish_file")
NEWEST = 20


def history_of(line) -> list[Entry]:
    """The newest entries, the newest first, people and notes loaded; a block's entry has this line's amounts as `said`.
    One query and theirs."""
    entries = list(Entry.objects.of(line.workspace_id).filter(about(line)).newest()[:NEWEST])
    for entry in entries:
        if entry.verb == BLOCK:
            entry.said = "; ".join(cells_of(line, entry))
    return entries


def about(line) -> Q:
    moved = Part.objects.filter(workspace=line.workspace_id, line=line)
    changed = Revision.objects.filter(workspace=line.workspace_id, line=line)
    drafted = Version.objects.filter(workspace=line.workspace_id, budget=line.budget_id)
    block = Q(verb=BLOCK, text__contains=tag(line))
    file = Q(verb__in=FILES, text__contains=f'"line":{line.pk},"name"')
    return (
        Q(subject=subject_of(line))
        | within(moved, "transfer")
        | within(changed, "version") & ~Q(verb=BLOCK)
        | within(drafted, "version", "pk") & block
        | Q(subject=subject_of(line.budget)) & file
    )


def within(rows, kind, key="") -> Q:
    """Entries about the transfers or versions of `rows`: "budgets.transfer:12", as `subject_of` writes it."""
    said = Concat(Value(f"budgets.{kind}:"), Cast(key or f"{kind}_id", CharField()), output_field=CharField())
    return Q(subject__in=rows.annotate(said=said).values("said"))


def tag(line) -> str:
    """How the cells of a line are named in a block's entry (`grid.cells.named`)."""
    return f" ({line.pk}) · "


def cells_of(line, entry) -> list[str]:
    """["Apr 2026: 100.00 → 110.00", …] of this line's cells in a block."""
    after, currency = entry.after or {}, line.workspace.currency
    found = []
    for name, old in sorted((entry.before or {}).items(), key=lambda one: one[0][-7:]):
        if tag(line) in name:
            month = date_format(date.fromisoformat(f"{name[-7:]}-01"), "M Y")
            found.append(f"{month}: {money(Decimal(old), currency)} → {money(Decimal(after[name]), currency)}")
    return found
