"""Long registers are read by a worker, in pieces with progress; whoever comes when one died begins again."""

from planning.people.scope import scope
from planning.shared import clock, leases
from planning.shared.locking import retrying
from planning.shared.refusals import Refused

from ..models import RegisterFile
from .judging import against, keep, proposed

PIECE = 1000
State = RegisterFile.State


def run_reading(workspace_id: int, register_id: int) -> None:
    """Judge every row of a long file. One that cannot be read ends as failed, saying why."""
    lease = claimed(workspace_id, register_id, State.READING)
    if lease is None:
        return
    try:
        with scope(workspace_id):
            register = mine(register_id, lease).get()
            known = against(register, proposed(register, register.mapping))
        judged = []
        for one in known.judged():
            judged.append(one)
            if len(judged) % PIECE == 0 and not beat(workspace_id, register_id, lease, len(judged)):
                return
        with scope(workspace_id):
            if mine(register_id, lease).exists():
                keep(register, known, judged)
                register.lease = None
                register.save()
    except Refused as refused:
        failed(workspace_id, register_id, lease, State.FAILED, str(refused))


def run_taking(workspace_id: int, register_id: int, take) -> None:
    """`take(register)` within one transaction; a refusal gives the file back to be looked at, saying why."""
    lease = claimed(workspace_id, register_id, State.TAKING)
    if lease is None:
        return
    try:
        retrying(lambda: scoped(workspace_id, lambda: take(mine(register_id, lease).get())))
    except Refused as refused:
        failed(workspace_id, register_id, lease, State.FAILED, str(refused))


def scoped(workspace_id, act):
    with scope(workspace_id):
        return act()


def claimed(workspace_id, register_id, state):
    with scope(workspace_id):
        return leases.claim(RegisterFile.objects.filter(pk=register_id, state=state))


def mine(register_id, lease):
    found = RegisterFile.objects.filter(pk=register_id, lease=lease)
    return found.select_related("file", "workspace", "brought_by__user", "taken_by__user")


def beat(workspace_id, register_id, lease, done) -> bool:
    with scope(workspace_id):
        return bool(mine(register_id, lease).update(rows_read=done, beat_at=clock.now()))


def failed(workspace_id, register_id, lease, state, sentence):
    with scope(workspace_id):
        mine(register_id, lease).update(state=state, failure=sentence, lease=None)


def abandoned(workspace_id) -> list[tuple[int, str]]:
    """[(id, state)] of registers whose worker went silent, or whose message was lost."""
    working = RegisterFile.objects.filter(workspace=workspace_id, state__in=[State.READING, State.TAKING])
    return list(leases.silent(working).values_list("pk", "state"))
