"""Any two versions beside each other: which lines differ, field by field, and the plan of both by side.

A version stands for the whole plan as it would read (or read) with it: an agreed one for what was in force from then
on, any other for what was in force when it was decided (now, while it is open) with its own lines over it.
"""

from copy import copy

from planning.shared.money import ZERO

from ..lines.spreading import SIDES
from ..models import Revision, Version
from .page import beside, changes_of
from .terms import planned_by_side

LOADED = ("category", "vendor", "kpi", "line")


def compared(budget, one, other) -> dict:
    """{changes, totals} from version `one` to version `other` of the budget. Seven queries, however many lines."""
    left, right = ids_of(budget, one), ids_of(budget, other)
    lines = sorted(line for line in left.keys() | right.keys() if left.get(line) != right.get(line))
    wanted = [ids[line] for ids in (left, right) for line in lines if line in ids]
    known = Revision.objects.of(budget.workspace_id).select_related(*LOADED).in_bulk(wanted)
    pairs = []
    for line in lines:
        was, now = known.get(left.get(line)), known.get(right.get(line))
        pairs.append((now or without(was), was))
    changes = [change for change in changes_of(pairs, budget) if change["fields"]]
    return {"changes": changes, "totals": beside(plan_of(budget, left), plan_of(budget, right))}


def ids_of(budget, version) -> dict:
    """{line id: revision id} of the lines that are in the plan as of `version`."""
    found = Revision.objects.of(budget.workspace_id).filter(line__budget=budget).signed()
    base = base_of(budget, version)
    ids = dict(found.filter(in_force__contains=base, removed=False).values_list("line_id", "pk")) if base else {}
    if not version.agreed_as:
        for line_id, pk, removed in version.revisions.values_list("line_id", "pk", "removed"):
            ids[line_id] = pk
            if removed:
                del ids[line_id]
    return ids


def base_of(budget, version) -> int:
    """Which agreement it stands on: its own, else the last before it was decided."""
    if version.agreed_as:
        return version.agreed_as
    closed = version.paper and version.paper.closed_at
    if version.state in (Version.State.DRAFT, Version.State.PROPOSED) or not closed:
        return budget.agreed_count
    earlier = budget.versions.filter(agreed_as__isnull=False, paper__closed_at__lte=closed)
    return earlier.count()


def plan_of(budget, ids) -> dict:
    if not ids:
        return {str(side): ZERO for side in SIDES}
    return planned_by_side(
        Revision.objects.of(budget.workspace_id).filter(pk__in=list(ids.values())), budget.workspace.currency
    )


def without(revision) -> Revision:
    """A line that is gone, as a change shows it."""
    gone = copy(revision)
    gone.__dict__.pop("shares", None)
    gone.total, gone.months, gone.removed = ZERO, [ZERO] * 12, True
    return gone
