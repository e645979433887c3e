"""The clock's part: agendas stay up to date, people are reminded, minutes that nobody objected to stand."""

import logging

from celery import shared_task

from planning.people.models import Workspace
from planning.people.scope import scope, workspace_ids
from planning.shared.locking import lock_all

from .agenda import build, soon
from .minuting import let_minutes_stand
from .models import Minutes, Review
from .reminding import remind_of_reviews

log = logging.getLogger(__name__)


@shared_task
def tend_reviews():
    """Every workspace in its own scope: one that fails does not stop the others."""
    for workspace_id in workspace_ids():
        try:
            with scope(workspace_id):
                tend(Workspace.objects.get(pk=workspace_id))
        except Exception:
            log.exception("reviews of workspace %s were not tended", workspace_id)


def tend(workspace):
    for review in lock_all(Review.objects.of(workspace).filter(state=Review.State.PLANNED, on__lte=soon(workspace))):
        build(review)
    remind_of_reviews(workspace)
    overdue = Minutes.objects.of(workspace).filter(state=Minutes.State.OPEN, stands_at__lte=workspace.now())
    for minutes in overdue.select_related("workspace").order_by("pk"):
        let_minutes_stand(minutes)
