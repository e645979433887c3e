"""One row of a register's file: its cells by what they are, why it is refused, and what it would do."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from planning.shared.refusals import Refused

from ..models import Contract
from ..normal import normal

NEW, CHANGED, UNCHANGED, REFUSED = OUTCOMES = ("new", "changed", "unchanged", "refused")


@dataclass
class Row:
    """What a row says, whatever it lists. `reason` is why it is refused, about the column `at`."""

    row: int
    vendor: str = ""
    reason: str = ""
    at: str = ""

    @cached_property
    def key(self) -> str:
        return normal(self.vendor)[:200]

    @property
    def worth(self) -> tuple[str, Decimal] | None:
        """(currency, amount) of a row that says an amount."""
        return None

    @property
    def told(self) -> tuple:
        """All of what it says and would do, for the digest."""
        return (self.row, self.key)

    @property
    def shown(self) -> dict[str, Any]:
        """How it is read, for the preview."""
        return {"row": self.row, "vendor": self.vendor}


@dataclass
class Judged:
    """What a row would do; `now` the contract it is about."""

    read: Row
    outcome: str
    now: Contract | None = None


class Reader(ABC):
    """Reads rows by a mapping: what `look` refuses is the reason of its row."""

    of: ClassVar[type[Row]] = Row

    def __init__(self, mapping, names):
        self.mapping = mapping
        self.places = {name: at for at, name in enumerate(names)}

    def read(self, number: int, cells: list[str]):
        self.cells, row = cells, self.of(number)
        try:
            self.look(row)
        except Refused as refused:
            row.reason, row.at = str(refused), self.heading(refused.field)
        return row

    @abstractmethod
    def look(self, row) -> None:
        """Put what the row's cells say into `row`."""

    def heading(self, key) -> str:
        return self.mapping["columns"].get(key) or ""

    def cell(self, key) -> str:
        at = self.places.get(self.mapping["columns"].get(key))
        return self.cells[at].replace("\0", "").strip() if at is not None and at < len(self.cells) else ""
