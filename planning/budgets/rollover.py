"""The year after, begun from an agreed year: which lines go on, with how much, and which promises they take along.

`proposal` is the preview and the result: the page shows its rows, the action writes the same rows. A line goes on once
(`Line.origin`, unique in a budget), so rolling over again adds only what is not there yet.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, Sum
from django.utils.translation import gettext as _

from planning.shared import periods
from planning.shared.money import ZERO, round_money, split
from planning.shared.refusals import Refused

from .lines.spreading import HUNDRED, SIDES
from .models import Budget, Hold, Line, Revision
from .versions.drafts import COPIED

MOST_PERCENT = Decimal(1000)
WORDS = {
    "there": lambda: _("there already"),
    "purpose": lambda: _("not of the kinds chosen"),
    "once": lambda: _("planned once: one month of the year"),
    "placeholder": lambda: _("a placeholder"),
    "nothing": lambda: _("nothing planned"),
}


@dataclass(frozen=True)
class Options:
    """`percent` more (or, below zero, less) than this year; only lines of `purposes`; whether lines planned in one
    month only and placeholders stay behind.
    """

    percent: Decimal = ZERO
    purposes: tuple = tuple(Revision.Purpose.values)
    drop_once: bool = True
    drop_placeholders: bool = True


@dataclass
class Rolled:
    """A line of this year and what becomes of it. `stays` says why it does not go on; "" when it does.

    `values` is what the new revision will say; `ahead` {side: what is promised on it for the year after already}.
    """

    revision: Revision
    stays: str = ""
    values: dict = field(default_factory=dict)
    ahead: dict = field(default_factory=dict)

    @property
    def total(self) -> Decimal:
        return self.values.get("total", ZERO)

    @property
    def shares(self) -> dict:
        weights = [self.revision.weights[side] for side in SIDES]
        return dict(zip(SIDES, split(self.total, weights, self.revision.currency), strict=True))

    @property
    def promised(self) -> Decimal:
        return sum(self.ahead.values(), ZERO)

    @property
    def short(self) -> bool:
        """Whether it would plan less for a side than is promised there."""
        return not self.stays and any(amount > self.shares[side] for side, amount in self.ahead.items())

    @property
    def why(self) -> str:
        return WORDS[self.stays]() if self.stays else ""


def proposal(budget, options: Options) -> list[Rolled]:
    """A row for every line in force of `budget`, in the order of their names. Four queries, nothing written."""
    if not budget.agreed_count:
        raise Refused(_("Roll over a year that was agreed: this one never was."))
    target = target_of(budget)
    there, names = (set(), set()) if target is None else known_in(target)
    ahead = promised_on(budget)
    rows = []
    for revision in lines_of(budget):
        stays = staying(revision, options, there, names)
        row = Rolled(revision, stays, {} if stays else values_of(revision, options))
        row.ahead = {} if stays else ahead.get(revision.line_id, {})
        rows.append(row)
    return rows


def lines_of(budget):
    found = Revision.objects.of(budget.workspace_id).agreed().filter(line__budget=budget, removed=False)
    found = found.filter(line__unallocated_of=None).select_related("category", "vendor", "kpi", "line__owner")
    return found.order_by("name", "line_id")


def target_of(budget) -> Budget | None:
    return Budget.objects.of(budget.workspace).filter(year=budget.year + 1).first()


def known_in(target) -> tuple[set, set]:
    """(the lines that its lines go on from, the names of its lines that go on from none)."""
    lines = Line.objects.of(target.workspace_id).filter(budget=target)
    there = set(lines.filter(origin__isnull=False).values_list("origin", flat=True))
    said = Revision.objects.of(target.workspace_id).filter(line__budget=target, line__origin=None, removed=False)
    said = said.filter(Q(is_open=True) | Q(in_force__endswith=None, in_force__isnull=False))
    return there, {name.lower() for name in said.values_list("name", flat=True)}


def promised_on(budget) -> dict:
    """{line id: {side: what is promised on it for the year after and not placed yet}}."""
    months = periods.months(budget.workspace, budget.year + 1)
    rows = waiting(budget.workspace_id, months).filter(line__budget=budget)
    rows = rows.values("line", "side").annotate(sum=Sum("amount")).order_by("line", "side")
    found = {}
    for row in rows:
        found.setdefault(row["line"], {})[row["side"]] = row["sum"]
    return found


def waiting(workspace_id, months):
    """Forward promises of these months that no line has taken yet."""
    return Hold.objects.of(workspace_id).filter(
        state=Hold.State.FORWARD, placed_on=None, month__gte=months[0], month__lte=months[-1]
    )


def staying(revision, options, there, names) -> str:
    if revision.line_id in there or revision.name.lower() in names:
        return "there"
    if revision.purpose not in options.purposes:
        return "purpose"
    if not revision.total:
        return "nothing"
    if options.drop_once and sum(1 for month in revision.months if month) == 1:
        return "once"
    if options.drop_placeholders and revision.placeholder:
        return "placeholder"
    return ""


def values_of(revision, options) -> dict:
    """The line as it goes on: the same words and shares, its amount with the uplift in the same shape of months. What
    it was to do to its KPI was for this year, so that is asked anew. People go on as they are: what they cost is
    changed with their groups, by those who see them.
    """
    values = {name: getattr(revision, name) for name in COPIED} | {"kpi_effect": None, "effect_due": None}
    if revision.is_people:
        return values
    factor = 1 + options.percent / HUNDRED
    if revision.original_currency:
        values["original_total"] = round_money(revision.original_total * factor, revision.original_currency)
        total = round_money(values["original_total"] * revision.rate, revision.currency)
    else:
        total = round_money(revision.total * factor, revision.currency)
    months = split(total, revision.months, revision.currency)
    return values | {"total": total, "months": months}


def clean_options(percent="0", purposes=None, drop_once=True, drop_placeholders=True) -> Options:
    """Refused: an uplift that is no number, below −100 or above 1000 percent, or with more than four decimals; no
    kind of line."""
    try:
        amount = Decimal(str(percent or "0").replace(",", "."))
    except ArithmeticError:
        amount = Decimal("NaN")
    if not (amount.is_finite() and -HUNDRED < amount <= MOST_PERCENT and amount == amount.quantize(Decimal("1e-4"))):
        raise Refused(_("An uplift is a number of percent above −100, such as 3 or −2.5."), "percent")
    chosen = tuple(purposes or Revision.Purpose.values)
    if set(chosen) - set(Revision.Purpose.values):
        raise Refused(_("A line runs, grows or transforms."), "purposes")
    return Options(amount, chosen, bool(drop_once), bool(drop_placeholders))
