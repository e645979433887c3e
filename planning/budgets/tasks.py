"""What workers and the clock do for budgets: ids in, one action."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .actions.clock import go_on_without_agreement, report_drift
from .actions.forecast import keep_closed_month

log = logging.getLogger(__name__)


@shared_task
def check_file(workspace_id: int, intake_id: int) -> None:
    """Compare a long file of lines with the plan. Delivered twice, it is done once."""
    from .importing import running

    running.run_check(workspace_id, intake_id)


@shared_task
def take_long_file(workspace_id: int, intake_id: int) -> None:
    """Put a long file into the draft, all of it or nothing."""
    from . import actions
    from .importing import running

    running.run_taking(workspace_id, intake_id, actions.finish_file)


@shared_task
def resume_files() -> None:
    """Send on what a worker left lying, and what was never delivered."""
    from .importing import running
    from .models import Intake

    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                abandoned = running.abandoned(workspace_id)
        except Exception:
            log.exception("The files of workspace %s could not be looked at", workspace_id)
            continue
        for intake_id, state in abandoned:
            task = check_file if state == Intake.State.CHECKING else take_long_file
            task.delay(workspace_id, intake_id)


@shared_task
def check_balances():
    """Recompute balances, workspace by workspace, and report to operators and into the history what differs."""
    for number in workspace_ids():
        try:
            with scope(number):
                for found in report_drift(Workspace.objects.get(pk=number)):
                    log.error("A balance of workspace %s differs from its bookings: %s", number, found)
        except Exception:
            log.exception("The balances of workspace %s could not be checked.", number)


@shared_task
def go_on_where_nothing_is_agreed():
    """Run lines of a year that began without an agreement get their month."""
    for number in workspace_ids():
        try:
            with scope(number):
                go_on_without_agreement(Workspace.objects.get(pk=number))
        except Exception:
            log.exception("The interim plan of workspace %s could not go on.", number)


@shared_task
def tend_month_ends():
    """Ask the owners what is to be asked at the end of a month, and remind of results that are due."""
    from . import actions, on_time

    for number in workspace_ids():
        try:
            with scope(number):
                workspace = Workspace.objects.get(pk=number)
                if found := on_time.month_to_ask_for_accruals(workspace):
                    actions.ask_for_accruals_on_time(*found)
                if found := on_time.month_to_ask_for_reasons(workspace):
                    actions.ask_for_explanations_on_time(*found)
                on_time.remind_of_results(workspace)
        except Exception:
            log.exception("The month-end of workspace %s could not be tended.", number)


@shared_task
def keep_forecasts():
    """Where finance closed a month, its forecast is kept to be compared with later."""
    for number in workspace_ids():
        try:
            with scope(number):
                keep_closed_month(Workspace.objects.get(pk=number))
        except Exception:
            log.exception("The forecast of workspace %s could not be kept.", number)
