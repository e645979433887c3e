"""Which lines does an invoice of this purchase belong to, and what is left there of its commitment?"""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from planning.budgets.models import Hold
from planning.purchases.invoicing import price_in_all
from planning.shared.money import ZERO
from planning.shared.periods import month_of
from planning.shared.refusals import Refused

from ..line_names import lines_to_choose, named
from ..models import SETTLED, Entry

OPEN = (Hold.State.COMMITTED, Hold.State.FORWARD)


@dataclass(frozen=True)
class Left:
    """What is committed on a line and not invoiced, and what was invoiced of it; the workspace's currency."""

    line_id: int
    name: str
    committed: Decimal
    used: Decimal


def left_of(purchase) -> list[Left]:
    """Line by line, those that pay for it and those where it holds money; named as they are today."""
    names, sums = named(purchase.workspace), {}
    for line in purchase.items.values_list("line_id", flat=True):
        sums.setdefault(line, [ZERO, ZERO])
    for hold in holds_of(purchase):
        row = sums.setdefault(hold.line_id, [ZERO, ZERO])
        row[0] += hold.left if hold.state in OPEN else ZERO
        row[1] += hold.consumed
    return [Left(line, names.get(line, ""), *row) for line, row in sums.items()]


def committed(purchase) -> Decimal:
    """All that is committed and not invoiced, months of years that are not agreed yet among it."""
    return sum((hold.left for hold in holds_of(purchase) if hold.state in OPEN), ZERO)


def holds_of(purchase):
    return Hold.objects.of(purchase.workspace).filter(claim__in=purchase.claims).order_by("pk")


def billed(purchase, currency) -> Decimal:
    """What was invoiced of it in `currency`, less credits."""
    rows = Entry.objects.of(purchase.workspace).live().filter(purchase=purchase, kind__in=SETTLED, currency=currency)
    return rows.aggregate(sum=Sum("amount"))["sum"] or ZERO


def whole_price(purchase) -> Decimal | None:
    return None if purchase.framework else price_in_all(purchase)


def shares(purchase, day, line=None) -> list[tuple]:
    """[(line id, weight)] of an invoice of `day`: as the purchase is charged, or all of it on `line`.

    Refused: a day in a year none of its lines is of, and a line that does not pay for it then.
    """
    charged = dict(purchase.items.values_list("line_id", "amount"))
    kept = {}
    for hold in holds_of(purchase):
        kept[hold.line_id] = kept.get(hold.line_id, ZERO) + hold.amount
    lines = lines_to_choose(purchase.workspace).filter(pk__in={*charged, *kept}).select_related("budget__workspace")
    of_day = [row.pk for row in lines.order_by("pk") if month_of(day) in row.budget.months]
    if not of_day:
        raise Refused(
            _("None of the lines that pay for it is of the year of %(day)s.") % {"day": date_format(day, "j M Y")},
            "date",
        )
    if line is not None:
        if line.pk not in of_day:
            raise Refused(_("That line does not pay for it on that day."), "line")
        return [(line.pk, Decimal(1))]
    weights = charged if set(of_day) <= charged.keys() else kept
    found = [(pk, weights[pk]) for pk in of_day if weights.get(pk)]
    return found or [(pk, Decimal(1)) for pk in of_day]
