"""Which keys a change of an agreed line clears: the rules' table, one place for page, form, API and proposal.

    name, scope, vendor, KPI target, split, months, amount up     both keys
    amount down, on a line the proposer's side owns and pays      carried: the money goes to its unallocated line
    amount down, on any other line                                both keys
    tags (cost centre, account, own dimensions)                   none
    notes, owner, forecast                                        none: they are not part of a version

A version whose every line is carried needs no fresh key; one line that clears them clears them for the whole version.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.people.models import Member, Side
from planning.shared.money import ZERO
from planning.signoffs.models import Seat
from planning.signoffs.papers import SeatSpec

from ..models import FundingSide
from .terms import changed_fields

AMOUNT = {"total", "months", "original_total"}
TAGS = {"cost_centre", "account", "dimensions"}
WHY = {
    "name": gettext_lazy("Its name changes"),
    "side": gettext_lazy("Its owner changes"),
    "category": gettext_lazy("Its scope changes"),
    "purpose": gettext_lazy("Its scope changes"),
    "treatment": gettext_lazy("Its scope changes"),
    "placeholder": gettext_lazy("Its scope changes"),
    "vendor": gettext_lazy("Its vendor changes"),
    "kpi": gettext_lazy("Its KPI target changes"),
    "kpi_effect": gettext_lazy("Its KPI target changes"),
    "effect_due": gettext_lazy("Its KPI target changes"),
    "shares": gettext_lazy("Who pays changes"),
    "people": gettext_lazy("Its people change"),
    "removed": gettext_lazy("It is taken out"),
}


@dataclass(frozen=True)
class Effect:
    """What one line's change does to the keys. `carried`: none is cleared; else `reasons` say what clears both.

    `freed` is what goes to the owning side's unallocated line, twelve amounts, when the keys are carried.
    """

    carried: bool
    reasons: list[str] = field(default_factory=list)
    freed: list[Decimal] = field(default_factory=list)

    @property
    def amount(self) -> Decimal:
        return sum(self.freed, ZERO)


def effect_of(revision, before, side) -> Effect:
    """The row of the table for one line, changed by somebody of `side`; `before` is what is in force, or None."""
    if before is None:
        return Effect(False, [_("A new line")])
    names = {row["field"] for row in changed_fields(revision, before)} - TAGS
    if names and names <= AMOUNT and is_lowered(revision, before):
        return lowered(revision, before, side)
    return Effect(not names, sorted({why(name, revision, before) for name in names}))


def is_lowered(revision, before) -> bool:
    """The total falls and no month rises; a month that rises is a change of months."""
    return revision.total < before.total and all(
        now <= was for now, was in zip(revision.months, before.months, strict=True)
    )


def lowered(revision, before, side) -> Effect:
    """Amount down: carried on a line that `side` owns and pays alone."""
    if before.is_joint or owner_of(before) is None:
        return Effect(False, [_("Its amount goes down, and the line is joint")])
    if owner_of(before) != side:
        return Effect(False, [_("Its amount goes down, on the other side's line")])
    if before.line.unallocated_of:
        return Effect(False, [_("Money leaves the side's unallocated line")])
    freed = [was - now for now, was in zip(revision.months, before.months, strict=True)]
    return Effect(True, freed=freed)


def owner_of(revision) -> str | None:
    """The side that owns the line and pays it alone; None when there are two."""
    alone = {FundingSide.MARKETING: revision.marketing_weight, FundingSide.TECHNOLOGY: revision.technology_weight}
    return next((str(side) for side, weight in alone.items() if weight == 100 and revision.side == side), None)


def why(name, revision, before) -> str:
    if name in AMOUNT:
        if revision.total > before.total:
            return _("Its amount goes up")
        return _("Its months change")
    return str(WHY.get(name, _("Its terms change")))


@dataclass(frozen=True)
class Clearing:
    """A whole version: `effects` by line id. `carried` when no key is asked afresh, else `why_not` when only an
    envelope or the proposer keeps it from being carried."""

    effects: dict
    carried: bool
    why_not: str = ""

    @property
    def freed(self) -> dict:
        """{side: twelve amounts} for the unallocated lines; the sides of one version's carried lines are one."""
        sums = defaultdict(lambda: [ZERO] * 12)
        for side, effect in self.effects.values():
            if self.carried and effect.freed:
                sums[side] = [one + more for one, more in zip(sums[side], effect.freed, strict=True)]
        return dict(sums)


def clearing_of(version, pairs, totals, side, give_back=False) -> Clearing:
    """What proposing these `pairs` clears, when somebody of `side` proposes.

    `give_back`: what is freed leaves the plan. It does so, and both keys decide, also while the side's plan is above
    finance's envelope: a cut that only filled the unallocated line would not close the gap.
    """
    effects = {now.line_id: (owner_of(was) if was else None, effect_of(now, was, side)) for now, was in pairs}
    only_down = bool(pairs) and version.budget.agreed_count > 0 and all(one.carried for _side, one in effects.values())
    over = [one for one in {owner for owner, one in effects.values() if one.freed} if is_above(version, totals, one)]
    why_not = ""
    if only_down and over:
        why_not = _("%(side)s plans more than finance's envelope, so what is cut leaves the plan") % {
            "side": FundingSide(over[0]).label
        }
    elif only_down and give_back:
        why_not = _("What is cut leaves the plan")
    return Clearing(effects, only_down and not why_not, why_not)


def is_above(version, totals, side) -> bool:
    envelope = getattr(version.budget, f"{side}_envelope")
    return envelope is not None and totals["before"][side] > envelope


def keys_carried(budget) -> list[SeatSpec] | None:
    """Both sides' keys as they were turned last, by two people, to stand for the next version; None without them."""
    turned = Seat.objects.of(budget.workspace_id).filter(
        state=Seat.State.APPROVED, name__in=FundingSide.values, paper__in=budget.versions.values("paper")
    )
    by_paper = defaultdict(dict)
    for seat in turned.filter(paper__state="agreed").order_by("-paper__closed_at", "pk"):
        by_paper[seat.paper_id][seat.name] = seat
    for seats in by_paper.values():
        if len(seats) == len(FundingSide):
            return [
                SeatSpec(side, reason=_("Unaffected: one side lowers its own lines"), carried_from=seats[side])
                for side in FundingSide.values
            ]
    return None


def seats_for(version, totals) -> list[SeatSpec]:
    """Both keys; finance too, where the workspace has a finance lead, when the version moves the budget's money."""
    seats = [
        SeatSpec("marketing", reason=_("Both sides agree to every change of a joint plan")),
        SeatSpec("technology", reason=_("Both sides agree to every change of a joint plan")),
    ]
    has_finance = Member.objects.of(version.workspace_id).leads(Side.FINANCE).exists()
    if has_finance and (version.budget.before_agreement or totals["before"] != totals["after"]):
        seats.append(SeatSpec("finance", reason=_("Finance approves the budget and every change of its totals")))
    return seats
