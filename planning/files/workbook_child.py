"""Runs by itself, isolated and limited: workbook in, CSV out; or every sheet, as JSON. See workbooks.py."""

import csv
import json
import resource
import sys
from datetime import date, datetime, time, timedelta


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
    return 0 if found else 1


def main(book, target, memory, every=""):
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    from python_calamine import CalamineWorkbook

    workbook = CalamineWorkbook.from_path(book)
    if every:
        return every_sheet(workbook, target)
    for name in workbook.sheet_names:
        sheet = workbook.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        if any(any(cell != "" for cell in row) for row in rows):
            with open(target, "w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([text(cell) for cell in row] for row in rows)
            return 0
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:]))
