"""Seconds of one act, or the shortest of several: what else the machine does can only make them longer."""

import time
from collections.abc import Callable


def seconds(act: Callable[[], object], times: int = 1) -> float:
    """The shortest of `times` runs; more than one are preceded by one that does not count."""
    return side_by_side([act], times)[0]


def side_by_side(acts: list[Callable[[], object]], times: int) -> list[float]:
    """The shortest of `times` runs of each act, taking turns, so that a busy minute hits them all."""
    if times > 1:
        for act in acts:
            act()
    rounds = [[_once(act) for act in acts] for _ in range(times)]
    return [min(taken) for taken in zip(*rounds, strict=True)]


def _once(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def against(words: str, taken: float, baseline: float, bare: str) -> str:
    """One line of the report; the ratio says how many times as long as the baseline it takes."""
    return f"{words}: {taken * 1000:,.1f} ms, {bare}: {baseline * 1000:,.1f} ms; ratio {taken / baseline:,.1f}"


def within(words: str, taken: float, baseline: float) -> str:
    """One line about a limit of three times the baseline plus 60 ms."""
    verdict = "within" if taken <= 3 * baseline + 0.06 else "OVER"
    return f"{against(words, taken, baseline, 'bare SQL')}, {verdict} 3 × + 60 ms"
