"""Forward promises: made for months after the last agreed year, they wait for that year's lines.

They are shown on top of the year's draft, which places each of them on a line before it can be proposed; when it is
agreed they stand on those lines like any other promise, reserved or committed as their claim is. Amounts are in the
workspace's currency.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from planning.shared.locking import lock_all
from planning.shared.money import ZERO
from planning.shared.refusals import Refused
from planning.shared.templatetags.money import money

from .models import FundingSide, Hold, Movement, Revision
from .movements import append
from .shortfalls import explained


@dataclass
class Ahead:
    """One claim's promise on one line of an earlier year: what this year must find a line for."""

    claim: str
    line_id: int
    cause: str
    by_side: dict = field(default_factory=dict)
    months: list = field(default_factory=list)
    placed_on: int | None = None
    was: Revision | None = None
    likely: int | None = None

    @property
    def key(self) -> str:
        return f"{self.claim}:{self.line_id}"

    @property
    def amount(self) -> Decimal:
        return sum(self.by_side.values(), ZERO)


def forward_in(budget):
    """Forward holds of the budget's twelve months, made on lines of earlier years."""
    months = budget.months
    return Hold.objects.of(budget.workspace_id).filter(
        state=Hold.State.FORWARD, month__gte=months[0], month__lte=months[-1]
    )


def promised_ahead(budget) -> list[Ahead]:
    """A row for each claim and line, in the order they were made. Two queries."""
    rows = {}
    for hold in forward_in(budget).order_by("at", "claim", "line_id", "month", "side"):
        row = rows.setdefault((hold.claim, hold.line_id), Ahead(str(hold.claim), hold.line_id, hold.cause))
        row.by_side[hold.side] = row.by_side.get(hold.side, ZERO) + hold.left
        row.months.append(hold.month)
        row.placed_on = hold.placed_on_id
    known = Revision.objects.of(budget.workspace_id).filter(line__in={row.line_id for row in rows.values()})
    named = {revision.line_id: revision for revision in known.select_related("category").order_by("pk")}
    for row in rows.values():
        row.was = named.get(row.line_id)
    return list(rows.values())


def lines_of_the_year(budget) -> list[Revision]:
    """The lines that can take them: what is agreed, or else what is drafted. By name."""
    found = Revision.objects.of(budget.workspace_id).filter(line__budget=budget, removed=False)
    found = found.agreed() if budget.agreed_count else found.open()
    return list(found.select_related("line").order_by("name", "line_id"))


def with_likely(rows, lines) -> list[Ahead]:
    """Each with the line that most likely takes it: the one that goes on from its line, else its namesake, else the
    only one of its category."""
    for row in rows:
        of_category = [line.line_id for line in lines if row.was and line.category_id == row.was.category_id]
        row.likely = next((line.line_id for line in lines if line.line.origin_id == row.line_id), None) or next(
            (line.line_id for line in lines if row.was and line.name.lower() == row.was.name.lower()), None
        )
        if row.likely is None and len(of_category) == 1:
            row.likely = of_category[0]
    return rows


def refuse_unplaced(budget):
    """A draft is proposed when every forward promise of its year has a line that can carry it."""
    if budget.agreed_count:
        return
    sums = forward_in(budget).values("placed_on", "side").annotate(sum=Sum("amount")).order_by("placed_on", "side")
    homeless = sum((row["sum"] for row in sums if row["placed_on"] is None), ZERO)
    placed = [row for row in sums if row["placed_on"] is not None]
    if homeless:
        raise Refused(
            _("%(amount)s %(currency)s are promised for this year already. Place them on its lines first.")
            % {"amount": money(homeless, budget.workspace.currency), "currency": budget.workspace.currency}
        )
    drafted = Revision.objects.of(budget.workspace_id).open().filter(line__in=[row["placed_on"] for row in placed])
    plans = {revision.line_id: revision for revision in drafted}
    for row in placed:
        revision, side = plans.get(row["placed_on"]), FundingSide(row["side"])
        if revision is None or row["sum"] > revision.shares[side]:
            raise Refused(
                _("“%(line)s” plans less for %(side)s than the %(amount)s %(currency)s promised on it already.")
                % {
                    "line": revision or row["placed_on"],
                    "side": side.label,
                    "amount": money(row["sum"], budget.workspace.currency),
                    "currency": budget.workspace.currency,
                }
            )


def put_on(budget, places: dict) -> Decimal:
    """Remember {`Ahead.key`: revision of a line of this year, or None}; returns the amount that found a line.

    Refused: a line that a side of the promise does not pay for, since the shares of a promise stay as they are.
    """
    total = ZERO
    for row in promised_ahead(budget):
        revision = places.get(row.key)
        if row.key not in places:
            continue
        for side in row.by_side if revision else ():
            if not revision.weights[FundingSide(side)]:
                raise Refused(
                    _("“%(line)s” is not paid by %(side)s, which promised a part of it.")
                    % {"line": revision, "side": FundingSide(side).label.lower()},
                    row.key,
                )
        holds = forward_in(budget).filter(claim=row.claim, line=row.line_id)
        holds.update(placed_on=revision and revision.line_id)
        total += row.amount if revision else ZERO
    return total


def take_over(budget, member=None) -> None:
    """What was placed stands on its line from now on. All or none; a Shortfall names the lines that cannot carry it."""
    holds = lock_all(forward_in(budget).filter(placed_on__isnull=False).select_related("workspace"))
    if not holds:
        return
    standing = {
        (hold.claim, hold.line_id, hold.side, hold.month): hold
        for hold in lock_all(Hold.objects.of(budget.workspace_id).filter(claim__in={hold.claim for hold in holds}))
        if hold.state != Hold.State.FORWARD
    }
    moved, gone, movements = [], [], []
    for hold in holds:
        key = (hold.claim, hold.placed_on_id, hold.side, hold.month)
        movements.append(taken(hold, standing.get(key, hold)))
        if key in standing:
            standing[key].amount += hold.left
            gone.append(hold)
        else:
            moved.append(landed(hold))
            standing[key] = hold
    Hold.objects.filter(pk__in=[hold.pk for hold in gone]).delete()
    Hold.objects.bulk_update([*moved, *standing.values()], ["line", "state", "placed_on", "amount"])
    with explained(budget.workspace, moved):
        append(budget.workspace, movements)


def landed(hold) -> Hold:
    hold.line_id, hold.placed_on = hold.placed_on_id, None
    hold.state = Hold.State.COMMITTED if hold.approved else Hold.State.RESERVED
    return hold


def taken(hold, onto) -> Movement:
    """The booking of one forward hold on its new line, kept by the hold `onto`."""
    state = "committed" if hold.approved else "reserved"
    return Movement(
        line_id=hold.placed_on_id,
        side=hold.side,
        month=hold.month,
        kind=Movement.Kind.COMMIT if hold.approved else Movement.Kind.RESERVE,
        hold=onto,
        member=hold.member,
        cause=hold.cause,
        cause_id=f"{hold.claim}:{hold.line_id}",
        **{state: hold.left},
    )
