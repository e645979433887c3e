"""Something that happened, told; and something that is due."""

from datetime import timedelta

from planning.notices.models import Reminder
from planning.notices.telling import tell
from planning.team.profile import change_profile
from planning.trail.acts import record


def told(cast, *members, by=None, needs=False, note="", url="/acme/team/"):
    """An entry by `by` (the CIO unless said), told to `members`."""
    by = by or cast.cio
    entry = record(change_profile, by, by, note=note)
    tell(members, entry, url=url, needs=needs)
    return list(entry.notices.order_by("pk"))


def reminder(member, *, occurrence="once", minutes=-1, **facts):
    """A reminder due so many minutes from now."""
    says = {"subject": "The opt-out date is near", "lines": ["Twelve days are left."], "url": "/acme/team/"}
    return Reminder.objects.create(
        workspace=member.workspace,
        rule="test.rule",
        subject="test.thing:1",
        member=member,
        occurrence=occurrence,
        due_at=member.workspace.now() + timedelta(minutes=minutes),
        facts=says | facts,
    )
