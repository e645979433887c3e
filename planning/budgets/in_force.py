"""Putting an agreed version in force: the revisions before it end, and the difference of the plan is booked."""

from collections import defaultdict

from django.db.models import F, Func, Value
from psycopg.types.range import Range

from planning.shared.money import ZERO
from planning.trail.models import subject_of

from .models import Cell, Movement, Revision
from .movements import append
from .spreading import cells


def put_in_force(version) -> None:
    """End what was in force on the version's lines, begin its revisions, and book the new plan less the old, by line,
    side and month. Refused by Postgres: a plan below what is promised and spent.
    """
    end_previous(version)
    revisions = list(version.revisions.all())
    planned = planned_now([revision.line_id for revision in revisions])
    cause = subject_of(version)
    movements = [
        Movement(
            line_id=line_id,
            side=side,
            month=month,
            kind=Movement.Kind.PLAN,
            plan=amount,
            cause=cause,
            cause_id="agreed",
        )
        for revision in revisions
        for (line_id, side, month), amount in change(revision, version.budget.months, planned).items()
    ]
    append(version.workspace, movements)


def end_previous(version):
    lines = version.revisions.values("line_id")
    earlier = Revision.objects.of(version.workspace_id).filter(
        line__in=lines, in_force__endswith=None, in_force__isnull=False
    )
    earlier.update(in_force=Func(Func(F("in_force"), function="lower"), Value(version.agreed_as), function="int8range"))
    version.revisions.update(is_open=False, in_force=Range(version.agreed_as, None))


def planned_now(line_ids) -> dict:
    """{line id: {(side, month): plan}}: what is booked now."""
    planned = defaultdict(dict)
    for line_id, side, month, plan in Cell.objects.filter(line__in=line_ids).values_list(
        "line_id", "side", "month", "plan"
    ):
        planned[line_id][side, month] = plan
    return planned


def change(revision, months, planned) -> dict:
    """{(line id, side, month): difference} between the revision and what is planned now."""
    wanted = {
        (side, months[row]): amount
        for (side, row), amount in cells(revision.months, revision.weights, revision.currency).items()
    }
    before = planned.get(revision.line_id, {})
    keys = wanted.keys() | before.keys()
    return {
        (revision.line_id, side, month): wanted.get((side, month), ZERO) - before.get((side, month), ZERO)
        for side, month in keys
    }
