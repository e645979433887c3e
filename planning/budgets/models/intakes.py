"""A file of budget lines on its way into a draft: how it is read, and what each of its rows would do."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.files.models import StoredFile
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared.money import MoneyField

from .plans import Budget, Line

MONTHS_NAMED = 3


class IntakeQuerySet(WorkspaceQuerySet):
    def newest(self):
        return self.select_related("file", "brought_by__user").order_by("-pk")


class Intake(InWorkspace):
    """One file. Nothing of it touches the plan before it is taken in.

    `mapping` and `confidence` as `importing.columns` proposes them. `counts` are rows and `totals` amounts (text, in
    the workspace's currency) by outcome; `digest` is of all outcomes, so that what is taken in is what was seen.
    Who works on it holds `lease`; an old `beat_at` says that nobody does any more.
    """

    class State(models.TextChoices):
        MAPPING = "mapping", _("needs mapping")
        CHECKING = "checking", _("being read")
        CHECKED = "checked", _("ready to look at")
        TAKING = "taking", _("being taken in")
        TAKEN = "taken", _("taken in")
        FAILED = "failed", _("failed")
        LEFT = "left", _("put away")

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="intakes")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    mapping = models.JSONField(default=dict)
    confidence = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    new_categories = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    failure = models.TextField(blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_in_all = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    beat_at = models.DateTimeField(null=True)
    brought_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    taken_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    objects = IntakeQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.CheckConstraint(
                name="budgets_intake_taken_when",
                condition=~Q(state="taken") | Q(taken_at__isnull=False, taken_by__isnull=False),
            )
        ]

    def __str__(self):
        return self.file.name

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.CHECKING, self.State.TAKING)

    @property
    def can_be_mapped(self) -> bool:
        return self.state in (self.State.MAPPING, self.State.CHECKED, self.State.FAILED)


class Outcome(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    UNCHANGED = "unchanged", _("unchanged")
    REFUSED = "refused", _("refused")
    LEFT_OUT = "left out", _("left out")


class IntakeRow(InWorkspace):
    """One row and what it would do. `row` counts the file's rows from 1; `amount` is None where it cannot be read.

    `reason` says why a row is refused, about the column `at`; `remark` what was read otherwise than it stands;
    `changes` are [{label, before, after}] in words.
    """

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="rows")
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    name = models.CharField(max_length=200, blank=True)
    amount = MoneyField(null=True)
    at = models.CharField(max_length=120, blank=True)
    reason = models.TextField(blank=True)
    remark = models.TextField(blank=True)
    changes = models.JSONField(default=list)
    line = models.ForeignKey(Line, models.CASCADE, null=True, related_name="+")

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "intake", "row"], name="budgets_intake_row_once")]

    def __str__(self):
        return f"{self.row}: {self.name}"

    @property
    def said(self) -> str:
        """Why it is refused, what changes, or what was read otherwise, in one sentence. Many months are counted."""
        months = [one for one in self.changes if one.get("month")]
        counted = months if len(months) > MONTHS_NAMED else []
        changes = [f"{one['label']}: {one['before'] or '–'} → {one['after'] or '–'}" for one in self.changes
                   if one not in counted]  # fmt: skip
        if counted:
            span = {"count": len(months), "first": months[0]["label"], "last": months[-1]["label"]}
            changes.append(_("%(count)s months change, from %(first)s to %(last)s") % span)
        return " ".join(part for part in (self.reason, "; ".join(changes), self.remark) if part)
