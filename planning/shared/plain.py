"""Values as plain JSON: money and dates become strings, so that no reader meets a binary float."""

import json
from datetime import date, datetime
from decimal import Decimal


def plain(value):
    """`value` with Decimals, dates, sets and tuples turned into what JSON knows."""
    kind = type(value)  # most are of one of these; a paper of ten thousand lines has a quarter of a million values
    if kind is str or value is None or kind is bool or kind is int:
        return value
    if kind is Decimal:
        return format(value, "f")
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return sorted(items) if isinstance(value, set | frozenset) else items
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float):
        raise TypeError("Binary floats have no place in records; use Decimal.")
    return str(value)


def canonical(value) -> str:
    """One text for one value: sorted keys, no spaces, so that equal things have equal fingerprints."""
    return text_of(plain(value))


def text_of(value) -> str:
    """`canonical` of what is plain already."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def difference(before: dict, after: dict) -> list[dict]:
    """What changed between two flat dictionaries, as [{field, before, after}], in order of field.

    An amount with other trailing zeros (-3.000 and -3) is the same amount.
    """
    before, after = ({str(key): value for key, value in one.items()} for one in (before, after))
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    rows = [{"field": key, "before": plain(before.get(key)), "after": plain(after.get(key))} for key in changed]
    return [row for row in rows if row["before"] != row["after"]]
