"""Who may say who stands on a side, and what must stay true of a side.

A side that has a lead is staffed by its own leads: else one side could seat the other's key. A side without any lead is
staffed by whoever leads another, which is how the first lead of marketing invites the first lead of technology.
"""

from django.utils.translation import gettext as _

from planning.people.models import Member, Role, Side
from planning.shared.locking import lock_all
from planning.shared.refusals import NotYours, Refused


def may_staff(member, side) -> bool:
    """Whether `member` says who stands on `side`. Guests are any lead's to invite."""
    if not member.is_lead:
        return False
    return side in (member.side, Side.GUEST) or not Member.objects.of(member.workspace_id).leads(side).exists()


def refuse_stranger(member, side):
    if not may_staff(member, side):
        raise NotYours(
            _("Who stands on a side is said by its own leads; ask a lead of %(side)s.") % {"side": Side(side).label},
            "side",
        )


def refuse_pairing(side, role):
    """Guests look, they neither lead nor plan."""
    if side == Side.GUEST and role != Role.VIEWER:
        raise Refused(_("A guest looks at what is shared with them; choose viewer."), "role")


def hold_leads(workspace, side) -> list[Member]:
    """All leads of a side, held until the transaction ends, so that two of them cannot leave at one moment."""
    return lock_all(Member.objects.of(workspace).leads(side))


def refuse_last_lead(member, leads):
    """A side never stands without a lead. `leads` are the held leads of the member's side."""
    if [lead.pk for lead in leads] == [member.pk]:
        raise Refused(
            _("%(person)s is the last lead of %(side)s. Make somebody else lead first.")
            % {"person": member, "side": member.get_side_display()},
            "role",
        )
