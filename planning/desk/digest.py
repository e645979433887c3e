"""One mail a day a person: what they can do, and what happened that they were told. Nothing to say, no mail.

A digest belongs to a member, not to a user: two workspaces never share a mail. It is a reminder row itself, one a local
day, so that any number of workers send it once.
"""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.notices import claiming
from planning.notices.delivery import frame, item
from planning.notices.mail import absolute, decision_link, send
from planning.notices.models import Notice, Reminder
from planning.notices.quiet import digest_time, is_quiet, local_day
from planning.people.models import Member
from planning.people.scope import scope
from planning.shared import clock
from planning.signoffs import mail_keys
from planning.signoffs.waiting import duties_for, seats_for
from planning.trail.models import Entry

RULE = SUBJECT = "digest"
LONGEST = 30  # lines a section; the page has the rest


def members_due(workspace) -> list[int]:
    """Ids of members whose digest of the day is due and not sent."""
    now = workspace.now()
    members = (
        Member.objects.of(workspace)
        .active()
        .filter(user__is_active=True)
        .select_related("user", "workspace")
        .order_by("pk")
    )
    done = set(
        Reminder.objects.of(workspace)
        .filter(rule=RULE, due_at__gte=now - timedelta(days=3))
        .exclude(state=claiming.State.WAITING)
        .values_list("member_id", "occurrence")
    )
    return [one.pk for one in members if is_due(one, now) and (one.pk, str(local_day(one, now))) not in done]


def is_due(member, now: datetime) -> bool:
    return now >= digest_time(member, local_day(member, now)) and not is_quiet(member, now)


def deliver(workspace_id: int, member_id: int) -> bool:
    """Send a member's digest of today, if this worker gets it and there is something to say."""
    with scope(workspace_id):
        member = Member.objects.select_related("user", "workspace").get(pk=member_id)
        now = member.workspace.now()
        row = claimed(member, now) if member.left_at is None and is_due(member, now) else None
        if row is None:
            return False
        later = claiming.claim(
            claiming.due(member, now).exclude(rule=RULE).exclude(facts__contains={"at_once": True}), member, now
        )
        facts = compose(member, later)
        if not facts["sections"]:
            Reminder.objects.filter(pk=row.pk).update(state=claiming.State.DROPPED)
            return False
    post(member, facts, [row, *later])
    return True


def claimed(member, now) -> Reminder | None:
    """Today's row, for the one worker that made it or took it."""
    key = {
        "rule": RULE,
        "subject": SUBJECT,
        "member": member,
        "channel": "mail",
        "occurrence": str(local_day(member, now)),
    }
    fresh = {"due_at": now, "state": claiming.State.CLAIMED, "claimed_at": clock.now()}
    row, made = Reminder.objects.get_or_create(workspace=member.workspace, **key, defaults=fresh)
    return row if made or claiming.take(row) else None


def post(member, facts, rows):
    """Mail it, then record what it held; what could not be sent waits again."""
    notices = facts.pop("notices")
    try:
        with translation.override(member.user.language):
            send(member.email, subject_of(member, facts), "mail/digest.html", facts, reference=f"digest-{rows[0].pk}")
    except Exception:
        with scope(member.workspace_id):
            claiming.give_back(rows)
        raise
    with scope(member.workspace_id):
        claiming.sent(rows)
        Notice.objects.filter(pk__in=notices).update(mailed_at=clock.now())


def subject_of(member, facts) -> str:
    count = facts["needs"]
    words = {"workspace": member.workspace, "count": count}
    if not count:
        return _("What happened in %(workspace)s") % words
    return (
        ngettext("%(count)d thing needs you in %(workspace)s", "%(count)d things need you in %(workspace)s", count)
        % words
    )


# ── What it says ─────────────────────────────────────────────────────────────────────────────────────────────────────
def compose(member, reminders) -> dict:
    """The mail's sections, empty ones left out: [{title, items: [{subject, lines, url}]}]; and the notices it holds."""
    with translation.override(member.user.language):
        waiting = list(seats_for(member)[:LONGEST])
        mail_keys.make(member.workspace, [(seat, member) for seat in waiting])
        seats = [seat_item(seat, member) | {"decide": key_link(seat, member)} for seat in waiting]
        seats += [seat_item(duty, member) for duty in duties_for(member)[:LONGEST]]
        open_papers = {one["path"] for one in seats}
        notices = unread(member)
        needs = [notice_item(one) for one in notices if one.needs and one.url not in open_papers]
        told = [notice_item(one) for one in notices if not one.needs]
        sections = [
            (_("Waiting for you"), seats + needs),
            (_("Coming up"), [item(one) for one in reminders]),
            (_("What happened"), told),
        ]
        return frame(member) | {
            "needs": len(seats) + len(needs),
            "sections": [{"title": title, "items": items} for title, items in sections if items],
            "notices": [one.pk for one in notices],
        }


def unread(member) -> list[Notice]:
    """Notices that were neither read nor mailed, newest last."""
    waiting = (
        Notice.objects.of(member.workspace).filter(member=member).unread().filter(mailed_at=None).order_by("at", "pk")
    )
    found = list(waiting[:LONGEST])
    entries = {
        one.pk: one
        for one in Entry.objects.of(member.workspace).filter(pk__in=[one.entry_id for one in found]).newest()
    }
    for one in found:
        one.entry = entries.get(one.entry_id)
    return [one for one in found if one.entry]


def seat_item(seat, member) -> dict:
    paper, now = seat.paper, member.workspace.now()
    days = (now.date() - paper.opened_at.astimezone(member.workspace.zone).date()).days
    lines = [ngettext("waits %d day", "waits %d days", days) % days] if days > 0 else [_("new today")]
    if seat.due_at:
        lines.append(_("due %(when)s") % {"when": seat.due_at.astimezone(member.zone).strftime("%d.%m.%Y %H:%M")})
    if said := getattr(seat, "reason", seat.role_name):
        lines.append(said)
    return {"subject": paper.label, "lines": lines, "url": absolute(paper.url), "path": paper.url}


def key_link(seat, member) -> str:
    """The address at which this seat is decided from the mail."""
    return decision_link(mail_keys.sealed(seat, member))


def notice_item(notice) -> dict:
    who = notice.entry.member.name if notice.entry.member else notice.entry.by_itself
    note = getattr(notice.entry, "note", None)
    return {
        "subject": f"{who} {notice.entry.sentence}",
        "lines": [note.text] if note else [],
        "url": absolute(notice.url),
    }
