"""How the processes of a run share its tests: a module's stay together, so what a module makes once is made once.

(The marker xdist_group, which would say this beside each test, is not heard by this pytest.)
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

# By the beginning of a module's name: one running product for all of them. What takes longest begins first, and what
# needs no demonstration while that is told.
TOGETHER = {
    "tests/journeys/test_every_page": "the showroom",
    "tests/journeys/": "the product",
    "tests/faults/": "the product",
    "tests/stack/test_health": "the product",
    "tests/stack/test_browser": "the product",
}
EARLY = [
    "tests/journeys/test_main_job",
    "tests/stack/test_life",
    "tests/journeys/",
    "tests/faults/",
    "tests/stack/",
    "tests/test_doors",
    "tests/front/",
]


class ByModule(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return next((name for start, name in TOGETHER.items() if module.startswith(start)), module)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling:
    return ByModule(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: next((n for n, start in enumerate(EARLY) if item.nodeid.startswith(start)), len(EARLY)))
