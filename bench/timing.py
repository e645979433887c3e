"""Seconds of one act, or the middle one of several."""

import statistics
import time
from collections.abc import Callable


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """The median of `times` runs; more than one are preceded by one that does not count."""
    if times > 1:
        act()
    return statistics.median(_once(act) for _ in range(times))


def _once(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def against(words: str, taken: float, baseline: float, bare: str) -> str:
    """One line of the report; the ratio says how many times as long as the baseline it takes."""
    return f"{words}: {taken * 1000:,.1f} ms, {bare}: {baseline * 1000:,.1f} ms; ratio {taken / baseline:,.1f}"
