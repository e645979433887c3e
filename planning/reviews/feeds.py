"""A member's own calendar address. Whoever has it reads the dates; nothing else can be done with it."""

import hashlib
import secrets

from django.db import connection
from django.utils.translation import gettext_lazy

from planning.trail.acts import action, record

from .models import Feed


@action(gettext_lazy("made a calendar address in {subject}"))
def make_feed(member) -> str:
    """A new secret; the one before stops working. It is returned this once and kept only as its SHA-256."""
    workspace = member.workspace
    Feed.objects.of(workspace).filter(member=member, revoked_at=None).update(revoked_at=workspace.now())
    secret = secrets.token_urlsafe(32)
    Feed.objects.create(workspace=workspace, member=member, secret_hash=digest(secret))
    record(make_feed, member, workspace)
    return secret


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def owner_of(secret: str) -> tuple[int, int] | None:
    """(workspace id, member id) behind a secret, None when it opens nothing. Asked before any workspace is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT workspace_id, member_id FROM reviews_feed_owner(%s)", [digest(secret)])
        return cursor.fetchone()
