"""A line's money as it is said, cleaned to what a revision holds: total, twelve months, and another currency's amount.

Balances are in the workspace's currency; so are `total` and `months` of every revision. A line planned in another
currency keeps `original_total` there and the plan's rate, taken from finance's table (rules.md, Money: frozen with the
version; a missing one is refused). Months are stored and sum to the total.
"""

from decimal import Decimal
from functools import cache

from django.utils.translation import gettext as _

from planning.calendar.rates import rate_on
from planning.shared.money import ZERO, clean_money, round_money, split
from planning.shared.refusals import Refused

from .last_year import spent_before
from .months_shapes import is_typed, weights_of

OWN = {"original_currency": "", "original_total": None, "rate": None, "rate_day": None}
SAYS_MONEY = {"total", "spread", "currency", "original_total", "rate", "rate_day"}


def clean_amounts(budget, fields, now, name) -> dict:
    """Values of total, months and the other currency's four; only when `fields` say something of money.

    total: in the workspace's currency. currency with original_total: in that currency, at the rate of `rate_day`
    (default: the plan's own while the currency stays, else today's). spread: as `months_shapes` says; a typed one is in
    the currency of the total it comes with, and without a total it gives it. "last year" without a total copies what
    was spent. A new total alone keeps the shape of the months.
    """
    if now is not None and not SAYS_MONEY & fields.keys():
        return {}
    said = Said(budget, fields, now, name)
    return said.foreign() if said.code else said.own()


class Said:
    """What was said of a line's money, and what it was before (`now`)."""

    def __init__(self, budget, fields, now, name):
        self.budget, self.fields, self.now = budget, fields, now
        self.currency = budget.workspace.currency
        self.code = clean_code(fields["currency"]) if fields.get("currency") is not None else self.code_now()
        self.code = "" if self.code == self.currency else self.code
        self.spread = fields.get("spread")
        self.spent = cache(lambda: spent_before(budget, name, now and now.line))

    def code_now(self):
        return self.now.original_currency if self.now is not None else ""

    def own(self) -> dict:
        """Planned in the workspace's currency."""
        if self.fields.get("total") is None and self.fields.get("original_total") not in (None, ""):
            self.fields = self.fields | {"total": self.fields["original_total"]}
        total, months = self.amounts("total", self.currency, self.now and self.now.total)
        return OWN | {"total": total, "months": months}

    def foreign(self) -> dict:
        """Planned in another currency: its amount leads, unless only the workspace's is given."""
        rate, rate_day = self.rate()
        kept = self.code == self.code_now()
        leads = self.fields.get("original_total") not in (None, "")
        frame = {"original_currency": self.code, "rate": rate, "rate_day": rate_day}
        if kept and not leads and {"total", "spread"} & self.fields.keys() and self.fields.get("rate_day") is None:
            total, months = self.amounts("total", self.currency, self.now.total)
            unchanged = total == self.now.total and rate == self.now.rate
            original = self.now.original_total if unchanged else fitting(total / rate, self.code, "total")
            return frame | {"original_total": original, "total": total, "months": months}
        if not kept and not leads:
            raise Refused(_("How much is it in %(currency)s?") % {"currency": self.code}, "original_total")
        original, typed = self.total("original_total", self.code, self.now.original_total if kept else None)
        total = fitting(original * rate, self.currency, "original_total")
        self.refuse_other_total(total, rate)
        return frame | {
            "original_total": original,
            "total": total,
            "months": split(total, typed if any(typed) else self.shape(typed), self.currency),
        }

    def refuse_other_total(self, total, rate):
        if self.fields.get("total") in (None, "") or clean_money(self.fields["total"], self.currency, "total") == total:
            return
        says = _("At the plan's rate of %(rate)s that is %(total)s %(currency)s, not what is given as total.")
        raise Refused(says % {"rate": rate.normalize(), "total": total, "currency": self.currency}, "total")

    def rate(self):
        """(the plan's rate, its day)."""
        workspace, today = self.budget.workspace, self.budget.workspace.today()
        if self.fields.get("rate") is not None:
            return Decimal(self.fields["rate"]), self.fields.get("rate_day") or today
        if self.fields.get("rate_day") is None and self.code == self.code_now():
            return self.now.rate, self.now.rate_day
        return rate_on(workspace, self.code, self.fields.get("rate_day") or today)

    def amounts(self, field, currency, before):
        """(total, months) in `currency`."""
        total, typed = self.total(field, currency, before)
        return total, typed or split(total, self.shape(), currency)

    def total(self, field, currency, before):
        """(total, the twelve amounts if they were typed, else []) in `currency`."""
        typed = clean_months(self.spread, currency) if is_typed(self.spread) else None
        given = self.fields.get(field)
        if given not in (None, ""):
            total = clean_money(given, currency, field)
        elif typed:
            total = sum(typed, ZERO)
        elif self.spread == "last year" and currency == self.currency:
            typed = [max(amount, ZERO) for amount in self.spent()]
            total = sum(typed, ZERO)
        elif before is not None:
            total = before
        else:
            raise Refused(_("How much is planned for the year?"), field)
        if total < 0:
            raise Refused(_("A plan is not below zero."), field)
        if typed is not None and sum(typed, ZERO) != total:
            raise Refused(
                _("The twelve months add up to %(sum)s; the total is %(total)s.")
                % {"sum": sum(typed, ZERO), "total": total},
                "spread",
            )
        return total, typed or []

    def shape(self, typed=()) -> list[Decimal]:
        """Said, or that of the months before; even without either."""
        if self.spread is not None and not typed:
            return weights_of(self.spread, self.budget.months, self.spent)
        return self.now.months if self.now is not None and self.now.total else [Decimal(1)] * 12


def fitting(amount, currency, field) -> Decimal:
    """A converted amount, half away from zero. Refused: more than a ledger holds."""
    return clean_money(round_money(amount, currency), currency, field)


def clean_months(spread, currency) -> list[Decimal]:
    if isinstance(spread, dict):
        spread = spread.get("months")
    if not isinstance(spread, list | tuple) or len(spread) != 12:
        raise Refused(_("A spread is “even” or twelve amounts, one a month."), "spread")
    months = [clean_money(amount, currency, "spread") for amount in spread]
    if min(months) < 0:
        raise Refused(_("A month's plan is not below zero."), "spread")
    return months


def clean_code(code) -> str:
    code = str(code).strip().upper()
    if code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise Refused(_("“%(text)s” is not the code of a currency.") % {"text": code[:10]}, "currency")
    return code
