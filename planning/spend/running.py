"""Working on one import from its first row to its last, whoever comes and however often."""

import logging
from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.files import reading
from planning.people.scope import scope
from planning.shared import clock
from planning.shared.locking import retrying
from planning.shared.refusals import Refused

from . import amnesty, opening, staging
from .models import Import
from .typed import replacing

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 5
PICKED_UP_WITHIN = timedelta(minutes=1)
BEAT = timedelta(seconds=3)


def run(workspace_id: int, batch_id: int, *, look, book, fail, alert, exchange) -> None:
    """Claim; open and `look` until it is text that nobody need look at; read, then `book`, `exchange` and `alert`.

    A refusal ends it by `fail`; a crash leaves it to the next worker.
    """
    lease = staging.claim(workspace_id, batch_id)
    if lease is None:
        return
    with scope(workspace_id):
        batch = Import.objects.select_related("file", "source", "workspace", "started_by__user").get(pk=batch_id)
    try:
        if batch.attempts > MOST_ATTEMPTS:
            raise Refused(_("It was tried %(times)s times and could not be finished.") % {"times": MOST_ATTEMPTS})
        if batch.phase == Import.Phase.LOOKING:
            opened(batch, lease, look)
            return run(workspace_id, batch_id, look=look, book=book, fail=fail, alert=alert, exchange=exchange)
        short = staging.stage(batch, lease)
        retrying(lambda: scoped(workspace_id, booked, batch, lease, short, book, alert, exchange))
    except staging.LeaseLost:
        log.info("Import %s is somebody else's now", batch_id)
    except Refused as refused:
        scoped(workspace_id, fail, batch, lease, str(refused))


def opened(batch, lease, look) -> None:
    """Make text of the file, or find the files it holds, outside any transaction; then `look` at what is there."""
    parts = [] if batch.inside else reading.parts(batch.file)
    size = 0 if parts else opening.make_text(batch, beats(batch, lease))
    retrying(lambda: scoped(batch.workspace_id, look, batch, lease, size, parts))


def beats(batch, lease):
    """What keeps the lease while something lasts: call it often. Raises LeaseLost once the import was stopped."""
    last = clock.now()

    def beat():
        nonlocal last
        if clock.now() > last + BEAT:
            last = clock.now()
            scoped(batch.workspace_id, staging.keep, batch.workspace_id, batch.pk, lease)

    return beat


def booked(batch, lease, short, book, alert, exchange) -> None:
    """Book, and in the same transaction say which typed invoices gave way, and where money went that was to stop."""
    done = book(batch, lease, short)
    for typed in done.gone if done else []:
        exchange(typed, done.started_by, replacing.LEDGER)
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
