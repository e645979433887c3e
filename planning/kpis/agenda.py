"""What a review should talk about: KPIs that are off track, and readings that nobody confirmed."""

from .models import WAITING, Reading
from .queries import Portrait, portfolio, words
from .status import Status


def red(workspace, day=None) -> list[Portrait]:
    """KPIs off track on `day` (default today), the widest gap first."""
    off = [one for one in portfolio(workspace, day) if one.standing.status == Status.RED]
    return sorted(off, key=lambda one: (-(one.standing.gap or 0), one.kpi.name))


def unconfirmed(workspace):
    """Readings that wait for a side's word, or are disputed; oldest first, KPI and who entered it loaded."""
    return (
        Reading.objects.of(workspace)
        .filter(is_newest=True, state__in=WAITING, kpi__retired_at=None)
        .select_related("kpi", "entered_by__user")
        .prefetch_related(words())
        .order_by("on", "pk")
    )
