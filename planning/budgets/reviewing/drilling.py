"""From a figure down to its invoices: a group shows its lines, a line shows its entries."""

from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..models import FundingSide
from .groups import GROUPS


def asked(query) -> dict:
    """{grouping: key} that an address asks to be narrowed to: side=marketing, vendor=12 (empty: no vendor)."""
    return {name: query[name] for name in GROUPS if name in query and fits(name, query[name])}


def fits(name, value) -> bool:
    if name == "side":
        return value in FundingSide.values
    if name == "month":
        return len(value) == 10
    return value.isdecimal() or (value == "" and name in ("vendor", "kpi"))


def address(budget, by, row, only, through, place) -> str:
    """Where a row leads: the lines of its group; the entries of a line, up to the month."""
    if not row.key:
        key_is_known = by in ("vendor", "kpi")
        if not key_is_known:
            return ""
    if by == "line":
        return entries(row.key, only, budget, through, place) if row.key.isdecimal() else ""
    return f"?{urlencode({**only, by: row.key, 'by': 'line', 'through': f'{through:%Y-%m}'})}"


def entries(line, only, budget, through, place) -> str:
    """The spend room's page with the posted entries of a line; of one month when the reader came by a month."""
    first, last = (only["month"],) * 2 if "month" in only else (budget.months[0], through)
    query = {"line": line, "from": first, "through": last, "waits": "posted"}
    return f"{place('spend:entries')}?{urlencode(query)}"


def words(budget, only, names) -> list[str]:
    """What the page is narrowed to, as a reader says it. `names` are {grouping: {key: label}}."""
    return [
        date_format(next((month for month in budget.months if f"{month}" == key), budget.months[0]), "F Y")
        if name == "month"
        else names.get(name, {}).get(key) or key or _("nobody named")
        for name, key in only.items()
    ]
