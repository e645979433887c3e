"""What happened: one entry an action, append-only, chained. Postgres numbers, hashes and refuses changes (0002)."""

import json

from django.db import models
from django.utils.functional import cached_property

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet


class Head(models.Model):
    """The last link of a workspace's chain. Locked last and briefly, by the trigger alone."""

    workspace = models.OneToOneField("people.Workspace", models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self):
        return f"#{self.number}"


class EntryQuerySet(WorkspaceQuerySet):
    def about(self, subject):
        return self.filter(subject=subject if isinstance(subject, str) else subject_of(subject))

    def newest(self):
        return self.select_related("member__user", "note").order_by("-number")


class Entry(InWorkspace):
    """Who did what to which thing. `text` is the canonical JSON that the chain covers; the columns repeat parts of it
    for searching, and verify_trail compares them."""

    number = models.PositiveBigIntegerField(editable=False)
    at = models.DateTimeField()
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    label = models.CharField(max_length=300)
    text = models.TextField()
    previous = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "number"], name="entry_number")]
        indexes = [models.Index(fields=["workspace", "subject", "-number"], name="entry_subject")]

    def __str__(self):
        return f"#{self.number} {self.verb} {self.label}"

    @cached_property
    def facts(self) -> dict:
        return json.loads(self.text)

    @property
    def before(self) -> dict:
        return self.facts.get("before") or {}

    @property
    def after(self) -> dict:
        return self.facts.get("after") or {}

    @property
    def sentence(self) -> str:
        """What was done, with the thing's name as it read then: "sent “Personalisation tool” for approval"."""
        from .acts import sentence_for

        return sentence_for(self.verb, self.label)


class Note(InWorkspace):
    """Free text of an entry. It lives apart, hashed with a salt, so that it can be erased and the chain still holds."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="note")
    text = models.TextField()
    salt = models.CharField(max_length=32)

    def __str__(self):
        return self.text[:60]


def subject_of(thing) -> str:
    """A thing as text: "purchases.purchase:12"."""
    return f"{thing._meta.label_lower}:{thing.pk}"
