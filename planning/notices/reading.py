"""Reading what one was told."""

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from planning.shared import clock
from planning.trail.acts import action
from planning.trail.models import Entry

from .models import Notice

NEEDS_FIRST = Case(When(needs=True, read_at=None, then=Value(0)), default=Value(1))


def bell(member) -> tuple[int, int]:
    """How many notices are unread, and the id of the newest of them: what the bell shows, and when it changes."""
    unread = Notice.objects.of(member.workspace_id).filter(member=member).unread()
    return unread.count(), unread.order_by("-pk").values_list("pk", flat=True).first() or 0


def notices_of(member):
    """Newest first, but on top what needs the member and is unread."""
    return Notice.objects.of(member.workspace).filter(member=member).order_by(NEEDS_FIRST, "-at", "-pk")


def with_entries(member, notices) -> list[Notice]:
    """These notices, each with its entry, people by name; without those whose entry the member may no longer read."""
    entries = Entry.objects.of(member.workspace).filter(pk__in=[one.entry_id for one in notices]).newest()
    by_id = {entry.pk: entry for entry in entries}
    for one in notices:
        one.entry = by_id.get(one.entry_id)
    return [one for one in notices if one.entry]


@action(_("read {subject}"))
def mark_read(member, notices=None) -> int:
    """Mark these notices (ids) of the member as read, all of them when none are named. Returns how many.

    The one action without an entry: it changes nothing for anybody else, and what one reads is one's own business.
    """
    own = Notice.objects.of(member.workspace).filter(member=member).unread()
    return (own if notices is None else own.filter(pk__in=notices)).update(read_at=clock.now())
