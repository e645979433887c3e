"""Coming in: an invitation by mail, into a side and a role. The link works once and for a fortnight."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.notices.telling import tell
from planning.people.models import Invitation, Member, Side
from planning.people.places import place
from planning.people.secrets import fingerprint, invitation_secret
from planning.shared.locking import lock
from planning.shared.refusals import Refused
from planning.trail.acts import action, record

from .deputising import end_deputies
from .staffing import refuse_pairing, refuse_stranger
from .tasks import mail_invitation

GOOD_FOR = timedelta(days=14)


@action(_("invited {subject}"))
def invite(member, email: str, side: str, role: str) -> Invitation:
    """Offer `email` a place on `side` as `role`, and mail the link after commit.

    Refused: a side that is not the member's to staff, somebody who is here already, an address with an open invitation.
    """
    email = clean_email(email)
    refuse_stranger(member, side)
    refuse_pairing(side, role)
    if Member.objects.of(member.workspace).active().filter(user__email=email).exists():
        raise Refused(_g("%(email)s is here already.") % {"email": email}, "email")
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                workspace=member.workspace,
                email=email,
                side=side,
                role=role,
                invited_by=member,
                **fresh_link(member.workspace, email),
            )
    except IntegrityError as error:
        raise Refused(
            _g("An invitation to %(email)s is open already; send it again instead.") % {"email": email}, "email"
        ) from error
    record(invite, member, invitation, after={"side": side, "role": role})
    mail_after_commit(invitation)
    return invitation


@action(_("sent the invitation of {subject} again"))
def resend(invitation, member) -> Invitation:
    """A new link, good for another fortnight; the old one stops working."""
    invitation = open_invitation(invitation, member)
    for field, value in fresh_link(member.workspace, invitation.email).items():
        setattr(invitation, field, value)
    invitation.mailed_at = None
    invitation.save()
    record(resend, member, invitation)
    mail_after_commit(invitation)
    return invitation


@action(_("withdrew the invitation of {subject}"))
def withdraw_invitation(invitation, member) -> Invitation:
    invitation = open_invitation(invitation, member)
    invitation.withdrawn_at = member.workspace.now()
    invitation.save(update_fields=["withdrawn_at"])
    record(withdraw_invitation, member, invitation)
    return invitation


@action(_("joined: {subject}"))
def accept(invitation, user) -> Member:
    """`user`, whose address was invited, takes the place. Call inside the invitation's workspace.

    Somebody who was here before comes back as the same member, so what they signed stays theirs; standing in for
    others does not come back. Refused: a link that was used, withdrawn or has run out, and another person's link.
    """
    invitation = lock(Invitation.objects.of(invitation.workspace_id), invitation.pk)
    workspace, now = invitation.workspace, invitation.workspace.now()
    if user.email != invitation.email:
        raise Refused(_g("This invitation is for %(email)s.") % {"email": invitation.email})
    if complaint := what_is_wrong(invitation):
        raise Refused(complaint)
    member = Member.objects.of(workspace).filter(user=user).select_for_update(of=("self",)).first()
    before = member and {"side": member.side, "role": member.role, "left_at": member.left_at}
    member = member or Member(workspace=workspace, user=user, joined_at=now)
    if member.pk and member.left_at is None:
        raise Refused(_g("You are in %(workspace)s already.") % {"workspace": workspace})
    end_deputies(member, now)
    member.side, member.role, member.left_at = invitation.side, invitation.role, None
    member.workspace, member.user = workspace, user
    member.save()
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    entry = record(accept, member, member, before=before, after={"side": member.side, "role": member.role})
    sides = (Side.MARKETING, Side.TECHNOLOGY)
    leads = Member.objects.of(workspace).leads(*sides).select_related("user")
    tell([*leads, invitation.invited_by], entry, url=place(workspace, "team:index"))
    return member


def what_is_wrong(invitation) -> str:
    """Why the link no longer opens anything; empty when it does."""
    if invitation.accepted_at:
        return _g("This invitation has been used.")
    if invitation.withdrawn_at:
        return _g("This invitation was withdrawn.")
    if invitation.expires_at <= invitation.workspace.now():
        return _g("This invitation has run out.")
    return ""


def open_invitation(invitation, member) -> Invitation:
    invitation = lock(Invitation.objects.of(member.workspace), invitation.pk)
    refuse_stranger(member, invitation.side)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise Refused(what_is_wrong(invitation))
    return invitation


def fresh_link(workspace, email) -> dict:
    expires_at = workspace.now() + GOOD_FOR
    secret = invitation_secret(workspace.pk, email, expires_at)
    return {"expires_at": expires_at, "secret_hash": fingerprint(secret)}


def clean_email(text: str) -> str:
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(_g("“%(text)s” is not an e-mail address.") % {"text": text}, "email") from error
    return email


def mail_after_commit(invitation):
    ids = (invitation.workspace_id, invitation.pk)
    transaction.on_commit(lambda: mail_invitation.delay(*ids), robust=True)
