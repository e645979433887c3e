"""Mail about places, after commit. The rows are the outbox: what a lost queue forgot, the clock sends later."""

import logging

from celery import shared_task

from planning.people.models import Invitation
from planning.people.scope import scope, workspace_ids

log = logging.getLogger(__name__)


@shared_task
def mail_invitation(workspace_id: int, invitation_id: int):
    from .mails import send_invitation

    send_invitation(workspace_id, invitation_id)


@shared_task
def sweep_invitations():
    """Send what the queue lost: open invitations that nobody mailed."""
    for number in workspace_ids():
        try:
            with scope(number, read_only=True):
                unsent = list(Invitation.objects.of(number).open().filter(mailed_at=None).values_list("pk", flat=True))
            for invitation in unsent:
                mail_invitation(number, invitation)
        except Exception:
            log.exception("The invitations of workspace %s could not be swept.", number)
