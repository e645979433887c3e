"""Holding the row that is checked, and trying again when two transactions crossed.

Lock order, everywhere: rooms top to bottom, ids ascending, the head of the history last.
"""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection
from django.http import Http404

CROSSED = {"40001", "40P01"}  # serialization failure, deadlock
TRIES = 4
T = TypeVar("T")


def lock(queryset, pk):
    """The row `pk` of `queryset`, read again and held until the transaction ends. 404 when it is not there.

    What it points at is read once the row is held: joined to the wait, it would be what the row pointed at before.
    """
    joined = bool(queryset.query.select_related)
    held = queryset.select_related(None).select_for_update(of=("self",), no_key=True)
    try:
        row = (held.only("pk").prefetch_related(None) if joined else held).get(pk=pk)
        return queryset.get(pk=pk) if joined else row
    except queryset.model.DoesNotExist:
        raise Http404(f"No {queryset.model._meta.verbose_name} {pk} here.") from None


def lock_all(queryset):
    """All rows of `queryset`, ids ascending, held until the transaction ends."""
    return list(queryset.order_by("pk").select_for_update(of=("self",), no_key=True))


def retrying(work: Callable[[], T]) -> T:
    """Run `work`, a whole transaction, again when Postgres says it crossed with another."""
    for attempt in range(1, TRIES + 1):
        try:
            return work()
        except OperationalError as error:
            crossed = getattr(error.__cause__, "sqlstate", None) in CROSSED
            if not crossed or attempt == TRIES or connection.in_atomic_block:
                raise
            time.sleep(random.uniform(0, 0.05 * attempt))  # noqa: S311 - jitter, not a secret
    raise AssertionError("unreachable")
