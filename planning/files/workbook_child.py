"""Runs by itself, isolated and limited: workbook in, CSV out; or every sheet, as JSON. See workbooks.py.

Ends with 0, or says by its number why not: 5 no rows, 3 a password, 4 more memory than it may have. It ends with
who started it.
"""

import contextlib
import csv
import ctypes
import itertools
import json
import resource
import sys
from datetime import date, datetime, time, timedelta

EMPTY, LOCKED, LARGE = 5, 3, 4
PR_SET_PDEATHSIG, SIGKILL = 1, 9


def text(value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return number(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def number(value: float) -> str:
    """Fifteen significant digits, as a spreadsheet shows them, never in powers of ten."""
    from decimal import Decimal

    exact = Decimal(f"{value:.15g}")
    return format(exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize(), "f")


def every_sheet(workbook, target):
    found = []
    for name in workbook.sheet_names:
        rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
        if any(any(cell != "" for cell in row) for row in rows):
            found.append((name, [[text(cell) for cell in row] for row in rows]))
    with open(target, "w", encoding="utf-8") as file:
        json.dump(found, file)
    return 0 if found else EMPTY


def first_sheet(workbook, target):
    """The first sheet that says anything, row by row: its cells become Python's one row at a time."""
    for name in workbook.sheet_names:
        rows = iter(workbook.get_sheet_by_name(name).iter_rows())
        blank = []
        for row in rows:
            blank.append(row)
            if any(cell != "" for cell in row):
                with open(target, "w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows([text(cell) for cell in row] for row in itertools.chain(blank, rows))
                return 0
    return EMPTY


def main(book, target, memory, every=""):
    with contextlib.suppress(OSError, AttributeError):  # Linux alone can promise it
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_path(book)
        return every_sheet(workbook, target) if every else first_sheet(workbook, target)
    except PasswordError:
        return LOCKED
    except MemoryError:
        return LARGE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:]))
