"""Which keys a version needs, by what it changes (the rules' table), and the terms they read."""

from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.people.models import Member, Side
from planning.shared.money import ZERO
from planning.shared.plain import difference
from planning.signoffs.papers import SeatSpec

from .models import Revision
from .spreading import SIDES


def revisions_with_before(version) -> list[tuple[Revision, Revision | None]]:
    """The version's revisions, each with what is (or, once agreed, was) in force before it; two queries."""
    mine = list(version.revisions.select_related("category", "vendor", "kpi").order_by("line_id"))
    before = Revision.objects.of(version.workspace_id).filter(line__in=[revision.line_id for revision in mine])
    before = before.filter(in_force__endswith=version.agreed_as) if version.agreed_as else before.in_force()
    known = {revision.line_id: revision for revision in before.select_related("category", "vendor", "kpi")}
    return [(revision, known.get(revision.line_id)) for revision in mine]


def changed_fields(revision, before) -> list[dict]:
    """[{field, before, after}] of one line; a new line shows every field."""
    return difference(before.terms() if before else {}, revision.terms())


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


def totals_of(version, pairs) -> dict:
    """{before: {side: plan}, after: {side: plan}} of the whole budget, if this version is agreed."""
    before = dict.fromkeys(map(str, SIDES), ZERO)
    others = (
        Revision.objects.of(version.workspace_id)
        .in_force()
        .filter(~Q(line__in=[r.line_id for r, _b in pairs]), line__budget=version.budget_id)
    )
    for revision in others.filter(removed=False):
        for side in SIDES:
            before[str(side)] += revision.shares[side]
    after = dict(before)
    for revision, old in pairs:
        for side in SIDES:
            before[str(side)] += old.shares[side] if old else ZERO
            after[str(side)] += revision.shares[side]
    return {"before": before, "after": after}


def totals_read(version, pairs) -> dict:
    """The same as its readers see it: of a proposed version as it was frozen on the paper, without asking again."""
    if version.paper is None:
        return totals_of(version, pairs)
    after = {str(side): Decimal(version.paper.terms["plan"][str(side)]) for side in SIDES}
    change = {
        str(side): sum(
            (revision.shares[side] - (before.shares[side] if before else ZERO) for revision, before in pairs), ZERO
        )
        for side in SIDES
    }
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
