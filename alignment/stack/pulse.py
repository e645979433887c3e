"""Signs of life that worker and clock leave beside the broker. They fade by themselves, so nobody has to take them back."""

from functools import cache

import redis

from . import places

PARTS = ("worker", "clock")
FADES_AFTER = 30  # seconds


@cache
def broker(url: str | None = None) -> redis.Redis:
    """Connects on first use, never at import: servers fork after importing."""
    return redis.Redis.from_url(url or places.redis_url(), socket_timeout=5, socket_connect_timeout=5)


def key(part: str) -> str:
    return f"alignment:pulse:{part}"


def beat(part: str, who: str = "1") -> None:
    broker().set(key(part), who, ex=FADES_AFTER)


def alive(url: str | None = None) -> dict[str, bool]:
    """Which parts left a sign lately. Raises redis.RedisError when the broker does not answer."""
    signs = broker(url).mget([key(part) for part in PARTS])
    return {part: sign is not None for part, sign in zip(PARTS, signs, strict=True)}


def forget(url: str | None = None) -> None:
    """For a fresh start, whose signs of life are those of the last run."""
    broker(url).delete(*(key(part) for part in PARTS))
