"""Mail by the clock. Each workspace is handled in its own scope, and one that fails does not stop the others."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from . import delivery

log = logging.getLogger(__name__)


@shared_task
def deliver(workspace_id: int, member_id: int):
    """Mail one member what is due."""
    delivery.deliver(workspace_id, member_id)


@shared_task
def sweep():
    """Find what is due, and whatever a lost queue forgot."""
    for number in workspace_ids():
        try:
            with scope(number):
                members = delivery.waiting_members(Workspace.objects.get(pk=number))
            for member in members:
                deliver.delay(number, member)
        except Exception:
            log.exception("The reminders of workspace %s could not be swept.", number)
