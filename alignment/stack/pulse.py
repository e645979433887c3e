"""Signs of life that worker and clock leave beside the broker. They fade by themselves; nobody takes them back."""

import socket
from functools import cache

import redis

from . import places

PARTS = ("worker", "clock")
FADES_AFTER = 30  # seconds


@cache
def broker(url: str | None = None) -> redis.Redis:
    """Connects on first use, never at import: servers fork after importing."""
    return redis.Redis.from_url(url or places.redis_url(), socket_timeout=5, socket_connect_timeout=5)


def key(part: str, host: str = "") -> str:
    return f"alignment:pulse:{part}:{host}"


def beat(part: str) -> None:
    """For the part as a whole, and for this host's share of it."""
    for host in ("", socket.gethostname()):
        broker().set(key(part, host), 1, ex=FADES_AFTER)


def shows(part: str, host: str) -> bool:
    return bool(broker().exists(key(part, host)))


def alive(url: str | None = None) -> dict[str, bool]:
    """Which parts left a sign lately. Raises redis.RedisError when the broker does not answer."""
    signs = broker(url).mget([key(part) for part in PARTS])
    return {part: sign is not None for part, sign in zip(PARTS, signs, strict=True)}


def forget(url: str | None = None) -> None:
    """For a fresh start, whose signs of life are those of the last run."""
    broker(url).delete(*(key(part) for part in PARTS))
