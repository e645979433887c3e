"""What workers and the clock do for webhooks: ids in, one step."""

import logging

from celery import shared_task

from planning.people.scope import scope, workspace_ids

log = logging.getLogger(__name__)


@shared_task(soft_time_limit=90, time_limit=120)
def send(workspace_id: int, webhook_id: int) -> None:
    """Send what waits for one webhook. Asked twice, one worker sends."""
    from . import actions, sending

    sending.send(workspace_id, webhook_id, give_up=actions.give_up)


@shared_task
def hear() -> None:
    """Look what is new in each workspace's history, and send on what waits."""
    from . import sending

    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                sending.hear(workspace_id)
                found = sending.to_send(workspace_id)
        except Exception:
            log.exception("The webhooks of workspace %s could not be looked at", workspace_id)
            continue
        for webhook_id in found:
            send.delay(workspace_id, webhook_id)
