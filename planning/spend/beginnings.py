"""The beginning of a text file, as text, rows and columns: each is worked out once, however often one tries."""

import csv
import io
from collections import Counter
from functools import cached_property

from planning.shared import amounts, encodings
from planning.shared.delimited import find_delimiter, find_header

from . import headers


class Beginning:
    """`whole` False: `data` is only the beginning of the file, and its last line may be torn."""

    def __init__(self, data: bytes, whole: bool = True) -> None:
        self.data, self.whole = data, whole
        self.tables: dict[tuple[str, str], Table] = {}

    @cached_property
    def encoding(self) -> tuple[str, bool]:
        return encodings.detect(self.data, self.whole)

    def text(self, encoding: str) -> str:
        text = self.data.decode(encoding, "replace").lstrip("\ufeff")
        return text if self.whole else text[: text.rfind("\n") + 1]

    def delimiter(self, encoding: str) -> tuple[str, bool]:
        return find_delimiter(self.text(encoding))

    def table(self, encoding: str, delimiter: str) -> "Table":
        if (encoding, delimiter) not in self.tables:
            rows = csv.reader(io.StringIO(self.text(encoding), newline=""), delimiter=delimiter)
            self.tables[encoding, delimiter] = Table(list(rows))
        return self.tables[encoding, delimiter]


class Table:
    """The rows below a heading, and what each column holds."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.rows = rows
        self.bodies: dict[int, Body] = {}

    @cached_property
    def header_row(self) -> tuple[int, bool]:
        return find_header(self.rows, headers.row_likeness)

    def below(self, header_row: int) -> "Body":
        if header_row not in self.bodies:
            head = self.rows[header_row - 1] if 0 < header_row <= len(self.rows) else []
            filled = [row for row in self.rows[header_row:] if "".join(row).strip()]
            self.bodies[header_row] = Body([cell.strip() for cell in head], filled)
        return self.bodies[header_row]


class Body:
    def __init__(self, head: list[str], rows: list[list[str]]) -> None:
        self.head, self.rows = head, rows
        self.columns: dict[int, Counter[str]] = {}

    def filled(self, place: int) -> Counter[str]:
        """What the cells of the column at `place` say and how often, without those that say nothing."""
        if place not in self.columns:
            said = Counter(row[place] for row in self.rows if place < len(row))
            self.columns[place] = Counter(
                {value: times for value, times in said.items() if not amounts.is_nothing(value)}
            )
        return self.columns[place]
