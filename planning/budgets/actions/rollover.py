"""The year after is begun from this one."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.shared import periods
from planning.shared.locking import lock
from planning.shared.money import ZERO
from planning.trail.acts import action, record

from ..lines.people import carried
from ..models import Budget, Line, Revision
from ..rollover import Options, proposal, target_of, waiting
from ..versions.drafts import draft_of, hold_budget, new_version


@action(gettext_lazy("rolled lines over into {subject}"))
def roll_over(budget, member, options=None) -> Budget:
    """Copy what `rollover.proposal` shows into the draft of the year after (begun when there is none) and let its
    lines take the promises made for that year. Returns that year's budget; again, it changes nothing and writes
    nothing.

    Refused: a year that was never agreed; the year after waits for its keys or is closed.
    """
    budget = lock(Budget.objects.of(member.workspace), budget.pk)
    options = options or Options()
    if not [row for row in proposal(budget, options) if not row.stays]:
        return target_of(budget) or budget
    target = held_target(budget, member)
    rows = [row for row in proposal(budget, options) if not row.stays]
    if not rows:
        return target
    version, months = draft_of(target, member), periods.months(member.workspace, target.year)
    for row in rows:
        line = follow(row, version)
        if not target.agreed_count:
            waiting(member.workspace, months).filter(line=row.revision.line_id).update(placed_on=line)
    total, ahead = (sum((getattr(row, name) for row in rows), ZERO) for name in ("total", "promised"))
    after = {
        "from": str(budget),
        "lines": [row.revision.name for row in rows],
        "planned": total,
        "promised already": ahead,
        "percent": options.percent,
    }
    record(roll_over, member, target, after=after)
    return target


def held_target(budget, member) -> Budget:
    """The budget of the year after, held; made, with its first draft, when it is not there."""
    year, now = budget.year + 1, member.workspace.now()
    target, made = Budget.objects.get_or_create(
        workspace=member.workspace,
        year=year,
        defaults={"name": _("Joint budget %(year)s") % {"year": year}, "created_by": member, "created_at": now},
    )
    target.workspace = member.workspace
    if made:
        new_version(target, member)
    return hold_budget(member.workspace, target.pk)


def follow(row, version) -> Line:
    before = row.revision.line
    line = Line.objects.create(
        workspace_id=version.workspace_id,
        budget=version.budget,
        origin=before,
        forecast=Line.Forecast.PLAN if before.forecast == Line.Forecast.TYPED else before.forecast,
        notes=before.notes,
        owner=before.owner if before.owner and not before.owner.left_at else None,
        created_at=version.budget.workspace.now(),
    )
    values = row.values | {"people_seal": carried(row.revision, line)}
    Revision.objects.create(workspace_id=version.workspace_id, line=line, version=version, **values)
    return line
