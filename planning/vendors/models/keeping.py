"""What is kept about a vendor beside its name: the systems it touches, and papers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.files.models import StoredFile
from planning.people.models import Member
from planning.people.tenancy import InWorkspace

from .contracts import Contract
from .register import DataClass, Vendor


class System(InWorkspace):
    """A system of ours that a vendor touches, and the strictest data it sees there."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="systems")
    name = models.CharField(_("system"), max_length=120)
    data_class = models.CharField(_("customer data"), max_length=8, choices=DataClass)
    purpose = models.CharField(_("what for"), max_length=200, blank=True)

    class Meta(InWorkspace.Meta):
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["workspace", "vendor"], name="vendor_systems")]

    def __str__(self):
        return self.name


class Document(InWorkspace):
    """A paper of a vendor, of one of its contracts where it belongs there; valid until a day, where it names one."""

    class Kind(models.TextChoices):
        CONTRACT = "contract", _("contract")
        PROCESSING = "processing", _("data processing agreement")
        SECURITY = "security", _("security report")
        INSURANCE = "insurance", _("insurance")
        OTHER = "other", _("other")

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="documents")
    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="documents")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.OTHER)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["kind", "-pk"]
        indexes = [models.Index(fields=["workspace", "vendor"], name="vendor_documents")]

    def __str__(self):
        return self.file.name


class Scorecard(InWorkspace):
    """One round of marks for a vendor: each side gives its own, and reads the other's only when both are in."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="scorecards")
    opened_on = models.DateField(_("opened"))
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "vendor"], name="vendor_scorecard_open", condition=Q(closed_at=None)
            )
        ]

    def __str__(self):
        return f"{self.vendor}, {self.opened_on}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Score(InWorkspace):
    """One side's marks, 1 (poor) to 5 (very good): {question: mark}."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="scores")
    side = models.CharField(max_length=10)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    marks = models.JSONField(default=dict)
    words = models.TextField(blank=True)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "scorecard", "side"], name="vendor_score_once"),
            models.CheckConstraint(name="vendor_score_side", condition=Q(side__in=["marketing", "technology"])),
        ]

    def __str__(self):
        return f"{self.scorecard} ({self.side})"
