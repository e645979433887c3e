"""Writing letters: one cell, a block of them, or the change that settles a finding. Each needs the draft."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared.refusals import Refused, Stale
from planning.trail.acts import action, record

from .drafts import held_draft
from .facts import by_number, matrix_in
from .findings import findings_of_facts
from .grid import grid_of
from .letters import clean_letters
from .mending import mend_for
from .models import Letter

MOST_AT_ONCE = 20_000


@action(gettext_lazy("changed letters in {subject}"))
def set_letters(member, changes: list[tuple[int, int, str, str]]):
    """Write cells of the draft: (activity id, role id, letters, letters as the person saw them). All or nothing.

    Refused: no draft, a row or role that is not in it, unknown letters, and a cell changed meanwhile (Stale, naming
    every such cell).
    """
    draft = held_draft(member.workspace)
    before, after = written(draft, seen(draft, changes))
    if after:
        record(set_letters, member, draft, before=before, after=after)
    return draft


@action(gettext_lazy("settled a finding of {subject}"))
def mend(member, key: str):
    """Make the change that was suggested. Refused when the draft changed so far that it is suggested no more."""
    draft = held_draft(member.workspace)
    grid = grid_of(draft)
    matrix = matrix_in(grid)
    found = ((finding, mend_for(matrix, finding)) for finding in findings_of_facts(matrix))
    finding, change = next(((one, how) for one, how in found if how and how.key == key), (None, None))
    if change is None:
        raise Refused(_("The draft changed meanwhile: look at the findings again."))
    rows, columns = by_number(grid), {column.role.key: column.role for column in grid.columns}
    before, after = settled(draft, change, rows, columns)
    record(mend, member, draft, before=before, after={"rule": finding.rule, **after})
    return draft


def settled(draft, change, rows, columns) -> tuple[dict, dict]:
    """Make the change; what was and what is, in words for the history."""
    if change.out:
        role = columns[change.out]
        Letter.objects.of(draft.workspace_id).filter(activity__version=draft, role=role).delete()
        draft.columns.filter(role=role).delete()
        return {"role": role.name}, {}
    if change.low:
        row, low = rows[change.low[0]].activity, change.low[1]
        before, row.low = row.low, low
        row.save(update_fields=["low"])
        return {"activity": row.name, "from": before}, {"activity": row.name, "from": low}
    cells = [(rows[row], columns[key], letters) for row, key, letters in change.cells]
    return written(draft, [(row.activity, role, row.letters.get(role.pk, ""), new) for row, role, new in cells])


def seen(draft, changes) -> list[tuple]:
    """[(activity, role, letters held, letters wanted)]; Stale when a cell is not what the person saw."""
    if len(changes) > MOST_AT_ONCE:
        raise Refused(_("That is more than a matrix holds."), "letters")
    rows = draft.activities.in_bulk({activity for activity, *_rest in changes})
    roles = {column.role_id: column.role for column in draft.columns.select_related("role")}
    cells = Letter.objects.of(draft.workspace_id).filter(activity__in=rows)
    held = {(activity, role): text for activity, role, text in cells.values_list("activity", "role", "letters")}
    asked, meanwhile = [], []
    for activity, role, letters, saw in changes:
        if activity not in rows:
            raise Refused(_("That activity is not in the draft any more."), "activity")
        if role not in roles:
            raise Refused(_("That role is not in the draft any more."), "role")
        there = held.get((activity, role), "")
        if there != clean_letters(saw, "seen"):
            field = f"{rows[activity]} · {roles[role]}"
            meanwhile.append({"field": field, "before": saw, "after": there})
        asked.append((rows[activity], roles[role], there, clean_letters(letters)))
    if meanwhile:
        raise Stale(
            _("Somebody changed this cell to “%(held)s” meanwhile.") % {"held": meanwhile[0]["after"] or "–"},
            meanwhile,
            "letters",
        )
    return asked


def written(draft, cells) -> tuple[dict, dict]:
    """Write [(activity, role, held, wanted)]; what was and what is, by cell, of those that differ."""
    cells = [cell for cell in cells if cell[2] != cell[3]]
    gone = [(activity.pk, role.pk) for activity, role, _held, wanted in cells if not wanted]
    letters = Letter.objects.of(draft.workspace_id)
    if gone:
        found = letters.filter(activity__in={one for one, _role in gone}).values_list("pk", "activity", "role")
        letters.filter(pk__in=[pk for pk, *cell in found if tuple(cell) in set(gone)]).delete()
    letters.bulk_create(
        [
            Letter(workspace_id=draft.workspace_id, activity=activity, role=role, letters=wanted)
            for activity, role, _held, wanted in cells
            if wanted
        ],
        update_conflicts=True,
        unique_fields=["workspace", "activity", "role"],
        update_fields=["letters"],
    )
    names = [f"{called(activity)} · {role.name}" for activity, role, *_letters in cells]
    return (
        dict(zip(names, [held for *_cell, held, _wanted in cells], strict=True)),
        dict(zip(names, [wanted for *_cell, wanted in cells], strict=True)),
    )


def called(activity) -> str:
    """An activity by name; bands of one name with where they begin."""
    return activity.name if activity.low is None else f"{activity.name} ({activity.low.normalize():f})"
