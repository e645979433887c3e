"""Somebody leaves: what waits for them moves in the same transaction, then their keys go, then they do.

At the top of the house because it calls down: what they hold first, then seats, people last.
"""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.models import Reminder
from planning.notices.telling import tell
from planning.people.models import ApiToken, Member, Role
from planning.people.places import place
from planning.roles.routing.following import in_history, tell_new
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.moving import hand_over
from planning.team.deputising import end_deputies
from planning.team.membership import may_change
from planning.team.staffing import hold_leads
from planning.trail.acts import action, record

from .handing_on import hand_on


@action(_("ended the place of {subject}"))
def leave(leaver, member, successor=None, note: str = "", heirs=None) -> Member:
    """End `leaver`'s place; by themselves or by who staffs their side. What they signed stays signed.

    `successor`, of the same side, gets what waits for them, and leads when the last lead goes. What they hold (KPIs,
    roles, lines, vendors, promises) goes to its heir in `heirs`, {key: Member} (handing_on), else to the successor.
    Refused: a side left without a lead, a successor who is on another side or decides nothing, a seat that nobody else
    could decide, and a thing that would be nobody's.
    """
    leads = hold_leads(member.workspace, leaver.side)
    leaver = lock(Member.objects.of(member.workspace).select_related("user"), leaver.pk)
    refuse(leaver, member, successor)
    now, was_lead = member.workspace.now(), leaver.is_lead
    promoted = make_lead(leaver, leads, successor) if was_lead else None
    handed, followed = hand_on(leaver, member, successor, heirs or {})
    moved = hand_over(leaver, successor)
    end_deputies(leaver, now)
    ApiToken.objects.of(member.workspace).filter(member=leaver, revoked_at=None).update(revoked_at=now)
    Reminder.objects.of(member.workspace).filter(member=leaver, state="waiting").update(state="dropped")
    leaver.left_at = now
    leaver.save(update_fields=["left_at"])
    after = {
        "successor": successor and successor.pk,
        "now leads": promoted and promoted.pk,
        "seats moved": moved,
        "handed over": handed,
    } | in_history(followed)
    entry = record(leave, member, leaver, before={"side": leaver.side, "role": leaver.role}, after=after, note=note)
    tell_new(followed, entry)
    told = Member.objects.of(member.workspace).leads().select_related("user")
    tell([*told, successor, *(heirs or {}).values()], entry, url=place(member.workspace, "team:index"))
    return leaver


def refuse(leaver, member, successor):
    if member.pk != leaver.pk and not may_change(member, leaver):
        raise NotYours(_g("This is for %(person)s or a lead of their side.") % {"person": leaver})
    if leaver.left_at:
        raise Refused(_g("%(person)s has left already.") % {"person": leaver})
    if successor is None:
        return
    if successor.pk == leaver.pk or successor.side != leaver.side or successor.left_at:
        raise Refused(_g("A successor is somebody else of the same side."), "successor")
    if not successor.can_edit:
        raise Refused(_g("%(person)s decides nothing and cannot follow.") % {"person": successor}, "successor")


def make_lead(leaver, leads, successor) -> Member | None:
    """The successor leads when nobody else does. Returns them when that was needed."""
    if [lead.pk for lead in leads] != [leaver.pk]:
        return None
    if successor is None:
        raise Refused(
            _g("%(person)s is the last lead of %(side)s. Name who leads from now on.")
            % {"person": leaver, "side": leaver.get_side_display()},
            "successor",
        )
    Member.objects.filter(pk=successor.pk).update(role=Role.LEAD)
    successor.role = Role.LEAD
    return successor
