"""Pictures of the money, for the budget's pages and the desk."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.places import place as place_in
from planning.shared import periods
from planning.shared.butterfly import Butterfly, ButterflyRow, Wing

from .models import Budget, FundingSide
from .standing import by_line, shown_revisions

MOST = 30  # rows a person still reads


def budget_of_today(workspace) -> Budget | None:
    """The agreed budget whose year holds today; else the newest that was ever agreed."""
    agreed = Budget.objects.of(workspace).filter(agreed_count__gt=0)
    found = agreed.filter(year=periods.year_of(workspace, workspace.today())).first() or agreed.first()
    if found:
        found.workspace = workspace
    return found


def where_the_money_stands(workspace) -> Butterfly | None:
    """Marketing left, technology right, a row per line, for the budget of today; None without one. Three queries."""
    budget = budget_of_today(workspace)
    if budget is None:
        return None
    standing = by_line(budget)
    lines = [
        (revision, standing[revision.line_id]) for revision in shown_revisions(budget) if revision.line_id in standing
    ]
    return butterfly(budget, lines, lambda name, *args: place_in(workspace, name, *args))


def butterfly(budget, lines, place) -> Butterfly:
    """`lines` are (revision, {side: Figures}); the largest first, those beyond MOST together in one row."""
    rows = [
        ButterflyRow(
            revision.name,
            marketing=wing(by_side[FundingSide.MARKETING]),
            technology=wing(by_side[FundingSide.TECHNOLOGY]),
            url=place("budgets:line", revision.line_id),
        )
        for revision, by_side in lines
    ]
    rows.sort(key=lambda row: -(row.marketing.plan + row.technology.plan))
    if len(rows) > MOST:
        rest = rows[MOST - 1 :]
        others = ngettext("%(count)s other line", "%(count)s other lines", len(rest)) % {"count": len(rest)}
        url = place("budgets:variance", budget.pk) + "?by=line"
        both = {side: sum((getattr(row, side) for row in rest), Wing()) for side in ("marketing", "technology")}
        rows[MOST - 1 :] = [ButterflyRow(others, url=url, **both)]
    return Butterfly(_("Where the money stands"), unit=budget.workspace.currency, rows_of=rows, note=budget.name)


def wing(figures) -> Wing:
    return Wing(
        actual=figures["actual"],
        committed=figures["committed"],
        reserved=figures["reserved"],
        free=figures.available,
        forecast=figures["forecast"],
    )
