"""What happened: one entry an action, append-only, chained. Postgres numbers, hashes and refuses changes (0002)."""

import json

from django.db import models
from django.db.models import Case, OuterRef, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf, Substr
from django.db.models.lookups import Exact
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from planning.people.models import Invitation, Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet


class Head(models.Model):
    """The last link of a workspace's chain. Locked last and briefly, by the trigger alone."""

    workspace = models.OneToOneField("people.Workspace", models.CASCADE, primary_key=True, related_name="+")
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self):
        return f"#{self.number}"


def about_id(kind: str):
    """The id in the subject of the entry outside, when it is of this kind."""
    return NullIf(
        Case(
            When(
                Exact(Substr(OuterRef("subject"), 1, len(kind) + 1), Value(f"{kind}:")),
                then=Cast(Substr(OuterRef("subject"), len(kind) + 2), models.BigIntegerField()),
            ),
            default=Value(0),
        ),
        Value(0),
    )


class EntryQuerySet(WorkspaceQuerySet):
    def about_any(self, subjects):
        """Of several things, by their texts."""
        return self.filter(subject__in=subjects)

    def about(self, subject):
        return self.filter(subject=subject if isinstance(subject, str) else subject_of(subject))

    def named(self):
        """With the people they are about by name: the chain knows people only by id, so that they can be erased."""
        member = Member.objects.filter(pk=about_id("people.member"))
        invitation = Invitation.objects.filter(pk=about_id("people.invitation"))
        return self.annotate(
            person=Coalesce(
                Subquery(
                    member.annotate(
                        said=Coalesce(NullIf("user__name", Value("")), "user__email", output_field=models.CharField())
                    ).values("said")
                ),
                Subquery(invitation.values("email")),
                output_field=models.CharField(),
            )
        )

    def newest(self):
        return self.named().select_related("member__user", "note").order_by("-number")


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
    def by_itself(self) -> str:
        """What did it where no person did: the clock, or another system that showed a secret of its own."""
        from .acts import by_sender

        return _("Another system") if by_sender(self.verb) else _("The clock")

    @property
    def sentence(self) -> str:
        """What was done, with the thing's name as it read then: "sent “Personalisation tool” for approval"."""
        from .acts import sentence_for

        return sentence_for(self.verb, self.thing)

    @property
    def thing(self) -> str:
        """What it is about: the label as it read then; people by the name they have now."""
        return getattr(self, "person", None) or self.label


class Note(InWorkspace):
    """Free text of an entry. It lives apart, hashed with a salt, so that it can be erased and the chain still holds."""

    entry = models.OneToOneField(Entry, models.CASCADE, related_name="note")
    text = models.TextField()
    salt = models.CharField(max_length=32)

    def __str__(self):
        return self.text[:60]


def subject_of(thing) -> str:
    """A thing as text: "purchases.purchase:12". A paper is told as the thing it is about."""
    return getattr(thing, "subject_in_history", None) or f"{thing._meta.label_lower}:{thing.pk}"
