"""The first rows of a file as a mapping would read them, with what would be rejected, before anything is kept."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared import amounts, currencies, dates
from planning.shared.money import LARGEST, is_too_fine

from . import proposal

SHOWN = 12


@dataclass(frozen=True)
class Row:
    """One row as it would be read: `no` says why it would be rejected, if it would."""

    number: int
    day: date | None
    amount: Decimal | None
    currency: str
    vendor: str
    document: str
    category: str
    department: str
    no: str


def preview(proposed, count: int = SHOWN) -> list[Row]:
    """The first `count` filled rows below the header, as read by the mapping of a proposal."""
    names = proposal.column_names(proposed.headers)
    start = proposed.mapping["header_row"] + 1
    return [read(start + place, cells, names, proposed.mapping) for place, cells in enumerate(proposed.sample[:count])]


def given_day(mapping) -> date | None:
    return date.fromisoformat(mapping["posting_date"]) if mapping.get("posting_date") else None


def read(number, cells, names, mapping) -> Row:
    columns = mapping["columns"]

    def cell(key):
        place = names.index(columns[key]) if columns.get(key) in names else len(cells)
        return cells[place].strip() if place < len(cells) else ""

    amount = amounts.read(cell("amount"), mapping["decimal"] or ".", mapping["negative"])
    if amount is not None and mapping.get("sign") == "reversed":
        amount = -amount
    style = dates.style_of(mapping.get("date_format") or "")
    day = style.read(cell("date")) if style and "date" in columns else given_day(mapping)
    currency = cell("currency").upper()[:12] or mapping["currency"]
    no = ""
    if amount is None:
        no = _("the amount cannot be read") if not amounts.is_nothing(cell("amount")) else _("there is no amount")
    elif currency not in currencies.codes():
        no = _("“%(said)s” is not a currency") % {"said": currency}
    elif abs(amount) >= LARGEST:
        no, amount = _("the amount is larger than a ledger holds"), None
    elif is_too_fine(amount, currency):
        no = _("“%(said)s” has more decimals than %(currency)s has") % {"said": cell("amount"), "currency": currency}
        amount = None
    elif day is None and "date" in columns:
        no = _("the date cannot be read") if cell("date") else _("there is no date")
    return Row(
        number,
        day,
        amount,
        currency,
        cell("vendor"),
        cell("document"),
        cell("category"),
        department(cell, mapping),
        no,
    )


def department(cell, mapping) -> str:
    """As cleaning.department_by says it in Postgres."""
    rule = mapping.get("departments") or {}
    said = cell(rule["column"]).lower() if rule else ""
    fits = [start for start in rule.get("begins", ()) if said.startswith(start.lower())]
    if fits:
        return rule["begins"][max(fits, key=len)]
    return cell("department") or mapping.get("department") or ""
