"""The beginning of a text file, as text, rows and columns: each is worked out once, however often one tries."""

import io
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from planning.files import reading
from planning.shared import amounts, encodings
from planning.shared.delimited import HEAD, find_delimiter, find_header

from . import headers


class Beginning:
    """`whole` False: `data` is only the beginning of the file, and its last line may be torn."""

    def __init__(self, data: bytes, whole: bool = True) -> None:
        self.data, self.whole = data, whole
        self.texts: dict[str, str] = {}
        self.tables: dict[tuple[str, str], Table] = {}

    @cached_property
    def encoding(self) -> tuple[str, bool]:
        return encodings.detect(self.data, self.whole)

    def text(self, encoding: str) -> str:
        if encoding not in self.texts:
            text = self.data.decode(encoding, "replace").lstrip("\ufeff")
            self.texts[encoding] = text if self.whole else text[: text.rfind("\n") + 1]
        return self.texts[encoding]

    def delimiter(self, encoding: str) -> tuple[str, bool]:
        return find_delimiter(self.text(encoding))

    def table(self, encoding: str, delimiter: str) -> "Table":
        if (encoding, delimiter) not in self.tables:
            self.tables[encoding, delimiter] = Table(self.text(encoding), delimiter)
        return self.tables[encoding, delimiter]


class Table:
    """A text cut into cells, as far as somebody looks: a heading tells whose file it is long before its last row."""

    def __init__(self, text: str, delimiter: str) -> None:
        self.text, self.delimiter = text, delimiter
        self.bodies: dict[int, Body] = {}

    def __iter__(self) -> Iterator[list[str]]:
        return reading.cut(io.StringIO(self.text, newline=""), self.delimiter)

    @cached_property
    def header_row(self) -> tuple[int, bool]:
        return find_header(list(islice(self, HEAD)), headers.row_likeness)

    def below(self, header_row: int) -> "Body":
        if header_row not in self.bodies:
            self.bodies[header_row] = Body(self, header_row)
        return self.bodies[header_row]


class Body:
    """The rows below a heading, those that say anything, and what each column holds."""

    def __init__(self, table: Table, header_row: int) -> None:
        self.table, self.header_row = table, header_row
        self.head = [cell.strip() for cell in next(islice(table, header_row - 1, None), [])] if header_row > 0 else []
        self.columns: dict[int, Counter[str]] = {}

    def __iter__(self) -> Iterator[list[str]]:
        return (row for row in islice(self.table, max(self.header_row, 0), None) if "".join(row).strip())

    @cached_property
    def rows(self) -> list[list[str]]:
        return list(self)

    def cells(self, place: int) -> Iterator[str]:
        """What the column at `place` says, row by row; of a table that was not gone through yet nothing is kept."""
        rows = self.rows if "rows" in vars(self) else islice(self.table, max(self.header_row, 0), None)
        return (row[place] for row in rows if place < len(row))

    def filled(self, place: int) -> Counter[str]:
        """What the cells of the column at `place` say and how often, without those that say nothing."""
        if place not in self.columns:
            said = Counter(row[place] for row in self.rows if place < len(row))
            self.columns[place] = Counter(
                {value: times for value, times in said.items() if not amounts.is_nothing(value)}
            )
        return self.columns[place]
