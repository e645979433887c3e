"""Long files are read by a worker, in pieces with progress; whoever comes when one died begins again."""

import uuid

from planning.people.scope import scope
from planning.shared import clock, leases
from planning.shared.locking import retrying
from planning.shared.refusals import Refused

from ..models import Intake, IntakeRow
from .checking import as_row, result, rows_of
from .judging import Plan

PIECE = 1000


def check(intake) -> None:
    """Judge every row of a short file within this transaction."""
    plan = Plan(intake.budget, intake.mapping).load()
    outcomes = [plan.judge(row) for row in rows_of(intake)]
    intake.rows.all().delete()
    IntakeRow.objects.bulk_create([as_row(intake, one) for one in outcomes], batch_size=PIECE)
    checked(intake, outcomes, plan)


def checked(intake, outcomes, plan):
    for name, value in result(outcomes, plan).items():
        setattr(intake, name, value)
    intake.state, intake.lease, intake.failure = Intake.State.CHECKED, None, ""
    intake.rows_read = intake.rows_in_all = len(outcomes)
    intake.save()


def run_check(workspace_id: int, intake_id: int) -> None:
    """The same for a long one, piece by piece. A file that cannot be read ends as failed, saying why."""
    lease = claimed(workspace_id, intake_id, Intake.State.CHECKING)
    if lease is None:
        return
    try:
        with scope(workspace_id):
            intake = mine(intake_id, lease).get()
            intake.rows.all().delete()
            rows, plan = rows_of(intake), Plan(intake.budget, intake.mapping).load()
        outcomes = []
        for start in range(0, len(rows), PIECE):
            with scope(workspace_id):
                piece = [plan.judge(row) for row in rows[start : start + PIECE]]
                outcomes += piece
                if not mine(intake_id, lease).update(
                    rows_read=len(outcomes), rows_in_all=len(rows), beat_at=clock.now()
                ):
                    return
                IntakeRow.objects.bulk_create([as_row(intake, one) for one in piece])
        with scope(workspace_id):
            if mine(intake_id, lease).exists():
                checked(intake, outcomes, plan)
    except Refused as refused:
        failed(workspace_id, intake_id, lease, str(refused))


def run_taking(workspace_id: int, intake_id: int, take) -> None:
    """`take(intake, lease)` within one transaction; a refusal gives the file back to be looked at, saying why."""
    lease = claimed(workspace_id, intake_id, Intake.State.TAKING)
    if lease is None:
        return
    try:
        retrying(lambda: scoped(workspace_id, lambda: take(mine(intake_id, lease).get())))
    except Refused as refused:
        failed(workspace_id, intake_id, lease, str(refused))


def scoped(workspace_id, act):
    with scope(workspace_id):
        return act()


def claimed(workspace_id, intake_id, state) -> uuid.UUID | None:
    """The lease of an intake that nobody works on, or None."""
    with scope(workspace_id):
        return leases.claim(Intake.objects.filter(pk=intake_id, state=state))


def mine(intake_id, lease):
    found = Intake.objects.filter(pk=intake_id, lease=lease)
    return found.select_related("file", "budget__workspace", "workspace", "brought_by__user", "taken_by__user")


def failed(workspace_id, intake_id, lease, sentence):
    with scope(workspace_id):
        mine(intake_id, lease).update(state=Intake.State.FAILED, failure=sentence, lease=None)


def abandoned(workspace_id) -> list[tuple[int, str]]:
    """[(id, state)] of intakes whose worker went silent, or whose message was lost."""
    quiet = Intake.objects.filter(workspace=workspace_id, state__in=[Intake.State.CHECKING, Intake.State.TAKING])
    return list(leases.silent(quiet).values_list("pk", "state"))
