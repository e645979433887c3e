"""One row of a file, read by its mapping into the fields of a line, or refused with the column that is to blame."""

import re
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from planning.shared import amounts
from planning.shared.money import ZERO, clean_money, split
from planning.shared.refusals import Refused

from ..lines.input import KNOWN
from ..models import FundingSide, OwnerSide, Revision
from .columns import AMOUNTS
from .words import is_sum, side_of

TEXTS = tuple(key for key in ("category", "vendor", "kpi", "owner", "notes", "cost_centre", "account") if key in KNOWN)
LONGEST_NAME = 120
MICRO = Decimal("0.000001")


@dataclass
class Read:
    """What a row says. `fields` as `line_input.cleaned` takes them, the names of things still as text; `amount` is
    what the row plans for the year; `refusal` the first thing wrong with it, `at` the column that is about; `left_out`
    why it is no line at all.
    """

    row: int
    name: str = ""
    line: str = ""
    reference: str = ""
    fields: dict = field(default_factory=dict)
    amount: Decimal | None = None
    refusal: str = ""
    at: str = ""
    left_out: str = ""
    remarks: list[str] = field(default_factory=list)


class Reader:
    """Reads the rows of one file. Amounts are in `currency`; a sign of another one is refused."""

    def __init__(self, mapping, names, currency):
        self.mapping, self.currency = mapping, currency
        self.columns, self.months = mapping["columns"], mapping["months"]
        self.dimensions = {name: column for name, column in mapping.get("dimensions", {}).items() if column}
        self.places = {name: at for at, name in enumerate(names)}
        wanted = [*self.columns.values(), *self.months, *self.dimensions.values()]
        for name in [one for some in wanted for one in (some if isinstance(some, list) else [some])]:
            if name not in self.places:
                raise Refused(_("The file has no column “%(column)s”.") % {"column": name}, "mapping")

    def read(self, number, cells) -> Read:
        self.cells = cells
        row = Read(number, name=self.joined("name"), reference=self.joined("reference"))
        row.line = self.cell("line")
        try:
            self.look(row)
        except Refused as refused:
            row.refusal, row.at = (
                str(refused),
                getattr(refused, "column", "") or heading_of(self.mapping, refused.field),
            )
        return row

    def look(self, row):
        if all(amounts.is_nothing(self.at(name)) for name in self.amount_columns()):
            row.left_out = _("There is no amount.")
            return
        total, months, sides = self.read_amounts()
        row.amount = total
        if self.adds_up_others(row):
            row.left_out = _("A sum of other rows.")
            return
        row.fields = {"name": self.fitting_name(row), "total": total}
        if months:
            row.fields["spread"] = months
        shares = self.shares(row, total, sides)
        side = self.side(shares)
        if side:
            row.fields["side"] = side
        if shares:
            row.fields["shares"] = shares
        for key in TEXTS:
            if key in self.columns:
                row.fields[key] = self.cell(key)
        if not self.cell("category") and self.mapping["all_category"]:
            row.fields["category"] = self.mapping["all_category"]
        if self.dimensions:
            row.fields["dimensions"] = {name: self.at(column) for name, column in self.dimensions.items()}
        for key, choices in (("purpose", Revision.Purpose), ("treatment", Revision.Treatment)):
            if self.cell(key):
                row.fields[key] = self.choice(key, choices)

    def adds_up_others(self, row) -> bool:
        """Whether this is a total below the lines: it says so, or it has amounts and nothing that tells a line."""
        if row.line or self.cell("category") or self.cell("side"):
            return False
        return is_sum(row.name) or "line" in self.columns or not (row.name or row.reference)

    # ── Cells ──
    def at(self, name) -> str:
        place = self.places[name]
        return self.cells[place].replace("\0", "").strip() if place < len(self.cells) else ""

    def cell(self, key) -> str:
        return self.at(self.columns[key]) if self.columns.get(key) else ""

    def joined(self, key) -> str:
        parts = [self.at(name) for name in self.columns.get(key, [])]
        return " · ".join(dict.fromkeys(part for part in parts if part))[:200]

    def fitting_name(self, row) -> str:
        """A name put together from several columns is cut where it is too long; its last part stays whole."""
        if len(row.name) <= LONGEST_NAME or len(self.columns.get("name", [])) < 2:
            return row.name
        first, _sign, last = row.name.rpartition(" · ")
        room = LONGEST_NAME - len(last) - 4
        row.name = f"{first[:room].rstrip()}… · {last}" if room > 8 else f"{row.name[: LONGEST_NAME - 1]}…"
        return row.name

    # ── Amounts ──
    def amount_columns(self):
        return [self.columns[key] for key in AMOUNTS if self.columns.get(key)] + self.months

    def amount(self, name) -> Decimal | None:
        text = self.at(name)
        if amounts.is_nothing(text):
            return None
        value = amounts.read(text, self.mapping["decimal"] or ".", self.mapping["negative"])
        if value is None:
            raise_at(name, _("“%(said)s” is not an amount in the style of this file.") % {"said": text[:80]})
        sign = re.search(amounts.CURRENCY, text)
        code = sign and amounts.SIGNS.get(sign[0], sign[0])
        if code and code != self.currency and not (sign[0] == "$" and self.currency in amounts.DOLLARS):
            raise_at(name, _("“%(said)s” is not in %(currency)s.") % {"said": text[:80], "currency": self.currency})
        try:
            return clean_money(value, self.currency)
        except Refused as refused:
            raise_at(name, str(refused))

    def read_amounts(self):
        """(total, twelve months or None, {side: amount} or None)."""
        months = [self.amount(name) or ZERO for name in self.months] or None
        if self.months and all(amounts.is_nothing(self.at(name)) for name in self.months):
            months = None
        sides = None
        if self.columns.get("marketing") and self.columns.get("technology"):
            sides = {side: self.amount(self.columns[side]) or ZERO for side in ("marketing", "technology")}
        total = self.amount(self.columns["total"]) if self.columns.get("total") else None
        parts = sum(sides.values(), ZERO) if sides else None
        if total is None:
            total = sum(months, ZERO) if months else parts
        if total is None:
            raise_at(self.columns.get("total", ""), _("There is no amount."))
        if sides and parts and parts != total:
            raise_at(
                self.columns["marketing"],
                _("Marketing and technology add up to %(sum)s; the total is %(total)s.")
                % {"sum": parts, "total": total},
            )
        return total, months, sides if parts else None

    def shares(self, row, total, sides) -> dict | None:
        """{side: percent} as the row says it, or None."""
        if self.columns.get("marketing_percent") or self.columns.get("technology_percent"):
            return self.percents()
        if not sides or total <= 0 or min(sides.values()) < 0:
            return None
        weight = (sides["marketing"] * 100 / total).quantize(MICRO, ROUND_HALF_UP)
        weights = {"marketing": weight, "technology": 100 - weight}
        if split(total, list(weights.values()), self.currency)[0] != sides["marketing"]:
            row.remarks.append(
                _("%(percent)s %% of %(total)s is marketing's: its amount differs in the last digits.")
                % {"percent": weight, "total": total}
            )
        return weights

    def percents(self) -> dict | None:
        found = {}
        for side in FundingSide.values:
            text = self.cell(f"{side}_percent").rstrip("% ")
            value = amounts.read(text, self.mapping["decimal"] or ".") if text else None
            if text and value is None:
                raise_at(self.columns[f"{side}_percent"], _("A share is a number of percent, such as 60 or 33.5."))
            if value is not None:
                found[side] = value
        if not found:
            return None
        whole = 1 if len(found) == 2 and sum(found.values()) == 1 else 100
        if len(found) == 1:
            side, value = next(iter(found.items()))
            other = next(one for one in FundingSide.values if one != side)
            found[other] = whole - value
        return {side: value * 100 / whole for side, value in found.items()}

    # ── Words ──
    def side(self, shares) -> str | None:
        said = self.cell("side")
        if said:
            side = side_of(said) or next(
                (str(one) for one in OwnerSide if str(one.label).lower() == said.lower()), None
            )
            return side or raise_at(
                self.columns["side"],
                _("“%(said)s” is not a side: marketing, technology or joint.") % {"said": said[:80]},
            )
        if self.mapping["all_side"]:
            return self.mapping["all_side"]
        if not shares:
            return None
        paying = [side for side, weight in shares.items() if weight]
        return OwnerSide.JOINT.value if len(paying) == 2 else str(paying[0])

    def choice(self, key, choices) -> str:
        said = self.cell(key).lower()
        found = next((str(one) for one in choices if said in (one.value, str(one.label).lower())), None)
        return found or raise_at(
            self.columns[key],
            _("“%(said)s” is not one of: %(known)s.")
            % {"said": said[:80], "known": ", ".join(str(one.label) for one in choices)},
        )


