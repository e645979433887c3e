"""What does a purchase cost in all, and in which months is it charged?

A one-off price is charged in the month it is needed, on the lines its items name; a monthly or yearly one by service
month, from that month on. Approvers are judged on the net total contract value, committed renewals included: one that
renews by itself commits to a further term of the same length. Foreign amounts are converted at finance's rate of the
day, each line's charge rounded half away from zero; the total is the sum of the rounded charges.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.calendar.models import Rate
from planning.shared.money import ZERO, minor_unit, round_money, split
from planning.shared.periods import add_months, month_of
from planning.shared.refusals import Refused

from .models import Price, Renews

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Charge:
    """What one line is charged in one month, in the workspace's currency."""

    line_id: int
    month: date
    amount: Decimal


@dataclass(frozen=True)
class Worth:
    """The charges of the first term, their sum, and the value that approvers are judged on. Workspace's currency."""

    charges: tuple[Charge, ...]
    value: Decimal
    rate: Decimal | None = None
    rate_on: date | None = None

    @property
    def charged(self) -> Decimal:
        return sum((charge.amount for charge in self.charges), ZERO)

    @property
    def shares(self) -> list[tuple[int, date, Decimal]]:
        """The charges as budgets.promises takes them."""
        return [(charge.line_id, charge.month, charge.amount) for charge in self.charges]

    def by_line(self) -> dict[int, Decimal]:
        sums: dict[int, Decimal] = {}
        for charge in self.charges:
            sums[charge.line_id] = sums.get(charge.line_id, ZERO) + charge.amount
        return sums


def worth(workspace, *, currency, price, term_months, renews, first_month, items, rate=None) -> Worth:
    """Charges and value of `items` [(line id, amount of the price)], from `first_month` on.

    Refused: a price per month or year without a term, and a currency without a rate.
    """
    rate = rate or rate_for(workspace, currency)
    factor = rate.rate if rate else Decimal(1)
    charges = tuple(
        Charge(line_id, month, amount)
        for line_id, paid in items
        for month, amount in service(workspace.currency, price, term_months, first_month, paid, factor)
    )
    first_term = sum((charge.amount for charge in charges), ZERO)
    value = first_term * (1 + committed_renewals(price, renews))
    return Worth(charges, value, rate and rate.rate, rate and rate.day)


def service(currency, price, term_months, first_month, paid, factor):
    """[(month, amount in the workspace's currency)] of one item. Months without a minor unit are left out."""
    if price == Price.ONCE:
        yield first_month, round_money(paid * factor, currency)
        return
    if not term_months:
        raise Refused(_("A price per month or year needs a term: for how many months?"), "term_months")
    if price == Price.MONTH:
        amounts = [round_money(paid * factor, currency)] * term_months
    else:
        total = round_money(paid * factor * term_months / MONTHS_A_YEAR, currency)
        amounts = split(total, [1] * term_months, currency)
    for number, amount in enumerate(amounts):
        if amount:
            yield add_months(first_month, number), amount


def committed_renewals(price, renews) -> int:
    """How many further terms one is bound to unless somebody acts. A one-off price does not come again."""
    return int(renews == Renews.TACIT and price != Price.ONCE)


def rate_for(workspace, currency) -> Rate | None:
    """Finance's newest rate of a foreign currency on or before today; None for the workspace's own. Refused: none."""
    if currency == workspace.currency:
        return None
    rate = Rate.objects.of(workspace).filter(currency=currency, day__lte=workspace.today()).order_by("-day").first()
    if rate is None:
        raise Refused(
            _("There is no rate for %(currency)s. Finance adds one to the table of rates first.")
            % {"currency": currency},
            "currency",
        )
    return rate


def first_month(workspace, needed_by, months=None) -> date:
    """The month in which it is needed. Not said: this month, or the nearest of `months`, the year of its line."""
    month = month_of(needed_by or workspace.today())
    return month if needed_by or not months else min(max(month, months[0]), months[-1])


def item_amounts(total, amounts, currency):
    """Amounts of items where some may be unsaid: what is left of `total` goes to the unsaid ones, evenly.

    Refused: amounts that do not add up to the total.
    """
    said = sum((amount for amount in amounts if amount is not None), ZERO)
    unsaid = [at for at, amount in enumerate(amounts) if amount is None]
    left = total - said
    if (unsaid and left < minor_unit(currency) * len(unsaid)) or (not unsaid and amounts and left):
        raise Refused(
            _("The lines add up to %(said)s, and the price is %(total)s.")
            % {"said": round_money(said, currency), "total": round_money(total, currency)},
            "items",
        )
    parts = iter(split(left, [1] * len(unsaid), currency)) if unsaid else iter(())
    return [next(parts) if amount is None else amount for amount in amounts]
