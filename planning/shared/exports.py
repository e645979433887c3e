"""A list as a file: CSV and XLSX, built inside the request's scope and handed over whole.

Text that a spreadsheet would run as a formula is disarmed; numbers and dates go out as numbers and dates.
"""

import csv
import io
import re
import tempfile
from datetime import date, datetime
from decimal import Decimal

import xlsxwriter
from django.http import FileResponse

FORMULA = re.compile(r"^[=+\-@\t\r]")
NUMBER = re.compile(r"^[+-]?\d+([.,\u00a0 ]\d+)*\s*%?$")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT_IN_MEMORY = 2**20
LONGEST_CELL = 32767


def disarmed(text: str) -> str:
    """`text` with an apostrophe before what a spreadsheet would take for a formula; a plain number stays as it is."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text


def as_csv(value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) else disarmed(str(value))


def csv_file(heads, rows):
    """Rows of typed values as UTF-8 CSV with a byte order mark, so that a spreadsheet reads the letters right."""
    file = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - the response closes it
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([disarmed(str(head)) for head in heads])
    writer.writerows([as_csv(value) for value in row] for row in rows)
    text.flush()
    text.detach()
    file.seek(0)
    return file


def xlsx_file(heads, rows, name):
    """Rows of typed values as a workbook of one sheet; Decimals are written with the decimals they have."""
    file = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    bold, look = book.add_format({"bold": True}), Looks(book)
    sheet.freeze_panes(1, 0)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, str(head), bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            put(sheet, number, column, value, look)
    book.close()
    file.seek(0)
    return file


class Looks(dict):
    """The number formats of a workbook, each made once."""

    def __init__(self, book):
        super().__init__()
        self.book = book

    def __missing__(self, pattern):
        self[pattern] = self.book.add_format({"num_format": pattern})
        return self[pattern]


def put(sheet, row, column, value, look):
    if isinstance(value, Decimal):
        digits = max(0, -value.as_tuple().exponent)
        sheet.write_number(row, column, value, look["#,##0" + ("." + "0" * digits if digits else "")])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, look["yyyy-mm-dd hh:mm"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, look["yyyy-mm-dd"])
    elif isinstance(value, int) and not isinstance(value, bool):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value)[:LONGEST_CELL])


def download(heads, rows, name: str, kind: str) -> FileResponse:
    """The response that saves `rows` as `<name>.<kind>`; `kind` is csv or xlsx."""
    return sent(xlsx_file(heads, rows, name) if kind == "xlsx" else csv_file(heads, rows), f"{name}.{kind}")


TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "pdf": "application/pdf"}


def sent(file, name: str) -> FileResponse:
    """The response that saves an open file under `name`, which ends in xlsx, csv or pdf."""
    return FileResponse(file, as_attachment=True, filename=name, content_type=TYPES[name.rpartition(".")[2]])
