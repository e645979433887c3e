"""/healthz: is everything alive that a person needs? Open to everybody, reads only, tells no secrets."""

from typing import Any

from celery import shared_task
from celery.signals import heartbeat_sent, worker_ready
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis import RedisError

from alignment.stack import pulse


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and clock are alive; 503 naming in `missing` what is not."""
    parts = {"database": _database(), **_queue()}
    missing = [name for name, alive in parts.items() if not alive]
    answer: dict[str, Any] = {name: "alive" if alive else "missing" for name, alive in parts.items()}
    return JsonResponse({**answer, "missing": missing}, status=503 if missing else 200)


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _queue() -> dict[str, bool]:
    try:
        return {"broker": True, **pulse.alive()}
    except RedisError:
        return dict.fromkeys(("broker", *pulse.PARTS), False)


@shared_task(name="alignment.health.beat")
def beat() -> None:
    """Sent by the clock every few seconds and done by a worker: proves the whole road between them."""
    pulse.beat("worker")


@worker_ready.connect
@heartbeat_sent.connect
def _worker_lives(**_: object) -> None:
    """Speaks for a worker all of whose hands are busy with long tasks."""
    try:
        pulse.beat("worker")
    except RedisError:
        return  # the page says so itself: broker missing
