"""The line that takes what a side frees on its own lines: one a side and year, made when it is first needed."""

from django.utils.translation import gettext as _

from planning.shared.money import ZERO

from .lines.input import clean_category
from .models import FundingSide, Line, Revision
from .versions.drafts import draft_revision, lines_of

WEIGHTS = {FundingSide.MARKETING: (100, 0), FundingSide.TECHNOLOGY: (0, 100)}


def put_aside(version, freed: dict) -> None:
    """Raise the unallocated lines, in `version`, by {side: twelve amounts}. Call with the budget held.

    Refused: another version that waits changes the same unallocated line.
    """
    for side, months in freed.items():
        line = lines_of(version.budget).filter(unallocated_of=side).first()
        revision = draft_revision(line, version) if line else begun(version, FundingSide(side))
        revision.months = [one + more for one, more in zip(revision.months, months, strict=True)]
        revision.total = sum(revision.months, ZERO)
        revision.removed = False
        revision.save()


def begun(version, side) -> Revision:
    """The first revision, not yet saved, of a new unallocated line."""
    budget = version.budget
    name = _("Unallocated, %(side)s") % {"side": side.label.lower()}
    line = Line.objects.create(
        workspace=budget.workspace, budget=budget, unallocated_of=side, created_at=budget.workspace.now()
    )
    marketing, technology = WEIGHTS[side]
    return Revision(
        workspace=budget.workspace,
        line=line,
        version=version,
        name=name,
        side=side,
        category=clean_category(budget.workspace, _("Unallocated"), side),
        currency=budget.workspace.currency,
        total=ZERO,
        months=[ZERO] * 12,
        marketing_weight=marketing,
        technology_weight=technology,
    )
