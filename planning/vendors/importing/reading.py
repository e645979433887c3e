"""One row of a register, read by its mapping into a contract's terms, or refused with the column that is to blame."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared import amounts, dates
from planning.shared.money import clean_money
from planning.shared.refusals import Refused

from ..normal import normal
from ..notice_dates import months_after


@dataclass
class Read:
    """What a row says. `ends_on` is the first day not covered; `value` None where it cannot be read; `reason` why it is
    refused, about the column `at`."""

    row: int
    vendor: str = ""
    title: str = ""
    reference: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    value: Decimal | None = None
    currency: str = ""
    reason: str = ""
    at: str = ""

    @property
    def key(self) -> str:
        return normal(self.vendor)[:200]


class Reader:
    def __init__(self, mapping, names, currency):
        self.mapping, self.currency = mapping, currency
        self.places = {name: at for at, name in enumerate(names)}
        self.style = dates.style_of(mapping["date_format"] or "yyyy-mm-dd")

    def read(self, number: int, cells: list[str]) -> Read:
        self.cells = cells
        row = Read(number)
        try:
            self.look(row)
        except Refused as refused:
            row.reason, row.at = str(refused), self.mapping["columns"].get(refused.field) or ""
        return row

    def look(self, row):
        row.vendor, row.reference = self.cell("vendor")[:200], self.cell("reference")[:60]
        row.title = (self.cell("title") or row.reference or row.vendor)[:200]
        row.currency = self.cell("currency").upper() or self.currency
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
        return clean_money(value, currency, "value")

    def has(self, key) -> bool:
        return bool(self.mapping["columns"].get(key))

    def cell(self, key) -> str:
        at = self.places.get(self.mapping["columns"].get(key))
        return self.cells[at].replace("\0", "").strip() if at is not None and at < len(self.cells) else ""
