"""Programs that act as a member: a token is shown once and kept as its SHA-256."""

from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from planning.people.models import ApiToken
from planning.people.secrets import fingerprint, fresh_token
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record


@action(_("made the API token {subject}"))
def make_token(member, label: str) -> str:
    """A token with which a program is `member` in this workspace. Returns the secret, which nobody can read again."""
    if not label.strip():
        raise Refused(_g("Say what the token is for."), "label")
    secret = fresh_token()
    token = ApiToken.objects.create(
        workspace=member.workspace,
        member=member,
        label=label.strip()[:80],
        secret_hash=fingerprint(secret),
        created_at=member.workspace.now(),
    )
    record(make_token, member, token)
    return secret


@action(_("revoked the API token {subject}"))
def revoke_token(token, member) -> ApiToken:
    """From now on the token opens nothing."""
    token = lock(ApiToken.objects.of(member.workspace), token.pk)
    if token.member_id != member.pk:
        raise NotYours(_g("This token is somebody else's."))
    if token.revoked_at is None:
        token.revoked_at = member.workspace.now()
        token.save(update_fields=["revoked_at"])
        record(revoke_token, member, token)
    return token
