"""The mail that brings somebody in."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from planning.notices.mail import send
from planning.people.models import Invitation
from planning.people.scope import scope
from planning.people.secrets import invitation_secret
from planning.shared import clock


def send_invitation(workspace_id: int, invitation_id: int) -> bool:
    """Mail the link of an open invitation, once a link. False when it was sent, used or withdrawn meanwhile."""
    with scope(workspace_id):
        invitation = claimed(workspace_id, invitation_id)
        if invitation is None:
            return False
        try:
            mail(invitation)
        except Exception:
            Invitation.objects.filter(pk=invitation_id).update(mailed_at=None)
            raise
    return True


def claimed(workspace_id, invitation_id):
    open_ones = Invitation.objects.of(workspace_id).open().filter(pk=invitation_id, mailed_at=None)
    if open_ones.update(mailed_at=clock.now()) != 1:
        return None
    return Invitation.objects.select_related("workspace", "invited_by__user").get(pk=invitation_id)


def link(invitation) -> str:
    secret = invitation_secret(invitation.workspace_id, invitation.email, invitation.expires_at)
    return settings.SITE_URL.rstrip("/") + reverse("invitation", args=[secret])


def mail(invitation):
    with translation.override(invitation.workspace.language):
        subject = _("%(person)s invites you to plan with %(workspace)s") % {
            "person": invitation.invited_by,
            "workspace": invitation.workspace,
        }
        facts = {"invitation": invitation, "workspace": invitation.workspace, "url": link(invitation)}
        send(
            invitation.email,
            subject,
            "mail/invitation.html",
            facts,
            reference=f"invitation-{invitation.pk}-{invitation.expires_at:%Y%m%d%H%M%S}",
        )
