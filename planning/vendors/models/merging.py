"""Two entries of the register that are one vendor: what looks alike, what was merged, and what moved with it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace

from .register import Vendor


class Merge(InWorkspace):
    """`gone` turned out to be `kept`. `before` is what `kept` said of itself then, and what it took over.

    While it stands `gone.merged_into` leads to `kept`; undone, both are what they were.
    """

    gone = models.ForeignKey(Vendor, models.PROTECT, related_name="mergers")
    kept = models.ForeignKey(Vendor, models.PROTECT, related_name="taken_in")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    undone_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="vendor_merge_two", condition=~Q(gone=F("kept"))),
            models.UniqueConstraint(
                fields=["workspace", "gone"], name="vendor_merge_once", condition=Q(undone_at=None)
            ),
        ]

    def __str__(self):
        return f"{self.gone} → {self.kept}"


class Moved(InWorkspace):
    """One row that pointed at the vendor that is gone, so that undoing moves back exactly these."""

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="moved")
    table = models.CharField(max_length=63)
    row = models.BigIntegerField()

    class Meta(InWorkspace.Meta):
        indexes = [models.Index(fields=["workspace", "merge", "table"], name="vendor_moved")]

    def __str__(self):
        return f"{self.table} {self.row}"


class Twin(InWorkspace):
    """Two vendors whose names look like one. `likeness` is 0–100. Said to be apart once, it is not suggested again."""

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        MERGED = "merged", _("merged")
        APART = "apart", _("not the same")

    first = models.ForeignKey(Vendor, models.CASCADE, related_name="+")
    second = models.ForeignKey(Vendor, models.CASCADE, related_name="+")
    likeness = models.PositiveSmallIntegerField(_("likeness"))
    state = models.CharField(_("state"), max_length=6, choices=State, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "first", "second"], name="vendor_twin_once"),
            models.CheckConstraint(name="vendor_twin_in_order", condition=Q(first__lt=F("second"))),
        ]
        indexes = [models.Index(fields=["workspace", "state"], name="vendor_twin_state")]

    def __str__(self):
        return f"{self.first} / {self.second}"
