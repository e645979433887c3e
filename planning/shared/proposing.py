"""How a delimited file reads before anybody has said so: encoding, delimiter, the row of headings, each with its
confidence. Rooms add which column is what.

`sure`: the file leaves no other reading; `likely`: a person should look; `missing`: the file does not say.
"""

import csv
import io
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from . import encodings
from .delimited import find_delimiter, find_header

SURE, LIKELY, MISSING = "sure", "likely", "missing"
DELIMITERS = [(",", _("comma")), (";", _("semicolon")), ("tab", _("tab")), ("|", _("bar"))]
ENCODINGS = [("utf-8", "UTF-8"), ("utf-8-sig", _("UTF-8 with a mark")), ("cp1252", "Windows 1252"),
             ("mac_roman", "Mac Roman"), ("utf-16", "UTF-16")]  # fmt: skip
CONFIDENCE = {
    SURE: ("green", _("certain")),
    LIKELY: ("amber", _("please look")),
    MISSING: ("unknown", _("not in the file")),
}


def settle(sure: dict, key: str, given: dict, find: Callable):
    """What `given` says of `key`, else what `find` finds: (value, certain). Its confidence goes into `sure`."""
    if given.get(key) not in (None, ""):
        sure[key] = SURE
        return given[key]
    value, certain = find()
    sure[key] = SURE if certain else LIKELY if value else MISSING
    return value


def shape(data: bytes, given: dict, sure: dict, row_likeness: Callable, whole: bool = True):
    """({encoding, delimiter, header_row}, headings, filled rows below them)."""
    encoding = settle(sure, "encoding", given, lambda: encodings.detect(data, whole))
    text = data.decode(encoding, "replace").lstrip("\ufeff")
    if not whole:
        text = text[: text.rfind("\n") + 1]
    delimiter = settle(sure, "delimiter", given, lambda: find_delimiter(text))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    header_row = settle(sure, "header_row", given, lambda: find_header(rows, row_likeness))
    head = [cell.strip() for cell in rows[header_row - 1]] if 0 < header_row <= len(rows) else []
    body = [row for row in rows[header_row:] if any(cell.strip() for cell in row)]
    return {"encoding": encoding, "delimiter": delimiter, "header_row": header_row}, head, body
