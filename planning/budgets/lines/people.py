"""People cost: groups of people × average loaded rate, and what of it others may see (rules.md, Budgets).

A group is a name, a number of full-time people month by month (FTE), and the average cost of one of them for a year,
loaded with all that comes on top of pay, in the workspace's currency. A group costs Σ FTE × rate / 12, rounded once;
the line's total is the sum of its groups, and goes the ordinary way: shares, two keys, versions, fingerprint.

**Who sees what.** Groups and rates: leads and planners of the owning side, finance, auditors. Everybody else: the
line's total. That holds on every road because there is one place to look: groups lie in `PeoplePlan` and nowhere
else, and Postgres gives its rows to those readers alone. What everybody reads (revision, paper, history, exports,
API) holds the seal of the groups, which binds the keys to them and tells nothing.

**No group under five.** The smallest thing that is seen is a line, so a line of people cost has at least five full-time
people in every month in which it has any; fewer join another line.

**Nothing by subtraction.** No part of such a line is seen, so there is nothing to take off its total. Its months are
equal in all months that have people: as they really fall they would tell who came and went. Its ledger rows are seen
by the same readers as its groups, and payroll is booked on such lines alone (spend), so that what is left of another
line after its invoices is never somebody's pay. Two versions' totals are both totals: what they differ by is planned
at averages. A line that was agreed with people keeps having people, or its payroll would come to light.
"""

import hashlib
import secrets
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from planning.shared.money import ZERO, clean_money, money_text, round_money, split
from planning.shared.plain import canonical
from planning.shared.refusals import NotYours, Refused

from ..models import FEWEST, FundingSide, PeoplePlan
from .months_shapes import between

MOST_GROUPS = 60
MOST_PEOPLE = Decimal(100_000)
FINEST = Decimal("0.01")
MONEY = ("total", "months", "side", "original_currency")


@dataclass(frozen=True)
class Group:
    """`fte` are twelve numbers of people, `rate` the cost of one of them for a year."""

    name: str
    fte: tuple
    rate: Decimal
    currency: str

    @property
    def average(self) -> Decimal:
        """People in the mean of the year."""
        return (sum(self.fte, ZERO) / 12).quantize(FINEST)

    @property
    def total(self) -> Decimal:
        return round_money(sum(self.fte, ZERO) * self.rate / 12, self.currency)

    @property
    def months(self) -> list[Decimal]:
        return split(self.total, list(self.fte), self.currency)


@dataclass(frozen=True)
class People:
    """The groups of a line, and what follows from them."""

    groups: tuple
    currency: str

    @property
    def total(self) -> Decimal:
        return sum((group.total for group in self.groups), ZERO)

    @property
    def fte(self) -> list[Decimal]:
        return [sum(month, ZERO) for month in zip(*(group.fte for group in self.groups), strict=True)]

    @property
    def average(self) -> Decimal:
        """People in the mean of the year."""
        return (sum(self.fte, ZERO) / 12).quantize(FINEST)

    @property
    def months(self) -> list[Decimal]:
        """What it really costs month by month, for those who see the groups."""
        columns = zip(*(group.months for group in self.groups), strict=True)
        return [sum(column, ZERO) for column in columns]

    @property
    def spread(self) -> dict:
        """How the plan falls on the months, as everybody sees it: the same in all that have people."""
        return {"weights": [1 if month else 0 for month in self.fte]}

    @property
    def said(self) -> list[dict]:
        """As it is kept, and as a program says it."""
        return [
            {
                "group": one.name,
                "fte": [as_text(month) for month in one.fte],
                "rate": money_text(one.rate, self.currency),
            }
            for one in self.groups
        ]


# ── What is said ─────────────────────────────────────────────────────────────────────────────────────────────────────
def clean_people(budget, said) -> People:
    """`said`: [{group, rate, fte: a number, with from and until (months, both included; the whole year) | twelve}].

    Rows of one group at one rate are one group. Refused: a row without name, people or rate, and fewer than five
    people in a month that has any.
    """
    currency, found = budget.workspace.currency, defaultdict(lambda: [ZERO] * 12)
    if len(said) > MOST_GROUPS:
        raise Refused(_("A line has at most %(most)s groups of people.") % {"most": MOST_GROUPS}, "people")
    for row in said:
        name = " ".join(str(row.get("group") or "").split())[:80]
        if not name:
            raise Refused(_("Name the group of people."), "people")
        rate = clean_money(row.get("rate") or "0", currency, "people")
        if rate <= 0:
            raise Refused(_("What does one of “%(group)s” cost in a year?") % {"group": name}, "people")
        fte = clean_fte(budget, row, name)
        found[name, rate] = [one + more for one, more in zip(found[name, rate], fte, strict=True)]
    people = People(tuple(Group(name, tuple(fte), rate, currency) for (name, rate), fte in found.items()), currency)
    refuse_few(budget, people)
    return people


