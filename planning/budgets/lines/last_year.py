"""What a line spent in the year before: of the line it goes on from, else of the one of the same name."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from planning.shared import periods
from planning.shared.money import ZERO
from planning.shared.refusals import Refused

from ..models import Cell, Line, Revision


def line_before(budget, name, line=None) -> Line | None:
    """The line of the year before that `line` goes on from; else the one that has this name in force."""
    if line is not None and line.origin_id:
        return line.origin
    named = Revision.objects.of(budget.workspace_id).in_force().filter(removed=False, name__iexact=name)
    found = named.filter(line__budget__year=budget.year - 1).select_related("line").order_by("line_id").first()
    return found and found.line


def spent_before(budget, name, line=None) -> list:
    """Twelve actuals of the year before, month by month over both sides, in the workspace's currency.

    Refused: no such line, or nothing spent on it.
    """
    before = line_before(budget, name, line)
    if before is None:
        raise Refused(
            _("The budget of %(year)s has no line “%(name)s” to copy from.") % {"year": budget.year - 1, "name": name},
            "spread",
        )
    rows = Cell.objects.of(budget.workspace_id).filter(line=before).values_list("month").annotate(Sum("actual"))
    spent = dict(rows)
    months = [spent.get(month, ZERO) for month in periods.months(budget.workspace, budget.year - 1)]
    if not any(amount > 0 for amount in months):
        raise Refused(
            _("Nothing was spent on “%(name)s” in %(year)s.") % {"name": name, "year": budget.year - 1}, "spread"
        )
    return months
