"""A status set by hand: with a reason and an expiry, and the next reading clears it."""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from ..models import Kpi, Override
from ..status import Status
from .readings import other_owners


@action(_("set the status of {subject} by hand"))
def override(kpi, member, status: str, reason: str, until) -> Override:
    """Show `status` until a day (not included). Refused: no reason, an unknown status, an expiry that is over."""
    workspace = member.workspace
    if status not in Status.values:
        raise Refused(_g("“%(text)s” is no status.") % {"text": status}, "status")
    if not reason.strip():
        raise Refused(_g("Say why the figure does not speak for itself."), "reason")
    if until <= workspace.today():
        raise Refused(_g("A status set by hand ends on a day to come."), "until")
    kpi = lock(Kpi.objects.of(workspace).active(), kpi.pk)
    said = {"status": status, "reason": reason.strip()[:300], "until": until, "member": member, "at": workspace.now()}
    made = Override.objects.update_or_create(workspace=workspace, kpi=kpi, defaults=said)[0]
    entry = record(override, member, kpi, after={"status": status, "until": until}, note=reason)
    tell(other_owners(kpi, member), entry, url=place(workspace, "kpis:kpi", kpi.pk))
    return made


@action(_("let the figures of {subject} speak again"))
def end_override(kpi, member):
    """Take back a status set by hand. Refused: there is none."""
    kpi = lock(Kpi.objects.of(member.workspace), kpi.pk)
    if not Override.objects.of(member.workspace).filter(kpi=kpi).delete()[0]:
        raise Refused(_g("The status of “%(kpi)s” comes from its figures.") % {"kpi": kpi})
    record(end_override, member, kpi)
