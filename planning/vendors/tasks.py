"""The clock's part: contracts that ran out renew, and people are reminded before the last day for notice."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .contracts import renew_by_itself
from .expiring import remind_of_endings
from .merging.finding import look_for_twins
from .renewals import ended_or_renewed, remind_of_renewals

log = logging.getLogger(__name__)


@shared_task
def watch_contracts():
    """Every workspace in its own scope: one that fails does not stop the others."""
    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                workspace = Workspace.objects.get(pk=workspace_id)
                for contract in ended_or_renewed(workspace):
                    renew_by_itself(contract)
                remind_of_renewals(workspace)
                remind_of_endings(workspace)
        except Exception:
            log.exception("contracts of workspace %s were not watched", workspace_id)


@shared_task
def compare_names():
    """Vendors that came since are held against the register, some at a time: likely twins wait on their page."""
    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                look_for_twins(Workspace.objects.get(pk=workspace_id))
        except Exception:
            log.exception("vendors of workspace %s were not compared", workspace_id)


@shared_task
def read_register(workspace_id: int, register_id: int) -> None:
    """Compare a long file with the register. Delivered twice, it is done once."""
    from .importing import running

    running.run_reading(workspace_id, register_id)


@shared_task
def take_long_register(workspace_id: int, register_id: int) -> None:
    """Take a long file in, all of it or nothing."""
    from .importing import acting, running

    running.run_taking(workspace_id, register_id, acting.finish_register)


@shared_task
def resume_registers() -> None:
    """Send on what a worker left lying, and what was never delivered."""
    from .importing import running

    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                abandoned = running.abandoned(workspace_id)
        except Exception:
            log.exception("The registers of workspace %s could not be looked at", workspace_id)
            continue
        for register_id, state in abandoned:
            (read_register if state == "reading" else take_long_register).delay(workspace_id, register_id)
