"""A mapping from outside, made into one we can trust: known keys, known styles, nothing else."""

from datetime import date

from django.utils.translation import gettext as _

from planning.shared import amounts, currencies, dates, encodings
from planning.shared.refusals import Refused

from . import headers
from .models import Kind

CHOICES = {
    "decimal": (".", ","),
    "negative": amounts.NEGATIVES,
    "kind": tuple(Kind.values),
    "delimiter": (",", ";", "\t", "|"),
    "sign": ("as written", "reversed"),
}
DEPARTMENTS_BY = ("cost_centre", "account", "department", "category", "vendor")
SPOKEN = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "point": ".", "dot": "."}


def cleaned(mapping) -> dict:
    """`mapping` with its keys checked and its styles in our words; keys left empty are left out.

    Refused, naming the key: what is not of the API's shape.
    """
    if not isinstance(mapping, dict):
        raise Refused(_("A mapping is an object of keys and values."), "mapping")
    clean = {}
    for key, value in mapping.items():
        if value is None or value == "":
            continue
        clean[key] = CLEANERS[key](key, value) if key in CLEANERS else _unknown(key)
    return clean


def _unknown(key):
    raise Refused(_("A mapping has no key “%(key)s”.") % {"key": str(key)[:40]}, "mapping")


def _wrong(key, value):
    raise Refused(_("“%(value)s” is not possible for %(key)s.") % {"value": str(value)[:40], "key": key}, "mapping")


def _choice(key, value):
    value = SPOKEN.get(value, value) if isinstance(value, str) else value
    return value if value in CHOICES[key] else _wrong(key, value)


def _encoding(key, value):
    return encodings.known(value) or _wrong(key, value)


def _style(key, value):
    style = dates.style_of(value)
    return style.name if style else _wrong(key, value)


def _currency(key, value):
    code = str(value).strip().upper()
    return code if code in currencies.codes() else _wrong(key, value)


def _header_row(key, value):
    number = int(value) if isinstance(value, int) or str(value).isdigit() else 0
    return number if 1 <= number <= 1000 else _wrong(key, value)


def _columns(key, value):
    if not isinstance(value, dict):
        _wrong(key, value)
    for name, said in value.items():
        if name not in headers.WORDS:
            _unknown(f"columns.{name}")
        if said is not None and not isinstance(said, str | int):
            _wrong(name, said)
    return dict(value)


def _day(key, value):
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        return _wrong(key, value)


def _text(key, value):
    return str(value).strip()[:200]


def _departments(key, value):
    """{column, begins: {beginning of the cell: department}}: whose money a row is, by what a cell of it begins with."""
    if not isinstance(value, dict) or value.get("column") not in DEPARTMENTS_BY:
        _wrong(key, value)
    begins = value.get("begins")
    if not isinstance(begins, dict) or not begins or len(begins) > 500:
        _wrong(key, begins)
    clean = {str(start).strip()[:80]: str(name).strip()[:200] for start, name in begins.items()}
    if not all(clean) or not all(clean.values()):
        _wrong(key, begins)
    return {"column": value["column"], "begins": clean}


def _yes(key, value):
    return bool(value)


CLEANERS = {
    "encoding": _encoding,
    "delimiter": _choice,
    "header_row": _header_row,
    "columns": _columns,
    "date_format": _style,
    "decimal": _choice,
    "negative": _choice,
    "currency": _currency,
    "skip_blank": _yes,
    "kind": _choice,
    "department": _text,
    "departments": _departments,
    "sign": _choice,
    "source": _text,
    "posting_date": _day,
}


def doubt(proposed) -> str:
    """A sentence about the first thing a person must settle."""
    says = {
        "date": _("Which column holds the date? If the file has none, say for which day it counts."),
        "amount": _("Which column holds the amount?"),
        "date_format": _("In which order do the dates give day and month? The file leaves it open."),
        "decimal": _("Is the comma or the point the decimal sign? The file leaves it open."),
        "currency": _("In which currency are the amounts?"),
        "encoding": _("In which encoding was the file written?"),
        "delimiter": _("What parts the columns of this file?"),
        "header_row": _("In which row stand the names of the columns?"),
        "negative": _("How are amounts below zero written?"),
        "source": _("Files of several sources look like this one. Which of them is it from?"),
    }
    return says[proposed.doubts[0]]


def field_of(key: str) -> str:
    """The form's field for a key of the proposal."""
    return f"column_{key}" if key in headers.WORDS and key != "kind" and key != "currency" else key
