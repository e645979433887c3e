"""The budget as a file: one row a line, the split, the twelve months and where the money stands."""

from django.utils.translation import gettext as _

from planning.shared.exports import download
from planning.shared.money import round_money

from .sheet import Sheet


def export(request, budget):
    """The whole sheet as a file: one row a line, the split, the twelve months and where the money stands."""
    currency = request.workspace.currency
    heads = [
        _("Line"),
        _("Owner"),
        _("Category"),
        _("Vendor"),
        _("KPI"),
        _("Marketing %"),
        _("Technology %"),
        _("Marketing"),
        _("Technology"),
        _("Plan"),
        *[f"{month:%Y-%m}" for month in budget.months],
        _("Actual"),
        _("Committed"),
        _("Reserved"),
        _("Available"),
        _("Forecast"),
        _("Forecast less plan"),
    ]
    rows = (cells_of(row, currency) for row in Sheet(budget).rows)
    name = f"budget-{budget.year}-{request.workspace.today():%Y-%m-%d}"
    return download(heads, rows, name, request.GET["export"])


def cells_of(row, currency) -> list:
    revision, figures = row.revision, row.both
    amounts = [
        row.marketing["plan"],
        row.technology["plan"],
        figures["plan"],
        *revision.months,
        figures["actual"],
        figures["committed"],
        figures["reserved"],
        figures.available,
        figures["forecast"],
        figures.variance,
    ]
    return [
        revision.name,
        revision.get_side_display(),
        str(revision.category),
        str(revision.vendor or ""),
        str(revision.kpi or ""),
        revision.marketing_weight.normalize(),
        revision.technology_weight.normalize(),
        *[round_money(amount, currency) for amount in amounts],
    ]
