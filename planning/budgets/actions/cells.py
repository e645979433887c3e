"""Amounts typed, pasted or filled into the grid: compare-and-set, cell by cell, in the version being drafted."""

from django.utils.translation import gettext_lazy

from planning.trail.acts import action, record

from ..grid.cells import Sheet, changed_cells
from ..versions.drafts import draft_of, hold_budget


@action(gettext_lazy("changed amounts of {subject}"))
def set_cells(budget, member, changes) -> Sheet:
    """Put the amounts of `changes` (a list of `cells.Change`) into the plan, each only if the cell still holds what the
    person saw. What is in force stays in force until both keys have agreed.

    Returns the `cells.Sheet` with an outcome for each change, in their order: saved, refused with its sentence, or
    conflict with the value that is there, by whom and when; the others of the block are saved all the same. A block is
    one entry of the history, with its list of changes; a block that changes nothing is none. A month's amount moves
    the line's total, a total is spread over the months as the line's months are now. Refused as a whole: a budget that
    waits for its keys or is closed, and more cells than a block holds.
    """
    budget = hold_budget(member.workspace, budget.pk)
    sheet = Sheet(budget, changes)
    if sheet.changed:
        version = draft_of(budget, member)
        sheet.write(version)
        subject = sheet.changed[0].line if len(sheet.changed) == 1 else version
        record(set_cells, member, subject, **changed_cells(sheet))
    return sheet
