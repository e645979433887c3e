"""What the desk does by the clock."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from . import digest

log = logging.getLogger(__name__)


@shared_task
def send_digest(workspace_id: int, member_id: int):
    """Mail one member's digest of the day."""
    digest.deliver(workspace_id, member_id)


@shared_task
def send_digests():
    """Find the members whose morning has come."""
    for number in workspace_ids():
        try:
            with scope(number, read_only=True):
                members = digest.members_due(Workspace.objects.get(pk=number))
            for member in members:
                send_digest.delay(number, member)
        except Exception:
            log.exception("The digests of workspace %s could not be sent.", number)