def heading_of(mapping, key) -> str:
    """The column of the file that a field of a line comes from; the field itself where there is none."""
    if key == "spread":
        return mapping["months"][0] if mapping["months"] else ""
    asked = {"shares": ["marketing_percent", "marketing"]}.get(key, [key])
    found = next((mapping["columns"][one] for one in asked if mapping["columns"].get(one)), key or "")
    return found[0] if isinstance(found, list) else found


def raise_at(column, sentence):
    refusal = Refused(sentence)
    refusal.column = column
    raise refusal


def offset(rows: list[Read]) -> None:
    """Take what is below zero off the largest row of the same category: a plan is not below zero, the sum stays.

    A row that cannot be taken off whole stays as it is, to be refused.
    """
    largest = {}
    for row in rows:
        if row.amount and row.amount > 0 and row.fields and not row.refusal and "spread" not in row.fields:
            kept = largest.setdefault(row.fields.get("category"), row)
            if row.amount > kept.amount:
                largest[row.fields.get("category")] = row
    for row in rows:
        if row.amount is None or row.amount >= 0 or row.refusal or "spread" in row.fields:
            continue
        bearer = largest.get(row.fields.get("category"))
        if bearer is None or bearer.fields["total"] + row.amount < 0:
            continue
        bearer.fields["total"] += row.amount
        bearer.amount += row.amount
        bearer.remarks.append(
            _("%(amount)s of row %(row)s is taken off here.") % {"amount": row.amount, "row": row.row}
        )
        row.amount, row.fields, row.left_out = ZERO, {}, _("Below zero: taken off row %(row)s.") % {"row": bearer.row}
