"""What an operator does from the command line: a workspace, and the first people in it.

The same rules as on the pages; nobody's name stands for the operator in the history, so the entry has no member.
"""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.calendar.seeding import seed
from planning.people.founding import found
from planning.people.models import Member, Role, User, Workspace
from planning.people.scope import scope
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.signoffs.moving import hand_over
from planning.trail.acts import action, record

from .accounts import make_account
from .deputising import end_deputies
from .inviting import clean_email
from .membership import HOLDS, described
from .staffing import hold_leads, refuse_last_lead, refuse_pairing


@action(_("opened the workspace {subject}"), by="operator")
def create_workspace(slug: str, **fields) -> Workspace:
    """An empty workspace with its calendar. `fields`: name, currency, fiscal_start, fiscal_label, timezone, language.

    Refused: an address that is taken or reserved, a zone or currency that does not exist.
    """
    workspace = found(slug, **fields)
    with scope(workspace):
        seed(workspace)
        told = {"slug": workspace.slug, "currency": workspace.currency, "fiscal_start": workspace.fiscal_start}
        record(create_workspace, None, workspace, after=told)
    return workspace


@action(_("gave {subject} a place"), by="operator")
def add_member(
    workspace, email: str, *, side: str, role: str, holds=(), name: str = "", password: str | None = None
) -> Member:
    """Put `email` on a side; the account is made when there is none. Running it again changes nothing more.

    Call inside the workspace's scope. `password` is set when given. What waits for somebody who changes sides, or
    decides nothing any more, moves as it does on the pages. Refused: guests who would lead or plan, taking a side's
    last lead away, and a seat that nobody else could decide.
    """
    email = clean_email(email)
    refuse_pairing(side, role)
    user = account(email, name, password)
    member = Member.objects.of(workspace).filter(user=user).first()
    before = member and described(member) | {"left_at": member.left_at}
    fresh = Member(workspace=workspace, user=user, joined_at=workspace.now())
    member = held(member, side, role) if member else fresh
    member.side, member.role, member.left_at = side, role, None
    member.holds = sorted(set(holds) & HOLDS.keys()) if holds or not member.pk else member.holds
    member.save()
    if before != described(member) | {"left_at": None}:
        record(add_member, None, member, before=before, after=described(member))
    return member


def held(member, side, role) -> Member:
    leads = hold_leads(member.workspace, member.side)
    member = lock(Member.objects.of(member.workspace).select_related("user"), member.pk)
    if member.is_lead and (side, role) != (member.side, Role.LEAD):
        refuse_last_lead(member, leads)
    if side != member.side or member.left_at or role not in (Role.LEAD, Role.PLANNER):
        end_deputies(member, member.workspace.now())
        hand_over(member)
    return member


def account(email: str, name: str = "", password: str | None = None) -> User:
    """The user with that address, made when there is none."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return make_account(email, password, name=name)
    if not user.is_active:
        raise Refused(_g("The account of %(email)s is closed.") % {"email": email}, "email")
    if name:
        user.name = name
    if password is not None:
        user.set_password(password)
    user.save()
    return user
