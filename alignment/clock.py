"""The clock: Celery beat that holds a lease, so a second clock stands by and does no harm.

The lease is the clock's sign of life as well. A clock that was killed is followed after the lease has faded.
"""

import os
import socket

from celery.beat import PersistentScheduler
from celery.utils.log import get_logger
from redis import RedisError

from alignment.stack import pulse

LONGEST_SLEEP = 5  # seconds; well below the lease
# Takes or renews in one step, so that two clocks never both believe they hold it.
LEASE = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return 1
"""
log = get_logger(__name__)


class Clock(PersistentScheduler):
    def __init__(self, *args: object, **kwargs: object) -> None:
        self.me = f"{socket.gethostname()}:{os.getpid()}"
        self.leads = False
        super().__init__(*args, **kwargs)
        self.max_interval = LONGEST_SLEEP

    def tick(self, *args: object, **kwargs: object) -> float:
        """Seconds until the next look. Only the holder of the lease sends what is due."""
        return super().tick(*args, **kwargs) if self._holds_lease() else LONGEST_SLEEP

    def _holds_lease(self) -> bool:
        try:
            holds = bool(pulse.broker().eval(LEASE, 1, pulse.key("clock"), self.me, pulse.FADES_AFTER))
        except RedisError as problem:
            log.warning("The broker does not answer the clock: %s", problem)
            return False
        if holds != self.leads:
            log.info("This clock keeps the time." if holds else "Another clock keeps the time; standing by.")
        self.leads = holds
        return holds

    def close(self) -> None:
        """Hands the lease back, so that the next clock need not wait for it to fade."""
        try:
            if self.leads and pulse.broker().get(pulse.key("clock")) == self.me.encode():
                pulse.broker().delete(pulse.key("clock"))
        except RedisError:
            log.warning("The lease could not be handed back; it fades in %s seconds.", pulse.FADES_AFTER)
        super().close()
