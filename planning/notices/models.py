"""A trail entry delivered to somebody, and reminders that are sent once."""

from django.db import models
from django.db.models import Q

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.trail.models import Entry


class NoticeQuerySet(WorkspaceQuerySet):
    def unread(self):
        return self.filter(read_at=None)


class Notice(InWorkspace):
    """Something a member should know; with `needs`, something that waits for them. Mailed in the digest unless read."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notices")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="notices")
    url = models.CharField(max_length=300)
    needs = models.BooleanField(default=False)
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "member", "entry"], name="notice_once")]
        indexes = [
            models.Index(fields=["workspace", "member", "-at"], name="notice_newest"),
            models.Index(fields=["workspace", "member"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self):
        return f"{self.member_id}: {self.entry_id}"


class Reminder(InWorkspace):
    """The row is the outbox: made with a unique key, claimed by a conditional update, checked again, sent, recorded."""

    class State(models.TextChoices):
        WAITING = "waiting"
        CLAIMED = "claimed"
        SENT = "sent"
        DROPPED = "dropped"

    rule = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    member = models.ForeignKey(Member, models.CASCADE, related_name="reminders")
    channel = models.CharField(max_length=10, default="mail")
    occurrence = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "rule", "subject", "member", "channel", "occurrence"], name="reminder_once"
            ),
            models.CheckConstraint(name="reminder_sent_when", condition=~Q(state="sent") | Q(sent_at__isnull=False)),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="reminder_due")]

    def __str__(self):
        return f"{self.rule} {self.subject}"
