"""Keys and questions that fall due, by the clock."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids

from .climbing import climb, overdue
from .doing import run_out, write_no_answer
from .reminding import remind_of_due, remind_of_questions

log = logging.getLogger(__name__)


@shared_task
def remind_of_due_keys():
    """Write the reminders of keys and questions that fall due; notices mails them when their time comes."""
    for number in workspace_ids():
        try:
            with scope(number):
                workspace = Workspace.objects.get(pk=number)
                remind_of_due(workspace)
                remind_of_questions(workspace)
        except Exception:
            log.exception("The due keys of workspace %s could not be read.", number)


@shared_task
def end_waiting():
    """Questions that ran out are "no answer"; agreements that did not come go up. Each in a transaction of its own."""
    for number in workspace_ids():
        with scope(number, read_only=True):
            workspace = Workspace.objects.get(pk=number)
            late = [(write_no_answer, one) for one in run_out(workspace)] + [(climb, one) for one in overdue(workspace)]
        for act, thing in late:
            try:
                with scope(number):
                    thing.workspace = workspace
                    act(thing)
            except Exception:
                log.exception("%s of workspace %s could not be ended.", thing, number)
