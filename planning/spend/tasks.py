"""What workers and the clock do for spend: ids in, one action."""

import logging

from celery import shared_task

from planning.people.scope import scope, workspace_ids

log = logging.getLogger(__name__)


@shared_task
def run_import(workspace_id: int, batch_id: int) -> None:
    """Open, read and book one import, as far as nobody need look at it. Delivered twice, it is done once."""
    from . import actions, amnesty, running
    from .typed.replacing import exchange

    acts = {"look": actions.look, "book": actions.book, "fail": actions.fail, "alert": amnesty.alert}
    running.run(workspace_id, batch_id, **acts, exchange=exchange)


@shared_task
def resume_imports() -> None:
    """Send imports on whose worker died, and those whose message was lost."""
    from . import running

    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                abandoned = running.abandoned(workspace_id)
        except Exception:
            log.exception("The imports of workspace %s could not be looked at", workspace_id)
            continue
        for batch_id in abandoned:
            run_import.delay(workspace_id, batch_id)


@shared_task
def weigh_vendors() -> None:
    """Each night the register hears what each vendor was paid in twelve months."""
    from planning.people.models import Workspace

    from . import weighing

    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                weighing.weigh_vendors(Workspace.objects.get(pk=workspace_id))
        except Exception:
            log.exception("The vendors of workspace %s could not be weighed", workspace_id)


@shared_task
def remind_of_decisions() -> None:
    """Who answers for what was bought before it was approved hears of the day by which that is decided."""
    from planning.people.models import Workspace

    from . import undecided

    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                for case in undecided.near(Workspace.objects.get(pk=workspace_id)):
                    undecided.remind_of_decision(case)
        except Exception:
            log.exception("The decisions of workspace %s could not be asked for", workspace_id)


@shared_task
def clear_staging() -> None:
    """Let go of staged rows that nobody needs any more, one workspace at a time."""
    from . import staging

    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                staging.clear(workspace_id)
        except Exception:
            log.exception("The staged rows of workspace %s could not be cleared", workspace_id)
