"""To recharge: what a department paid of joint invoices beyond its share, which the other owes it.

Whose money paid a row is what its department says: the side on whose own lines the rows of that department mostly fall,
else the side of that name; where neither tells, the row is counted apart. Internal rows are the recharges that were
booked already: over both sides they net to zero. Amounts in the workspace's currency.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection
from django.db.models import Case, DecimalField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Round

from planning.budgets.models import FundingSide, Revision
from planning.shared.money import ZERO, minor_unit
from planning.shared.periods import months

from .models import Entry, Kind

MONEY = DecimalField(max_digits=20, decimal_places=3)
PAYERS = """
SELECT e.department, CASE WHEN sum(e.converted * r.marketing_weight) >= sum(e.converted * r.technology_weight)
                          THEN 'marketing' ELSE 'technology' END
  FROM spend_entry e JOIN budgets_revision r ON r.workspace_id = e.workspace_id AND r.line_id = e.line_id
   AND upper_inf(r.in_force) AND r.marketing_weight IN (0, 100)
 WHERE e.workspace_id = %(workspace)s AND e.undone_at IS NULL AND e.waits = '' AND e.department <> ''
   AND coalesce(e.prior_in, e.month) BETWEEN %(first)s AND %(last)s
 GROUP BY e.department
"""


def payers(workspace, first, last) -> dict:
    """{department as the ledger writes it: side}."""
    known = {word: side for side in FundingSide for word in (side.value, side.value.upper(), side.value.capitalize())}
    with connection.cursor() as cursor:
        cursor.execute(PAYERS, {"workspace": workspace.pk, "first": first, "last": last})
        return known | dict(cursor.fetchall())


def joint_entries(workspace, year: int):
    """Posted entries of joint lines of a fiscal year, each with `payer` ("" unknown), `share` (the payer's) and
    `beyond`, what the payer paid beyond it."""
    first, *_between, last = months(workspace, year)
    by_side = {side: [] for side in FundingSide.values}
    for department, side in payers(workspace, first, last).items():
        by_side[side].append(department)
    in_force = Revision.objects.of(workspace).in_force().filter(line=OuterRef("line"))
    digits = -minor_unit(workspace.currency).as_tuple().exponent
    entries = Entry.objects.of(workspace).posted().annotate(booked_in=Coalesce("prior_in", "month"))
    return entries.filter(booked_in__range=(first, last)).annotate(
        marketing_part=Subquery(in_force.values("marketing_weight")[:1]),
        line_name=Subquery(in_force.values("name")[:1]),
        payer=Case(
            *(When(department__in=words, then=Value(side)) for side, words in by_side.items()), default=Value("")
        ),
        own=Case(When(payer="marketing", then=F("marketing_part")), default=Value(Decimal(100)) - F("marketing_part"),
                 output_field=DecimalField(max_digits=9, decimal_places=6)),
        share=Round(F("converted") * F("own") / Decimal(100), digits, output_field=MONEY),
        beyond=Case(When(kind=Kind.INTERNAL, then=F("converted")), default=F("converted") - F("share"),
                    output_field=MONEY),
    ).filter(Q(marketing_part__gt=0, marketing_part__lt=100) | Q(kind=Kind.INTERNAL))  # fmt: skip


def to_recharge(entries):
    """The rows of the list: invoices of joint lines whose payer is known."""
    return entries.exclude(payer="").exclude(kind=Kind.INTERNAL)


@dataclass
class Recharge:
    """`beyond` is what each side paid beyond its shares, `internal` what internal rows booked on it since, `unknown`
    what was paid by nobody known.
    """

    beyond: dict
    internal: dict
    unknown: Decimal

    @property
    def net(self) -> Decimal:
        """What technology still owes marketing; below zero, marketing owes technology."""
        return self.beyond["marketing"] - self.beyond["technology"] + self.internal["marketing"]

    @property
    def debtor(self) -> str:
        return "technology" if self.net > 0 else "marketing" if self.net < 0 else ""

    @property
    def owed(self) -> Decimal:
        return abs(self.net)

    @property
    def internal_sum(self) -> Decimal:
        """Internal rows net to zero; anything else is a mistake in the ledger."""
        return sum(self.internal.values(), ZERO)


def recharge(entries) -> Recharge:
    """The sums of `joint_entries`. One query."""
    rows = entries.order_by().values("payer", inner=Case(When(kind=Kind.INTERNAL, then=Value(1)), default=Value(0)))
    found = Recharge(dict.fromkeys(FundingSide.values, ZERO), dict.fromkeys(FundingSide.values, ZERO), ZERO)
    for row in rows.annotate(sum=Sum("beyond"), paid=Sum("converted")):
        if row["inner"] and row["payer"]:
            found.internal[row["payer"]] += row["sum"]
        elif row["payer"]:
            found.beyond[row["payer"]] += row["sum"]
        elif not row["inner"]:
            found.unknown += row["paid"]
    return found
