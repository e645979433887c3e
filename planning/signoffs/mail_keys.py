"""Deciding from a mail: a link for one member, one seat, one version, and one time. Looking at it decides nothing.

The seat belongs to a version of a paper, so the link does as well: when the text changes, the new version has seats of
its own, and the old link shows what changed.
"""

from datetime import timedelta

from django.db import connection

from planning.people.secrets import fingerprint, mailed_secret
from planning.shared.refusals import Gone

from .models import MailKey

GOOD_FOR = timedelta(days=14)


def sealed(seat, member) -> str:
    """What the link's secret is made from: kept with a reminder until it is mailed, and opening nothing by itself."""
    return f"{seat.workspace_id}:{seat.pk}:{member.pk}:{seat.paper.fingerprint}"


def make(workspace, pairs) -> None:
    """Keys for `pairs` of an open seat and a member who may decide it; one that was made before stays."""
    now = workspace.now()
    MailKey.objects.bulk_create(
        [
            MailKey(
                workspace=workspace,
                seat=seat,
                member=member,
                secret_hash=fingerprint(mailed_secret(sealed(seat, member))),
                made_at=now,
                expires_at=now + GOOD_FOR,
            )
            for seat, member in pairs
        ],
        ignore_conflicts=True,
    )


def workspace_of(secret: str) -> int | None:
    """The workspace of the key that a secret opens; None when it opens nothing. Asked before a workspace is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT signoffs_mail_key(%s)", [fingerprint(secret)])
        return cursor.fetchone()[0]


def opened(secret: str) -> MailKey:
    """The key of a secret, in its workspace's scope, with its seat, paper and member."""
    known = MailKey.objects.select_related("seat__paper__workspace", "seat__paper__author__user", "member__user")
    return known.select_related("member__workspace").get(secret_hash=fingerprint(secret))


def use(key, sentence) -> None:
    """Use it up. Refused with `sentence`: the second time, however close together both come."""
    now = key.seat.paper.workspace.now()
    if not MailKey.objects.filter(pk=key.pk, used_at=None, expires_at__gt=now).update(used_at=now):
        raise Gone(sentence)
