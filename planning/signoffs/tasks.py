"""Keys that fall due, by the clock."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .reminding import remind_of_due

log = logging.getLogger(__name__)


@shared_task
def remind_of_due_keys():
    """Write the reminders of keys that fall due; notices mails them when their time comes."""
    for number in workspace_ids():
        try:
            with scope(number):
                remind_of_due(Workspace.objects.get(pk=number))
        except Exception:
            log.exception("The due keys of workspace %s could not be read.", number)
