"""A CSV of rates: currency, date (YYYY-MM-DD), rate, source, in any order, with comma, semicolon or tab."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from planning.shared.refusals import Refused

COLUMNS = {"currency", "date", "rate", "source"}
MOST_ROWS = 50_000


def rows_of(content: bytes) -> Iterator[tuple[int, dict]]:
    """(row number in the file, {currency, day, rate, source}) for each row. Refused: other text, missing columns."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("The file is not text in UTF-8."), "file") from error
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    names = {(name or "").strip().lower(): name for name in reader.fieldnames or []}
    if missing := COLUMNS - names.keys():
        raise Refused(
            _("The first row must name the columns; missing: %(names)s.") % {"names": ", ".join(sorted(missing))},
            "file",
        )
    for row in reader:
        if reader.line_num > MOST_ROWS:
            raise Refused(_("A file of rates has at most %(count)s rows.") % {"count": MOST_ROWS}, "file")
        cells = {key: (row[names[key]] or "").strip() for key in COLUMNS}
        if any(cells.values()):
            yield reader.line_num, read(cells, reader.line_num)


def read(cells, number) -> dict:
    try:
        day = date.fromisoformat(cells.pop("date"))
    except ValueError as error:
        raise Refused(_("Row %(row)s: the date is not written as YYYY-MM-DD.") % {"row": number}, "file") from error
    return {"day": day, **cells}
