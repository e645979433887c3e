"""Pictures of the money, for the budget's pages and the desk."""

from functools import partial

from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.places import place as place_in
from planning.shared import periods
from planning.shared.butterfly import Butterfly, ButterflyRow, Wing

from .models import Budget, FundingSide
from .standing import by_line, shown, summed

MOST = 30  # rows a person still reads


def budget_of_today(workspace) -> Budget | None:
    """The agreed budget whose year holds today; else the newest that was ever agreed."""
    agreed = Budget.objects.of(workspace).filter(agreed_count__gt=0)
    return agreed.filter(year=periods.year_of(workspace, workspace.today())).first() or agreed.first()


def where_the_money_stands(workspace) -> Butterfly | None:
    """Marketing left, technology right, a row per line, for the budget of today; None without one. Three queries."""
    budget = budget_of_today(workspace)
    if budget is None:
        return None
    return butterfly(budget, by_line(budget), partial(place_in, workspace))


def butterfly(budget, standing, place) -> Butterfly:
    """`standing` is {line id: {side: Figures}}; the largest first, those beyond MOST together in one row."""
    named = shown(budget).order_by(Lower("name"), "line_id").values_list("line_id", "name")
    names = {line: name for line, name in named if line in standing}
    order = sorted(names, key=lambda line: -sum(figures["plan"] for figures in standing[line].values()))
    first, rest = (order[: MOST - 1], order[MOST - 1 :]) if len(order) > MOST else (order, [])
    rows = [row(names[line], standing[line], place("budgets:line", line)) for line in first]
    if rest:
        others = ngettext("%(count)s other line", "%(count)s other lines", len(rest)) % {"count": len(rest)}
        rows.append(
            row(others, summed(standing[line] for line in rest), place("budgets:variance", budget.pk) + "?by=line")
        )
    return Butterfly(_("Where the money stands"), unit=budget.workspace.currency, rows_of=rows, note=budget.name)


def row(name, by_side, url) -> ButterflyRow:
    wings = {side.value: wing(by_side[side]) for side in FundingSide}
    return ButterflyRow(name, url=url, **wings)


def wing(figures) -> Wing:
    return Wing(
        actual=figures["actual"],
        committed=figures["committed"],
        reserved=figures["reserved"],
        free=figures.available,
        forecast=figures["forecast"],
    )
