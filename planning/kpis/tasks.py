"""Once a day: readings that are due."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .reminding import remind_of_readings

log = logging.getLogger(__name__)


@shared_task
def remind():
    """Ask owners for the readings that are due, workspace by workspace; one that fails does not stop the others."""
    for number in workspace_ids():
        try:
            with scope(number):
                remind_of_readings(Workspace.objects.get(pk=number))
        except Exception:
            log.exception("The readings due in workspace %s could not be asked for.", number)
