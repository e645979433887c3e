"""What each kind of step does to the planned lines it chooses. Pure: no database, no clock.

A line's months stay amounts of the workspace's currency, never below zero. Computed amounts round half away from zero
per line and fall on months (and, for an amount shared by lines, on lines) by largest remainder, so totals hold and a
rise by as much as a cut is its mirror.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from planning.shared.money import ZERO, round_money, split
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money

from ..lines.spreading import HUNDRED, SIDES, cells

WHOLE_YEAR = (0, 11)


@dataclass
class Planned:
    """A line as a scenario has it. `original` is the exact amount in `original_currency` at `rate`; `weight` is
    marketing's share in percent. `key` is the live line's id, None for a line of the scenario's own.
    """

    key: int | None
    name: str
    side: str
    category_id: int
    months: list[Decimal]
    weight: Decimal
    vendor_id: int | None = None
    purpose: str = "run"
    original_currency: str = ""
    original: Decimal | None = None
    rate: Decimal | None = None
    row: object = field(default=None, repr=False, compare=False)

    @property
    def total(self) -> Decimal:
        return sum(self.months, ZERO)

    def by_side(self, currency) -> dict:
        """{side: its twelve months}; each month is the sum of both."""
        weights = dict(zip(SIDES, (self.weight, HUNDRED - self.weight), strict=True))
        found = cells(self.months, weights, currency)
        return {side: [found[side, row] for row in range(12)] for side in SIDES}

    def add(self, row, amount):
        self.months[row] += amount


def chosen(lines, filters) -> list[Planned]:
    """The lines that answer to every filter: {"side": [...], "category": [...], "line": [...], "purpose": [...],
    "vendor": [...]}. An empty filter chooses all.
    """
    reads = {
        "side": lambda line: line.side,
        "category": lambda line: line.category_id,
        "line": lambda line: line.key,
        "purpose": lambda line: line.purpose,
        "vendor": lambda line: line.vendor_id,
    }
    wanted = {name: set(values) for name, values in filters.items() if name in reads and values}
    return [line for line in lines if all(reads[name](line) in values for name, values in wanted.items())]


def apply(kind, filters, parameters, lines, currency) -> list[Planned]:
    """Do one step to `lines` in place and give back the lines it chose. Refused: a step that finds nothing to do."""
    if kind == "line":
        lines.append(new_line(parameters))
        return lines[-1:]
    found = chosen(lines, filters)
    if not found:
        raise Refused(_("No line answers to that."), "category")
    RULES[kind](found, parameters, currency)
    return found


# ── The rules ────────────────────────────────────────────────────────────────────────────────────────────────────────
def scale(lines, parameters, currency):
    """Every line up or down by a percentage of what it plans in the span."""
    percent, rows = Decimal(parameters["percent"]), span_of(parameters)
    require_money(lines, rows)
    for line in lines:
        change_span(line, rows, round_money(planned_in(line, rows) * percent / HUNDRED, currency), currency)


def change_amount(lines, parameters, currency):
    """All lines together up or down by exactly an amount, each in proportion to what it plans in the span."""
    amount, rows = Decimal(parameters["amount"]), span_of(parameters)
    weights = [planned_in(line, rows) for line in lines]
    whole = require_money(lines, rows)
    if amount + whole < 0:
        raise Refused(
            _("Those lines plan %(there)s %(currency)s in those months; more than that cannot be cut.")
            % {"there": money(whole, currency), "currency": currency},
            "amount",
        )
    for line, part in zip(lines, split(amount, weights, currency), strict=True):
        change_span(line, rows, part, currency)


def shift(lines, parameters, currency):
    """Money moves from some months to others: one by one where they are as many, else evenly. No total changes."""
    rows, goal = span_of(parameters), list(range(parameters["goal"][0], parameters["goal"][1] + 1))
    if set(rows) & set(goal):
        raise Refused(_("Choose months to move to that are not among those to move from."), "goal")
    require_money(lines, rows)
    for line in lines:
        moved = round_money(planned_in(line, rows) * Decimal(parameters.get("percent", 100)) / HUNDRED, currency)
        if not moved:
            continue
        taken = split(moved, [line.months[row] for row in rows], currency)
        given = taken if len(rows) == len(goal) else split(moved, [1] * len(goal), currency)
        for row, amount in zip(rows, taken, strict=True):
            line.add(row, -amount)
        for row, amount in zip(goal, given, strict=True):
            line.add(row, amount)


def other_rate(lines, parameters, currency):
    """Lines planned in a foreign currency at another rate: their amount there stays."""
    rate, foreign = Decimal(parameters["rate"]), [one for one in lines if one.original_currency]
    foreign = [one for one in foreign if one.original_currency == parameters["currency"]]
    if not foreign:
        raise Refused(_("No line there is planned in %(currency)s.") % {"currency": parameters["currency"]}, "currency")
    for line in foreign:
        if line.total:
            line.months = split(round_money(line.original * rate, currency), line.months, currency)
        line.rate = rate


def share(lines, parameters, currency):
    """Another split between marketing and technology; no total changes."""
    for line in lines:
        line.weight = Decimal(parameters["marketing"])


def by_hand(lines, parameters, currency):
    """The twelve months of one line, as typed."""
    for line in lines:
        line.months = [Decimal(amount) for amount in parameters["months"]]
        keep_original(line)


def new_line(parameters) -> Planned:
    return Planned(
        key=None,
        name=parameters["name"],
        side=parameters["side"],
        category_id=parameters["category"],
        months=[Decimal(amount) for amount in parameters["months"]],
        weight=Decimal(parameters["marketing"]),
        purpose=parameters.get("purpose", "run"),
    )


RULES = {
    "scale": scale,
    "amount": change_amount,
    "shift": shift,
    "rate": other_rate,
    "shares": share,
    "hand": by_hand,
}


# ── How it is done ───────────────────────────────────────────────────────────────────────────────────────────────────
def span_of(parameters) -> list[int]:
    first, last = parameters.get("span") or WHOLE_YEAR
    return list(range(first, last + 1))


def planned_in(line, rows) -> Decimal:
    return sum((line.months[row] for row in rows), ZERO)


def require_money(lines, rows) -> Decimal:
    whole = sum((planned_in(line, rows) for line in lines), ZERO)
    if not whole:
        raise Refused(_("Those lines plan nothing in those months."), "span")
    return whole


def change_span(line, rows, change, currency):
    """Add `change` to a line's months of the span, in proportion to them; a cut never takes more than there is."""
    if not change:
        return
    for row, part in zip(rows, split(change, [line.months[row] for row in rows], currency), strict=True):
        line.add(row, part)
    keep_original(line)


def keep_original(line):
    """A foreign line's own amount follows what its months say, at its rate."""
    if line.original_currency:
        line.original = line.total / line.rate
