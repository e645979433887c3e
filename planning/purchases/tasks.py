"""The clock's part: what nobody decides in time gives its money back, or goes to the sponsor, by itself."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .actions import expire, take_to_sponsor
from .emergencies import unconfirmed
from .waiting import expired

log = logging.getLogger(__name__)


@shared_task
def expire_requests():
    """Requests that nobody decided in time."""
    for_each(expired, expire)


@shared_task
def tend_emergencies():
    """Emergencies whose second key was not turned in two business days."""
    for_each(unconfirmed, take_to_sponsor)


def for_each(found, act):
    """Every workspace in its own scope: one that fails does not stop the others."""
    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                for purchase in found(Workspace.objects.get(pk=workspace_id)):
                    act(purchase)
        except Exception:
            log.exception("%s failed in workspace %s", act.verb, workspace_id)
