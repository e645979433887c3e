"""Putting what a file says into the draft: new lines, changed ones, new categories, all of it or nothing."""

from django.utils.translation import gettext as _

from planning.calendar.models import Category
from planning.shared.refusals import Stale

from ..models import Line, Outcome, Revision
from ..versions.drafts import copy_of, draft_of, hold_budget
from .checking import judged, result
from .judging import COMPARED, ON_LINE, on_revision

AT_ONCE = 500
LISTED = 200  # changed lines that the history names one by one


def take_in(intake, member) -> dict:
    """Do what was shown, and give what the history keeps of it: counts, totals, the lines it changed.

    Refused: a budget that waits for its keys or is closed; Stale, when the plan or the names it knows are no longer
    what the rows were compared with.
    """
    intake.budget = budget = hold_budget(member.workspace, intake.budget_id)
    outcomes, plan = judged(intake)
    now = result(outcomes, plan)
    if now["digest"] != intake.digest:
        raise Stale(_("The plan changed since this file was compared with it. Look at it again."), [], "file")
    version = draft_of(budget, member)
    kept = [one for one in outcomes if one.outcome in (Outcome.NEW, Outcome.CHANGED)]
    with_categories(kept, plan)
    add(budget, version, [one for one in kept if one.outcome == Outcome.NEW])
    change(version, [one for one in kept if one.outcome == Outcome.CHANGED])
    changed = [
        {"line": one.now.line_id, "name": one.now.name, "changes": one.changes} for one in kept if one.now is not None
    ]
    facts = {"counts": now["counts"], "totals": now["totals"], "version": version.number, "sha256": intake.file.sha256}
    return facts | ({"changed": changed} if len(changed) <= LISTED else {})


def with_categories(kept, plan):
    """Make the categories that are new, and only those that a row uses."""
    used = {id(one.values["category"]) for one in kept if "category" in one.values}
    fresh = [category for category in plan.new_categories.values() if id(category) in used]
    Category.objects.bulk_create(fresh)


def add(budget, version, new):
    at = budget.workspace.now()
    lines = [
        Line(
            workspace=budget.workspace,
            budget=budget,
            created_at=at,
            reference=one.read.reference,
            **{name: value for name, value in one.values.items() if name in ON_LINE},
        )
        for one in new
    ]
    Line.objects.bulk_create(lines, batch_size=AT_ONCE)
    Revision.objects.bulk_create(
        [
            Revision(workspace=budget.workspace, line=line, version=version, **on_revision(one.values))
            for line, one in zip(lines, new, strict=True)
        ],
        batch_size=AT_ONCE,
    )


def change(version, changed):
    fresh, drafted, lines = [], [], []
    for one in changed:
        revision = one.now if one.now.version_id == version.pk else copy_of(one.now, version)
        values = on_revision(one.values)
        for name, value in values.items():
            setattr(revision, name, value)
        if values:
            revision.edits += 1
            (drafted if revision.pk else fresh).append(revision)
        for name in ON_LINE:
            if name in one.values:
                setattr(one.now.line, name, one.values[name])
        if one.values.keys() & set(ON_LINE):
            lines.append(one.now.line)
    Revision.objects.bulk_create(fresh, batch_size=AT_ONCE)
    if drafted:
        Revision.objects.bulk_update(drafted, [*FIELDS, "edits"], batch_size=AT_ONCE)
    if lines:
        Line.objects.bulk_update(lines, list(ON_LINE), batch_size=AT_ONCE)


FIELDS = [
    one.name
    for one in Revision._meta.concrete_fields
    if one.attname in COMPARED and one.name not in ("workspace", "line", "version")
]
