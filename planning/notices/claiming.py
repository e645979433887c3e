"""Claim, check again, send, record: with any number of workers each reminder is sent once."""

from datetime import datetime, timedelta

from planning.shared import clock

from .models import Reminder
from .quiet import is_quiet

State = Reminder.State
LOST_AFTER = timedelta(minutes=15)  # a worker that claimed and fell silent is given up


def due(member, now: datetime):
    """Waiting reminders of a member whose time has come, oldest first."""
    return Reminder.objects.of(member.workspace_id).filter(member=member, state=State.WAITING, due_at__lte=now)


def claim(reminders, member, now: datetime) -> list[Reminder]:
    """Those of `reminders` that this worker got, and that still matter. Call in a transaction of its own."""
    got = [one for one in reminders.order_by("pk") if take(one)]
    still = [one for one in got if matters(one, member, now)]
    lapsed = {one.pk for one in got} - {one.pk for one in still}
    Reminder.objects.filter(pk__in=lapsed).update(state=State.DROPPED)
    return still


def take(reminder) -> bool:
    """The conditional update: True for the one worker that changed the row from waiting to claimed."""
    row = Reminder.objects.filter(pk=reminder.pk, state=State.WAITING)
    return row.update(state=State.CLAIMED, claimed_at=clock.now()) == 1


def matters(reminder, member, now: datetime) -> bool:
    until = reminder.facts.get("until")
    return member.left_at is None and member.user.is_active and not (until and datetime.fromisoformat(until) <= now)


def may_come(reminder, member, now: datetime) -> bool:
    """Quiet hours hold a mail back, never a legal clock's."""
    return bool(reminder.facts.get("legal")) or not is_quiet(member, now)


def sent(reminders):
    Reminder.objects.filter(pk__in=[one.pk for one in reminders]).update(state=State.SENT, sent_at=clock.now())


def give_back(reminders):
    """It was not sent; somebody else may."""
    Reminder.objects.filter(pk__in=[one.pk for one in reminders]).update(state=State.WAITING, claimed_at=None)


def recover(workspace):
    """Give back what a lost worker claimed."""
    lost = Reminder.objects.of(workspace).filter(state=State.CLAIMED, claimed_at__lt=clock.now() - LOST_AFTER)
    lost.update(state=State.WAITING, claimed_at=None)
