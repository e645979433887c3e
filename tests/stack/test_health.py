"""/healthz names what is missing, and comes back when it does."""

import json
import time
import urllib.error
import urllib.request

from tests.harness.product import Product


def health(stack: Product) -> tuple[int, dict[str, object]]:
    try:
        with urllib.request.urlopen(f"{stack.url}/healthz", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as problem:
        return problem.code, json.load(problem)


def until(stack: Product, status: int) -> dict[str, object]:
    """The answer, once it has that status; signs of life fade within half a minute."""
    end = time.monotonic() + 45
    while (seen := health(stack))[0] != status:
        assert time.monotonic() < end, seen
        time.sleep(0.2)
    return seen[1]


def test_everything_is_alive(stack: Product) -> None:
    parts = {"database", "broker", "worker", "clock"}
    assert health(stack) == (200, {**dict.fromkeys(parts, "alive"), "missing": []})
