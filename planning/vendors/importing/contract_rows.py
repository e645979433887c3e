"""One row of a register, read by its mapping into a contract's terms, or refused with the column that is to blame."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from planning.shared import amounts, currencies, dates
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

from ..notice_dates import months_after
from .rows import Reader, Row


@dataclass
class ContractRow(Row):
    """`ends_on` is the first day not covered; `value` None where it cannot be read."""

    title: str = ""
    reference: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    value: Decimal | None = None
    currency: str = ""

    @property
    def worth(self) -> tuple[str, Decimal] | None:
        return None if self.value is None else (self.currency, self.value)

    @property
    def told(self) -> tuple:
        terms = (self.reference, self.title, str(self.starts_on), str(self.ends_on), str(self.value), self.currency)
        return (*super().told, *terms)

    @property
    def shown(self) -> dict[str, Any]:
        return super().shown | {
            "title": self.title,
            "starts_on": str(self.starts_on or ""),
            "ends_on": str(self.ends_on or ""),
            "value": "" if self.value is None else str(self.value),
            "currency": self.currency,
        }


class ContractReader(Reader):
    of = ContractRow

    def __init__(self, mapping, names, ours):
        super().__init__(mapping, names)
        self.currency = mapping.get("currency") or ours
        self.style = dates.style_of(mapping["date_format"] or "yyyy-mm-dd")

    def look(self, row):
        row.vendor, row.reference = self.cell("vendor")[:200], self.cell("reference")[:60]
        row.title = (self.cell("title") or row.reference or row.vendor)[:200]
        row.currency = currencies.known(self.cell("currency") or self.currency)
        row.value = self.amount(row.currency)
        if not row.key:
            raise Refused(_("There is no vendor."), "vendor")
        row.starts_on = self.day("starts")
        if row.starts_on is None:
            raise Refused(_("There is no start."), "starts")
        row.ends_on = self.end(row.starts_on)
        if row.ends_on <= row.starts_on:
            raise Refused(_("It ends before it starts."), "ends")
        if row.ends_on > months_after(row.starts_on, 600):
            raise Refused(_("A term has between 1 and 600 months."), "ends")
        if row.value < 0:
            raise Refused(_("A contract's value is not negative."), "value")

    def end(self, starts_on) -> date:
        """The first day not covered: of the column of ends, else of the months."""
        day = self.day("ends")
        if day:
            return day + timedelta(days=1) if self.mapping["end_is"] == "last" else day
        months = self.cell("months").split(".")[0]
        if months.isdecimal() and 1 <= int(months[:4]) <= 600:
            return months_after(starts_on, int(months[:4]))
        raise Refused(_("There is neither an end nor a number of months."), "ends" if self.has("ends") else "months")

    def day(self, key) -> date | None:
        said = self.cell(key)
        if not said:
            return None
        found = self.style.read(said)
        if found is None:
            raise Refused(
                _("“%(said)s” is not a day written as %(style)s.") % {"said": said[:60], "style": self.style.name}, key
            )
        if not 1950 <= found.year < 2200:
            raise Refused(_("“%(said)s” is not a day of our time.") % {"said": said[:60]}, key)
        return found

    def amount(self, currency) -> Decimal:
        said = self.cell("value")
        value = amounts.read(said, self.mapping["decimal"] or ".", self.mapping["negative"] or "minus")
        if value is None:
            raise Refused(_("“%(said)s” is not an amount in the style of this file.") % {"said": said[:60]}, "value")
        sign = amounts.sign_of(said)
        if sign and not currencies.may_be(sign, currency):
            raise Refused(
                _("“%(said)s” carries a sign that is not %(currency)s.") % {"said": said[:60], "currency": currency},
                "value",
            )
        return clean_money(value, currency, "value")

    def has(self, key) -> bool:
        return bool(self.mapping["columns"].get(key))
