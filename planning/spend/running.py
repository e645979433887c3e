"""Working on one import from its first row to its last, whoever comes and however often."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.people.scope import scope
from planning.shared import clock
from planning.shared.locking import retrying
from planning.shared.refusals import Refused

from . import amnesty, staging
from .models import Import

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
PICKED_UP_WITHIN = timedelta(minutes=1)


def run(workspace_id: int, batch_id: int, *, book, fail, alert) -> None:
    """Claim, read, then `book` and `alert`. A refusal ends it by `fail`; a crash leaves it to the next worker."""
    lease = staging.claim(workspace_id, batch_id)
    if lease is None:
        return
    with scope(workspace_id):
        batch = Import.objects.select_related("file", "source", "workspace", "started_by__user").get(pk=batch_id)
    try:
        if batch.attempts > MOST_ATTEMPTS:
            raise Refused(_("It was tried %(times)s times and could not be finished.") % {"times": MOST_ATTEMPTS})
        staging.stage(batch, lease)
        retrying(lambda: scoped(workspace_id, booked, batch, lease, book, alert))
    except staging.LeaseLost:
        log.info("Import %s is somebody else's now", batch_id)
    except Refused as refused:
        scoped(workspace_id, fail, batch, lease, str(refused))


def booked(batch, lease, book, alert) -> None:
    """Book, and in the same transaction say where money went that was to stop."""
    done = book(batch, lease)
    for found in amnesty.ended(done.workspace, done.entries) if done else []:
        alert(*found)


def scoped(workspace_id, act, *args):
    with scope(workspace_id):
        return act(*args)


def abandoned(workspace_id) -> list[int]:
    """Running imports that nobody holds: their lease ran out, or nobody took it in time."""
    now = clock.now()
    unheld = Q(lease_until__lt=now) | Q(lease_until=None, created_at__lt=now - PICKED_UP_WITHIN)
    return list(Import.objects.filter(workspace=workspace_id).running().filter(unheld).values_list("pk", flat=True))
