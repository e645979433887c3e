"""Variance of a budget. Money is text in the workspace's currency."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from planning.budgets.reviewing.variance import clean_through, total_of, variance
from planning.people.doors import anyone
from planning.shared.refusals import Refused

from .base import may
from .budget_input import Id, budget_of
from .budget_shapes import variance_row

router = Router(tags=["budgets"])


class VarianceOut(Schema):
    by: str
    through: str
    currency: str
    rows: list[dict[str, Any]]
    total: dict[str, Any]


@router.get("budgets/{int:budget_id}/variance", response=VarianceOut)
@may(anyone)
def variances(
    request,
    budget_id: Id,
    by: Literal["side", "category", "line", "vendor", "kpi", "month"] = "side",
    through: Annotated[str | None, Query(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")] = None,
):
    """Actual less plan up to the month `through` (default: the last that is over), and the year's forecast."""
    budget, currency = budget_of(request, budget_id), request.workspace.currency
    month = clean_through(budget, through and month_named(through))
    rows = variance(budget, by, month)
    return {
        "by": by,
        "through": f"{month:%Y-%m}",
        "currency": currency,
        "rows": [variance_row(row, currency) for row in rows],
        "total": variance_row(total_of(rows), currency),
    }


def month_named(text) -> date:
    year, month = (int(part) for part in text.split("-"))
    if not 1990 <= year <= 2201:
        raise Refused(_("That month is not in the budget's year."), "through")
    return date(year, month, 1)