def clean_fte(budget, row, name) -> list[Decimal]:
    fte = row.get("fte")
    if isinstance(fte, list | tuple):
        if len(fte) != 12:
            raise Refused(_("People of a group are one number, or twelve."), "people")
        months = [clean_number(one, name) for one in fte]
    else:
        number, year = clean_number(fte, name), budget.months
        weights = between(year, row.get("from") or year[0], row.get("until") or year[-1])
        months = [number * weight for weight in weights]
    if not any(months):
        raise Refused(_("How many people are “%(group)s”?") % {"group": name}, "people")
    return months


def clean_number(text, name) -> Decimal:
    try:
        number = Decimal(str(text if text not in (None, "") else 0).strip().replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number <= MOST_PEOPLE or number != number.quantize(FINEST):
        says = _("The people of “%(group)s” are a number of full-time people such as 6 or 4.5.")
        raise Refused(says % {"group": name}, "people")
    return number


def refuse_few(budget, people):
    few = [row for row, number in enumerate(people.fte) if 0 < number < FEWEST]
    if few:
        says = _(
            "A line of people cost has at least %(fewest)s people in every month that has any; in %(month)s there are "
            "%(number)s. Others see its total, and fewer would be known by it: plan them on another team's line."
        )
        month, number = budget.months[few[0]], people.fte[few[0]]
        raise Refused(says % {"fewest": FEWEST, "month": f"{month:%Y-%m}", "number": as_text(number)}, "people")


def as_text(number) -> str:
    return format(number.normalize() + ZERO, "f") if number else "0"


# ── What is kept ─────────────────────────────────────────────────────────────────────────────────────────────────────
def refuse_strangers(member, side):
    """Only who may see a side's people plans them."""
    if side not in FundingSide.values:
        raise Refused(_("People are of one department: say whose line it is."), "side")
    if not member.reads_people_of(side):
        raise NotYours(_("People cost is planned by those who own the line, or by finance."))


def keep(line, side, people) -> str:
    """The seal of these groups on this line; the same groups have the same seal."""
    known = PeoplePlan.objects.of(line.workspace_id).filter(line=line, side=side, groups=people.said).first()
    if known:
        return known.seal
    salt, groups = secrets.token_hex(16), people.said
    plan = PeoplePlan.objects.create(
        workspace_id=line.workspace_id,
        line=line,
        side=side,
        groups=groups,
        total=people.total,
        fewest=min(month for month in people.fte if month),
        salt=salt,
        seal=hashlib.sha256((salt + canonical([side, groups])).encode()).hexdigest(),
    )
    return plan.seal


def refuse_loose(now, values):
    """The money of a line of people comes from its people."""
    if now.people_seal and any(values.get(name, getattr(now, name)) != getattr(now, name) for name in MONEY):
        raise Refused(from_people(now), "total")


def from_people(revision) -> str:
    return _("The amount of “%(line)s” comes from its people: change them on the line.") % {"line": revision}


def carried(before, line) -> str:
    """The groups of another line's revision, for a line that goes on from it. Call where the whole is seen."""
    if not before.people_seal:
        return ""
    plan = PeoplePlan.objects.of(line.workspace_id).get(line=before.line_id, seal=before.people_seal)
    return keep(line, plan.side, read(plan, before.currency))


# ── What is read ─────────────────────────────────────────────────────────────────────────────────────────────────────
def read(plan, currency) -> People:
    return People(
        tuple(
            Group(one["group"], tuple(Decimal(month) for month in one["fte"]), Decimal(one["rate"]), currency)
            for one in plan.groups
        ),
        currency,
    )


def people_of(revisions) -> dict[int, People]:
    """{revision id: its people}, of those whose people whoever asks may see. One query, none without such lines."""
    sealed = [one for one in revisions if one and one.people_seal]
    if not sealed:
        return {}
    plans = PeoplePlan.objects.filter(
        line__in={one.line_id for one in sealed}, seal__in={one.people_seal for one in sealed}
    )
    known = {(plan.line_id, plan.seal): plan for plan in plans}
    found = [(one, known.get((one.line_id, one.people_seal))) for one in sealed]
    return {one.pk: read(plan, one.currency) for one, plan in found if plan}
