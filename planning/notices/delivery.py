"""Mail that does not wait for the digest: what is due today, merged into one mail a person."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.people.models import Member
from planning.people.places import place
from planning.people.scope import scope

from . import claiming
from .mail import absolute, decision_link, send


def waiting_members(workspace) -> list[int]:
    """Ids of members with a reminder that is due at once. Gives back, on the way, what lost workers held."""
    claiming.recover(workspace)
    due = claiming.Reminder.objects.of(workspace).filter(
        state=claiming.State.WAITING, due_at__lte=workspace.now(), facts__contains={"at_once": True}
    )
    return sorted(set(due.values_list("member_id", flat=True)))


def deliver(workspace_id: int, member_id: int) -> int:
    """Mail a member everything that is due at once, as one mail. Returns how many reminders it held."""
    with scope(workspace_id):
        member = Member.objects.select_related("user", "workspace").get(pk=member_id)
        now = member.workspace.now()
        at_once = claiming.due(member, now).filter(facts__contains={"at_once": True})
        open_now = [one.pk for one in at_once if claiming.may_come(one, member, now)]
        claimed = claiming.claim(at_once.filter(pk__in=open_now), member, now)
    if claimed:
        finish(workspace_id, claimed, lambda: mail(member, claimed))
    return len(claimed)


def finish(workspace_id, reminders, post):
    """Send, then record that it was sent; what could not be sent waits again."""
    try:
        post()
    except Exception:
        with scope(workspace_id):
            claiming.give_back(reminders)
        raise
    with scope(workspace_id):
        claiming.sent(reminders)


def mail(member, reminders):
    with translation.override(member.user.language):
        count = len(reminders)
        subject = (
            reminders[0].facts["subject"]
            if count == 1
            else ngettext("%d thing is due", "%d things are due", count) % count
        )
        facts = frame(member) | {"items": [item(one) for one in reminders]}
        subject = _("%(what)s – %(workspace)s") % {"what": subject, "workspace": member.workspace}
        send(member.email, subject, "mail/reminder.html", facts, reference=f"reminder-{reminders[0].pk}-{member.pk}")


def item(reminder) -> dict:
    """A reminder as mails show it: {subject, lines, url, decide}."""
    facts = reminder.facts
    return {
        "subject": facts.get("subject", ""),
        "lines": facts.get("lines", []),
        "url": absolute(facts.get("url", "/")),
        "decide": decision_link(facts["sealed"]) if facts.get("sealed") else "",
    }


def frame(member) -> dict:
    """What every mail to a member shows around its text. The profile is a room above, known here by its address."""
    workspace = member.workspace
    return {"member": member, "workspace": workspace, "profile_url": absolute(place(workspace, "team:profile"))}
