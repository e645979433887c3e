"""Reminders: each is a row with a unique key, so that asking twice makes one. The row is the outbox.

`facts` is what the mail says, written by the room that reminds: {"subject": one line, "lines": [more lines],
"url": path in the workspace}, and perhaps "at_once" (not in the digest but when it is due), "legal" (quiet hours do not
hold it back) and "until" (ISO instant after which it no longer matters).
"""

from dataclasses import dataclass, field
from datetime import datetime

from planning.people.models import Member

from .models import Reminder


@dataclass(frozen=True)
class Step:
    """One person to remind at one instant; a ladder climbs by steps to the deputy, the lead, the side that waits."""

    member: Member
    due_at: datetime
    occurrence: str
    facts: dict = field(default_factory=dict)


def remind(workspace, rule: str, subject: str, steps) -> None:
    """Write the steps that are not there yet. `rule` says why ("signoffs.due"), `subject` what ("signoffs.seat:12")."""
    Reminder.objects.bulk_create(
        [
            Reminder(
                workspace_id=workspace.pk,
                rule=rule,
                subject=subject,
                member=step.member,
                occurrence=step.occurrence,
                due_at=step.due_at,
                facts=step.facts,
            )
            for step in steps
        ],
        ignore_conflicts=True,
    )


def drop(workspace, rule: str, *subjects: str) -> int:
    """It no longer matters: what was not sent yet is not sent. Returns how many were dropped."""
    waiting = Reminder.objects.of(workspace).filter(rule=rule, subject__in=subjects, state=Reminder.State.WAITING)
    return waiting.update(state=Reminder.State.DROPPED)


def take_up(workspace, rule: str, subject: str, occasion: str) -> int:
    """It matters again: what was dropped of this occasion (the beginning of an occurrence) waits once more."""
    dropped = Reminder.objects.of(workspace).filter(rule=rule, subject=subject, state=Reminder.State.DROPPED)
    return dropped.filter(occurrence__startswith=occasion).update(state=Reminder.State.WAITING)
