"""One column of a list: where its value comes from, how it reads on a page and in a file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.db.models import F
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from planning.shared import marks
from planning.shared.money import round_money
from planning.shared.templatetags.money import money, percent, plain_number

NUMBERS = {"money", "number", "percent", "figures"}
NOTHING = mark_safe('<span class="nothing" aria-label="–">–</span>')


@dataclass(frozen=True)
class Column:
    """`key` is the attribute path of the value ("vendor.name"); `value` a function of the row instead.

    kind: text, money, number, percent, figures (numbers already written out), date, moment, person, side or status.
    sort: True for the column's own field, or an ORM expression ("vendor__name", F(…), Lower(…)); False: not sortable.
    link: a route of the workspace that takes the row's id ("purchases:purchase"), or a function row → address.
    currency: attribute path or function for money that is not in the workspace's currency.
    total: sum of the whole filtered list below the column (money and numbers with a database field).
    """

    key: str
    label: str
    kind: str = "text"
    value: Callable | None = None
    sort: object = True
    link: str | Callable = ""
    currency: str | Callable = ""
    total: bool = False
    tones: dict = field(default_factory=dict)

    @property
    def numeric(self) -> bool:
        return self.kind in NUMBERS

    @property
    def expression(self):
        """What the database sorts (and sums) by; None when the column cannot be sorted."""
        if self.sort is True:
            return None if self.value else F(self.key.replace(".", "__"))
        return F(self.sort) if isinstance(self.sort, str) else self.sort or None

    def of(self, row):
        """The typed value of the column for `row`."""
        return self.value(row) if self.value else follow(row, self.key)

    def words(self, row, value) -> str:
        """A choice in words, as the model's get_…_display says it, which looks all choices up for each row."""
        labels = None if self.value else labels_of(type(row), self.key)
        return str(labels.get(value, value) if labels else value)

    def currency_of(self, row, default: str) -> str:
        if not self.currency:
            return default
        return self.currency(row) if callable(self.currency) else follow(row, self.currency) or default

    def html(self, row, currency: str, address: Callable) -> SafeString:
        """The cell's content. `address(route, id)` gives places inside the workspace."""
        value = self.of(row)
        if value is None or value == "":
            return NOTHING
        shown = self.shown(row, value, currency)
        if not self.link:
            return shown
        url = self.link(row) if callable(self.link) else address(self.link, row.pk)
        return format_html('<a href="{}">{}</a>', url, shown) if url else shown

    def shown(self, row, value, currency) -> SafeString:
        match self.kind:
            case "money":
                own = self.currency_of(row, currency)
                unit = format_html('&nbsp;<span class="currency">{}</span>', own) if own != currency else ""
                return format_html("{}{}", money(value, own), unit)
            case "number":
                return conditional_escape(plain_number(value))
            case "percent":
                return conditional_escape(percent(value))
            case "date":
                return moment(value, "j M Y")
            case "moment":
                return moment(value, "j M Y, H:i")
            case "person":
                return marks.person(value)
            case "side":
                return marks.side(value, "" if value in marks.SIDES else self.words(row, value))
            case "status":
                return marks.status(value, self.words(row, value), self.tones.get(value, ""))
        return conditional_escape(self.words(row, value))

    def typed(self, row, currency: str):
        """The value for a file: Decimals in their currency's digits, dates as dates, the rest in words."""
        value = self.of(row)
        if value is None or isinstance(value, date | bool):
            return value
        if self.kind == "money":
            return round_money(Decimal(value), self.currency_of(row, currency))
        if isinstance(value, int | Decimal) and not isinstance(value, str):
            return value
        return self.words(row, value)


@lru_cache
def labels_of(model, key: str) -> dict:
    """{value: its words} of a field with choices; nothing of any other."""
    field = next((one for one in model._meta.fields if one.name == key), None)
    return dict(field.flatchoices) if field else {}


def follow(thing, path: str):
    """The value at "vendor.name" or "vendor__name"; None as soon as a step is missing."""
    for step in path.replace("__", ".").split("."):
        thing = thing.get(step) if isinstance(thing, dict) else getattr(thing, step, None)
        if thing is None:
            return None
        if callable(thing) and not isinstance(thing, type):
            thing = thing()
    return thing


def moment(value, pattern: str) -> SafeString:
    """A day or an instant in the language of the reader, with the exact one for machines."""
    precise = value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()
    return format_html('<time datetime="{}">{}</time>', precise, date_format(value, pattern))
