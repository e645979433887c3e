"""Which side, which role: said by the leads of the side, and never so that a side stands without a lead."""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import Member, Role
from planning.people.places import place
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.signoffs.moving import hand_over
from planning.trail.acts import action, record

from .deputising import end_deputies
from .staffing import hold_leads, may_staff, refuse_last_lead, refuse_pairing, refuse_stranger

HOLDS = {"security": _("security"), "legal": _("legal")}


def may_change(member, target) -> bool:
    return target.left_at is None and may_staff(member, target.side)


@action(_("changed the place of {subject}"))
def change_place(target, member, *, side: str, role: str, title: str = "", holds=()) -> Member:
    """Give `target` a side, a role, a title and the seats they decide besides ("security", "legal").

    Who changes sides stops standing in for others, and their open seats go to the leads of the side they leave; one
    person is one member, so whoever turned one key of a paper never turns the other. Refused: a side that is not the
    member's to staff (both sides, when they differ), a side left without a lead, guests who would lead or plan.
    """
    refuse_stranger(member, target.side)
    refuse_stranger(member, side)
    refuse_pairing(side, role)
    leads = hold_leads(member.workspace, target.side)
    target = lock(Member.objects.of(member.workspace).select_related("user"), target.pk)
    if target.left_at:
        raise Refused(_g("%(person)s has left.") % {"person": target})
    steps_down = role != Role.LEAD or side != target.side
    if target.is_lead and steps_down:
        refuse_last_lead(target, leads)
    before = described(target)
    if side != target.side or role not in (Role.LEAD, Role.PLANNER):
        end_deputies(target, member.workspace.now())
        hand_over(target)
    target.side, target.role, target.title = side, role, title.strip()
    target.holds = sorted(set(holds) & HOLDS.keys())
    if described(target) == before:
        return target
    target.save(update_fields=["side", "role", "title", "holds"])
    entry = record(change_place, member, target, before=before, after=described(target))
    tell([target], entry, url=place(member.workspace, "team:index"))
    return target


def described(member) -> dict:
    return {"side": member.side, "role": member.role, "title": member.title, "holds": list(member.holds)}


def refuse_other(member, target):
    """Only the person, or who staffs their side."""
    if member.pk != target.pk and not may_change(member, target):
        raise NotYours(_g("This is for %(person)s or a lead of their side.") % {"person": target})
