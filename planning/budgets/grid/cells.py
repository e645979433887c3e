"""What a block of the grid's changes does to lines: which cells are saved, refused or in conflict, and the new months.

Amounts are in the workspace's currency. Months sum to the total before and after every block.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.shared.money import ZERO, clean_money, split
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money

from ..lines.people import from_people
from ..lines.planned_amounts import fitting
from ..lines.spreading import even
from ..models import Revision, Version
from ..versions.drafts import copy_of

MOST = 26_000  # two thousand lines of twelve months and a total
BATCH = 200


@dataclass(frozen=True)
class Change:
    """One cell: a line's id, the row of its month (0 to 11; None is the year's total), the text of the amount that the
    person saw there, and what they put in its place ("" is nothing, so zero)."""

    line: int
    month: int | None
    saw: str
    value: str


@dataclass
class Outcome:
    """`state` is saved, refused or conflict; `says` a refusal's sentence; `there` the amount the cell holds now."""

    state: str
    there: Decimal | None = None
    says: str = ""


class Row:
    """A line's revision with the months that the block gives it."""

    def __init__(self, revision, agreed):
        self.revision, self.agreed = revision, agreed
        self.before, self.months = list(revision.months), list(revision.months)

    @property
    def line(self):
        return self.revision.line

    @property
    def total(self) -> Decimal:
        return sum(self.months, ZERO)

    @property
    def is_changed(self) -> bool:
        return self.months != self.before

    def there(self, month) -> Decimal:
        return sum(self.before, ZERO) if month is None else self.before[month]

    def put(self, change, currency, months_too) -> Outcome:
        there, value = self.there(change.month), clean(change.value, currency)
        if value == there and not (change.month is None and months_too):
            return Outcome("saved", there)
        if amount_of(change.saw) != there:
            return Outcome("conflict", there)
        if change.month is not None:
            self.months[change.month] = value
        elif not months_too:
            self.months = split(value, self.before, currency) if any(self.before) else even(value, currency)
        elif value != self.total:
            raise Refused(
                _("The twelve months add up to %(sum)s; the total is %(total)s.")
                % {"sum": money(self.total, currency), "total": money(value, currency)}
            )
        return Outcome("saved", value)

    def give(self) -> None:
        """The revision takes the new months; a line planned in another currency has its amount there follow, at the
        plan's rate."""
        revision = self.revision
        if revision.original_currency and revision.total != self.total:
            revision.original_total = fitting(self.total / revision.rate, revision.original_currency, "total")
        revision.months, revision.total = self.months, self.total
        revision.edits += 1


class Sheet:
    """The lines of a block as they are now, and what becomes of them. Two queries, however many lines.

    `outcomes` are in the order of the changes. Nothing is written before `write`.
    """

    def __init__(self, budget, changes):
        if len(changes) > MOST:
            raise Refused(_("A block has at most %(most)s cells; paste it in parts.") % {"most": MOST})
        self.budget, self.currency = budget, budget.workspace.currency
        self.rows = self.rows_of(budget, {change.line for change in changes})
        self.changes = changes
        typed = {change.line for change in changes if change.month is not None}
        found = {change: self.outcome(change, change.line in typed) for change in months_first(changes)}
        self.outcomes = [found[change] for change in changes]

    @staticmethod
    def rows_of(budget, line_ids) -> dict:
        """{line id: Row} as the lines are now."""
        found = Revision.objects.of(budget.workspace_id).signed()
        found = found.filter(line__in=line_ids, line__budget=budget)
        found = found.filter(Q(is_open=True) | Q(in_force__endswith=None, in_force__isnull=False))
        by_line = defaultdict(dict)
        for revision in found.select_related("line__workspace", "version"):
            by_line[revision.line_id]["open" if revision.is_open else "agreed"] = revision
        return {
            line_id: Row(both.get("open") or both["agreed"], both.get("agreed"))
            for line_id, both in sorted(by_line.items())
        }

    def outcome(self, change, months_too) -> Outcome:
        row = self.rows.get(change.line)
        try:
            return self.editable(row).put(change, self.currency, months_too)
        except Refused as refused:
            return Outcome("refused", row and row.there(change.month), str(refused))

    def editable(self, row) -> Row:
        if row is None:
            raise Refused(_("This line is not in the budget any more."))
        if row.revision.removed:
            raise Refused(_("“%(line)s” is being taken out.") % {"line": row.revision})
        if row.revision.is_open and row.revision.version.state != Version.State.DRAFT:
            raise Refused(
                _("“%(line)s” is being changed by version %(number)s, which waits for its keys.")
                % {"line": row.revision, "number": row.revision.version.number}
            )
        if row.revision.is_people:
            raise Refused(from_people(row.revision))
        return row

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows.values() if row.is_changed]

    def write(self, version) -> None:
        """The changed lines' revisions in the draft `version`: those that are there follow, the others begin."""
        fresh, kept = [], []
        for row in self.changed:
            if row.revision.is_open:
                kept.append(row.revision)
            else:
                line = row.line
                row.revision = copy_of(row.revision, version)
                row.revision.line = line
                fresh.append(row.revision)
            row.give()
        Revision.objects.bulk_create(fresh)
        Revision.objects.bulk_update(kept, ["months", "total", "original_total", "edits"], batch_size=BATCH)


def months_first(changes):
    """Totals after the months, so that a block that holds both is judged as a whole."""
    return sorted(changes, key=lambda change: change.month is None)


def clean(text, currency) -> Decimal:
    value = clean_money(str(text).strip() or "0", currency, "value")
    if value < 0:
        raise Refused(_("A month's plan is not below zero."), "value")
    return value


def amount_of(text) -> Decimal | None:
    try:
        return Decimal(str(text))
    except InvalidOperation:
        return None


def named(row, month) -> str:
    """A cell in the history: "Web shop (7) · 2026-04"."""
    return f"{row.revision.name} ({row.revision.line_id}) · {month:%Y-%m}"


def changed_cells(sheet) -> dict:
    """{before, after} of a block, a key for each cell that changed, as record() takes it."""
    before, after = {}, {}
    for row in sheet.changed:
        for month, old, new in zip(sheet.budget.months, row.before, row.months, strict=True):
            if old != new:
                before[named(row, month)], after[named(row, month)] = old, new
    return {"before": before, "after": after}
