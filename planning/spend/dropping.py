"""Files that come by themselves: another system, or a mailbox, sends those of one source to a drop.

A drop's secret brings files of its source and opens nothing else. Each file waits for a person to confirm how it is
read, unless the drop is trusted and the file is read by the source's mapping as it is. The same bytes twice are one
import.
"""

from datetime import timedelta

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from planning.files.storing import fingerprint as digest_of
from planning.notices.telling import tell
from planning.people.places import place
from planning.people.secrets import fingerprint, fresh_token
from planning.shared.locking import lock
from planning.shared.refusals import NotYours, Refused
from planning.trail.acts import action, record

from . import actions
from .models import Drop, Import

MOST_AN_HOUR = 60


class TooMany(Refused):
    """More files than a drop takes (HTTP 429)."""

    status = 429


@action(_("opened the drop {subject}"))
def open_drop(source, member, label: str, trusted: bool = False) -> str:
    """A secret with which a system may bring files of this source. Returned this once; nobody can read it again.

    Refused: without words for what sends, and trust in a source whose mapping nobody confirmed yet.
    """
    if not label.strip():
        raise Refused(__("Say what sends these files."), "label")
    if trusted and not source.confirmed_by_id:
        raise Refused(__("Confirm how one of these files is read first; then a drop may be trusted."), "trusted")
    secret = fresh_token()
    drop = Drop.objects.create(
        workspace=member.workspace,
        source=source,
        label=label.strip()[:80],
        secret_hash=fingerprint(secret),
        trusted=trusted,
        opened_by=member,
        opened_at=member.workspace.now(),
    )
    record(open_drop, member, drop, after={"source": str(source), "trusted": trusted})
    return secret


@action(_("closed the drop {subject}"))
def close_drop(drop, member) -> Drop:
    """From now on the secret opens nothing. What it brought stays."""
    drop = lock(Drop.objects.of(member.workspace), drop.pk)
    if drop.revoked_at is None:
        drop.revoked_at = member.workspace.now()
        drop.save(update_fields=["revoked_at"])
        record(close_drop, member, drop)
    return drop


@action(_("took in {subject}, which was sent to a drop"), by="sender")
def receive(drop, file) -> tuple[Import, bool]:
    """The import of a file that was sent, and whether it had come before. It comes in the name of who opened the drop.

    Refused: what `upload` refuses, an opener who may not bring files any more, and more than 60 files an hour.
    """
    drop = lock(Drop.objects.of(drop.workspace_id).select_related("source", "opened_by__user", "workspace"), drop.pk)
    member, now = drop.opened_by, drop.workspace.now()
    if not member.can_edit:
        raise NotYours(__("Who opened this drop may not bring files any more."))
    known = drop.imports.filter(file__sha256=digest_of(file)[0]).exclude(state=Import.State.UNDONE)
    if earlier := known.newest().first():
        return earlier, True
    if drop.imports.filter(created_at__gt=now - timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooMany(__("A drop takes %(most)s files an hour; send this one later.") % {"most": MOST_AN_HOUR})
    batch = actions.taken_in(member, file, {"source": drop.source.name}, drop)
    drop.used_at = now
    drop.save(update_fields=["used_at"])
    entry = record(receive, None, batch, after={"drop": str(drop)} | actions.facts_of(batch))
    waits = batch.state == Import.State.MAPPING
    tell([member], entry, url=place(drop.workspace, "spend:import", batch.pk), needs=waits)
    return batch, False


def open_drops(source):
    return source.drops.filter(revoked_at=None).select_related("opened_by__user").order_by("pk")
