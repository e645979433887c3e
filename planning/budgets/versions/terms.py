"""What a version says: its lines beside what was in force, the plan before and after, the terms its keys sign."""

from decimal import Decimal

from django.db.models import F, Q, Sum
from django.db.models.functions import Round

from planning.shared.money import ZERO, minor_unit
from planning.shared.plain import difference

from ..lines.spreading import HUNDRED, SIDES
from ..models import FundingSide, Revision


def revisions_with_before(version) -> list[tuple[Revision, Revision | None]]:
    """The version's revisions, each with what is (or, once agreed, was) in force before it; two queries."""
    mine = list(version.revisions.select_related("category", "vendor", "kpi", "line").order_by("line_id"))
    before = Revision.objects.of(version.workspace_id).filter(line__in=version.revisions.values("line"))
    ended = before.signed().filter(in_force__endswith=version.agreed_as)
    before = ended if version.agreed_as else before.agreed()
    known = {revision.line_id: revision for revision in before.select_related("category", "vendor", "kpi", "line")}
    return [(revision, known.get(revision.line_id)) for revision in mine]


def changed_fields(revision, before) -> list[dict]:
    """[{field, before, after}] of one line; a new line shows every field."""
    return difference(before.terms() if before else {}, revision.terms())


def planned_by_side(revisions, currency) -> dict:
    """{side: plan} of a queryset of revisions, summed by Postgres as `spreading` splits each of them."""
    digits = -minor_unit(currency).as_tuple().exponent
    marketing = Round(F("total") * F("marketing_weight") / HUNDRED, precision=digits)
    sums = revisions.aggregate(whole=Sum("total", default=ZERO), marketing=Sum(marketing, default=ZERO))
    return {"marketing": sums["marketing"], "technology": sums["whole"] - sums["marketing"]}


def plans_of(budgets) -> dict:
    """{budget id: {side: plan}} of what each budget's page shows: what is in force, or drafted before any agreement."""
    if not budgets:
        return {}
    before = [budget.pk for budget in budgets if budget.before_agreement]
    digits = -minor_unit(budgets[0].workspace.currency).as_tuple().exponent
    marketing = Round(F("total") * F("marketing_weight") / HUNDRED, precision=digits)
    found = Revision.objects.of(budgets[0].workspace_id).filter(removed=False, line__budget__in=budgets)
    in_force = Q(in_force__isnull=False, in_force__endswith=None)
    found = found.filter(Q(line__budget__in=before, is_open=True) | in_force & ~Q(line__budget__in=before))
    sums = found.order_by().values("line__budget").annotate(whole=Sum("total"), marketing=Sum(marketing))
    plans = {budget.pk: dict.fromkeys(("marketing", "technology"), ZERO) for budget in budgets}
    for row in sums:
        plans[row["line__budget"]] = {"marketing": row["marketing"], "technology": row["whole"] - row["marketing"]}
    return plans


def totals_of(version, pairs) -> dict:
    """{before: {side: plan}, after: {side: plan}} of the whole budget, if this version is agreed. Two queries."""
    others = Revision.objects.of(version.workspace_id).agreed().filter(line__budget=version.budget_id, removed=False)
    others = others.exclude(line__in=[revision.line_id for revision, _before in pairs])
    plan = planned_by_side(others, version.workspace.currency)
    before = {side: plan[side] + share(pairs, side, before=True) for side in plan}
    return {"before": before, "after": {side: plan[side] + share(pairs, side) for side in plan}}


def share(pairs, side, before=False) -> Decimal:
    """What the changed lines plan for a side, before or after the change."""
    found = [was if before else now for now, was in pairs]
    return sum((revision.shares[FundingSide(side)] for revision in found if revision), ZERO)


def totals_read(version, pairs) -> dict:
    """The same as its readers see it: of a proposed version as it was frozen on the paper, without asking again."""
    if version.paper is None:
        return totals_of(version, pairs)
    after = {str(side): Decimal(version.paper.terms["plan"][str(side)]) for side in SIDES}
    change = {side: share(pairs, side) - share(pairs, side, before=True) for side in after}
    return {"before": {side: after[side] - change[side] for side in after}, "after": after}


def terms_of(version, pairs, totals) -> dict:
    """What is frozen on the paper: the budget's totals by side, and every changed line as it would read."""
    budget = version.budget
    return {
        "budget": budget.name,
        "year": budget.year,
        "currency": budget.workspace.currency,
        "reason": version.reason,
        "plan": {**totals["after"], "total": sum(totals["after"].values(), ZERO)},
        "lines": {str(revision.line_id): revision.terms() for revision, _before in pairs},
    }


def difference_of(read, current) -> list[dict]:
    """Field by field between two papers' terms: [{field: "Web shop · total", before, after}]."""
    rows = difference(flat(read), flat(current))
    return [row for row in rows if row["before"] != row["after"]]


def flat(terms) -> dict:
    if not terms:
        return {}
    plan = {f"plan · {side}": amount for side, amount in terms.get("plan", {}).items()}
    lines = {
        f"{line['name']} ({key}) · {field}": value
        for key, line in terms.get("lines", {}).items()
        for field, value in line.items()
    }
    return plan | lines


def money_moved(pairs) -> Decimal:
    """What a version moves, for the bands of the matrix: the larger of all that is added to lines and all that is taken
    off them, in the workspace's currency. A new line adds its total, a removed one takes it off."""
    changes = [
        (Decimal(0) if now.removed else now.total) - (was.total if was and not was.removed else Decimal(0))
        for now, was in pairs
    ]
    return max(sum(one for one in changes if one > 0), -sum(one for one in changes if one < 0), Decimal(0))
