"""A long piece of work is one worker's at a time: claimed, kept alive by a beat, and free again when the worker falls
silent. For rows with `lease` (UUID or null) and `beat_at`; who works writes `beat_at` with every piece.
"""

import uuid
from datetime import timedelta

from django.db.models import Q

from . import clock

SILENT = timedelta(minutes=1)


def claim(rows) -> uuid.UUID | None:
    """The lease of the one row in `rows` when nobody works on it, else None."""
    lease, now = uuid.uuid4(), clock.now()
    free = rows.filter(Q(lease=None) | Q(beat_at__lt=now - SILENT))
    return lease if free.update(lease=lease, beat_at=now) else None


def silent(rows):
    """Those of `rows` whose worker died, or whose message was never delivered."""
    return rows.filter(beat_at__lt=clock.now() - SILENT)
