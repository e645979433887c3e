"""The clock's part: a request nobody decides gives its money back by itself."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .actions import expire
from .waiting import expired

log = logging.getLogger(__name__)


@shared_task
def expire_requests():
    """Every workspace in its own scope: one that fails does not stop the others."""
    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                for purchase in expired(Workspace.objects.get(pk=workspace_id)):
                    expire(purchase)
        except Exception:
            log.exception("requests of workspace %s did not expire", workspace_id)
