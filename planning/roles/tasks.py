"""Holders whose days begin or end, by the clock."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .routing.following import move_with_holder, roles_waited_for

log = logging.getLogger(__name__)


@shared_task
def follow_holders():
    """What waits for somebody who no longer holds the role goes to who does."""
    for number in workspace_ids():
        try:
            with scope(number):
                for role in roles_waited_for(Workspace.objects.get(pk=number)):
                    move_with_holder(role)
        except Exception:
            log.exception("What waits in workspace %s could not follow its holders.", number)
