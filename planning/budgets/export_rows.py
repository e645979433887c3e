"""What of a budget goes out, line by line: the same for the CSV, the workbook and the document."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from planning.shared.money import ZERO, round_money

from .models import FundingSide, OwnerSide, Revision
from .standing import Figures, by_line, shown_revisions

AMOUNTS = ("transferred", "actual", "committed", "reserved")


@dataclass(frozen=True)
class Row:
    """A line as it goes out: its revision, and its figures with both sides together."""

    revision: Revision
    figures: Figures


def title_of(budget) -> str:
    """Its name, with the year where the name does not say it."""
    return str(budget) if str(budget.year) in str(budget) else f"{budget} {budget.year}"


def rows_of(budget) -> list[Row]:
    """Every line that the budget's page shows; three queries. Before an agreement there is a plan and nothing else."""
    standing = by_line(budget) if budget.agreed_count else {}
    rows = []
    for revision in shown_revisions(budget):
        sides = standing.get(revision.line_id)
        planned = Figures(plan=revision.total, agreed=revision.total, forecast=revision.total)
        rows.append(Row(revision, sum(sides.values(), Figures()) if sides else planned))
    return rows


def by_owner(rows) -> list[tuple[OwnerSide, list[Row]]]:
    """[(side, its rows)], marketing first, sides without a line left out."""
    groups = [(side, [row for row in rows if row.revision.side == side]) for side in OwnerSide]
    return [(side, some) for side, some in groups if some]


def texts(row) -> list:
    """The words of a line, in the order of `text_heads`."""
    revision = row.revision
    return [
        revision.line_id,
        revision.name,
        revision.get_side_display(),
        str(revision.category),
        str(revision.vendor or ""),
        str(revision.kpi or ""),
        str(revision.line.owner or ""),
        revision.get_purpose_display(),
        revision.get_treatment_display(),
        revision.cost_centre,
        revision.account,
        revision.marketing_weight.normalize() + ZERO,
        revision.technology_weight.normalize() + ZERO,
    ]


def dimensions_of(rows) -> list[str]:
    """The names of the workspace's own dimensions that these lines use, in order."""
    return sorted({name for row in rows for name in row.revision.dimensions})


def own_words(row, names) -> list[str]:
    """A line's value in each of `names`."""
    return [row.revision.dimensions.get(name, "") for name in names]


def text_heads() -> list[str]:
    return [
        _("Line no."),
        _("Line"),
        _("Owner"),
        _("Category"),
        _("Vendor"),
        _("KPI"),
        _("Looked after by"),
        _("Run, grow or transform"),
        _("Accounting"),
        _("Cost centre"),
        _("Account"),
        _("Marketing %"),
        _("Technology %"),
    ]


def amount_heads(budget) -> list[str]:
    return [
        _("Total for the year"),
        _("Marketing"),
        _("Technology"),
        *[f"{month:%Y-%m}" for month in budget.months],
        _("Transferred"),
        _("Actual"),
        _("Committed"),
        _("Reserved"),
        _("Available"),
        _("Forecast"),
        _("Forecast less plan"),
    ]


def amounts(row) -> list:
    revision, figures = row.revision, row.figures
    exact = [
        revision.total,
        revision.shares[FundingSide.MARKETING],
        revision.shares[FundingSide.TECHNOLOGY],
        *revision.months,
        *[figures[name] for name in AMOUNTS],
        figures.available,
        figures["forecast"],
        figures.variance,
    ]
    return [round_money(amount, revision.currency) for amount in exact]


def signed_versions(budget) -> list:
    """Versions that were proposed, with their papers and seats, the newest first; two queries."""
    found = budget.versions.filter(~Q(paper=None)).select_related("paper__workspace", "created_by__user")
    people = ("paper__seats__decided_by__user", "paper__seats__decided_for__user", "paper__seats__holder__user")
    return list(found.prefetch_related("paper__seats", *people).order_by("-number"))
