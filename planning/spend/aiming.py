"""The share of technology spend that may go round the process: what both sides aim at."""

from decimal import Decimal

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .models import Target


@action(_("set the target for unapproved technology spend: {subject}"))
def aim(member, percent: Decimal, reached_by=None) -> Target:
    """A new target in percent, to be reached by a day. Refused: a share that is none."""
    if not 0 <= percent <= 100:
        raise Refused(__("A share is between 0 and 100 percent."), "percent")
    before = in_force(member.workspace)
    made = Target.objects.create(
        workspace=member.workspace,
        percent=percent,
        reached_by=reached_by,
        said_by=member,
        said_at=member.workspace.now(),
    )
    record(aim, member, made, before={"percent": before and before.percent}, after={"percent": percent})
    return made


def in_force(workspace) -> Target | None:
    return Target.objects.of(workspace).order_by("-pk").first()
