"""The one clock. Tests and the demo loader set it; everybody else asks their workspace what time it is."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_pinned: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """This instant, in UTC."""
    return _pinned.get() or datetime.now(UTC)


@contextmanager
def at(instant: datetime):
    """Let it be `instant` (aware) inside the block."""
    token = _pinned.set(instant)
    try:
        yield
    finally:
        _pinned.reset(token)


def is_set() -> bool:
    """Whether somebody set the clock."""
    return _pinned.get() is not None
