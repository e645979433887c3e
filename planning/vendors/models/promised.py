"""What a contract promises month by month, what both sides say of it before it renews, and files of registers."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.files.models import StoredFile
from planning.people.models import Member
from planning.people.tenancy import InWorkspace

from .contracts import Contract


class ServiceLevel(InWorkspace):
    """One promise of a contract: at least, or at most, `target` of `unit` in each calendar month."""

    class Aim(models.TextChoices):
        LEAST = "least", _("at least")
        MOST = "most", _("at most")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="service_levels")
    name = models.CharField(_("what is promised"), max_length=120)
    aim = models.CharField(_("aim"), max_length=5, choices=Aim, default=Aim.LEAST)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=3)
    unit = models.CharField(_("unit"), max_length=20, default="%")

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        indexes = [models.Index(fields=["workspace", "contract"], name="vendor_service_levels")]

    def __str__(self):
        return self.name

    def is_met_by(self, value) -> bool:
        return value >= self.target if self.aim == self.Aim.LEAST else value <= self.target


class Attainment(InWorkspace):
    """What was measured for a promise in one month (its first day)."""

    service_level = models.ForeignKey(ServiceLevel, models.CASCADE, related_name="attainments")
    month = models.DateField(_("month"))
    value = models.DecimalField(_("measured"), max_digits=12, decimal_places=3)
    noted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta(InWorkspace.Meta):
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "service_level", "month"], name="vendor_attainment_once"),
            models.CheckConstraint(name="vendor_attainment_month", condition=Q(month__day=1)),
        ]

    def __str__(self):
        return f"{self.service_level}, {self.month:%m/%Y}"


class Assessment(InWorkspace):
    """What one side says before a contract's term ends: {question: answer}. The last one of a term counts."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="assessments")
    side = models.CharField(max_length=10)
    term_ends_on = models.DateField()
    answers = models.JSONField(default=dict)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "contract", "side", "term_ends_on"], name="vendor_assessed"),
            models.CheckConstraint(name="vendor_assessed_side", condition=Q(side__in=["marketing", "technology"])),
        ]

    def __str__(self):
        return f"{self.contract} ({self.side})"


class RegisterFile(InWorkspace):
    """A file of contracts, or of vendors, on its way into the register. Nothing happens before it is taken in.

    `mapping` as `importing.columns` proposes it, with `names`, the file's columns, and `confidence`; `counts` rows and
    `totals` {currency: amount (text)} by outcome; `refusals` [{row, column, reason, vendor}]; `sample` the first rows
    as they would be read; `digest` of all outcomes. A long file is read and taken in by a worker, which holds its
    `lease`.
    """

    class What(models.TextChoices):
        CONTRACTS = "contracts", _("contracts")
        VENDORS = "vendors", _("vendors and their spellings")

    class State(models.TextChoices):
        MAPPING = "mapping", _("needs mapping")
        READING = "reading", _("being read")
        CHECKED = "checked", _("ready to look at")
        TAKING = "taking", _("being taken in")
        FAILED = "failed", _("could not be read")
        TAKEN = "taken", _("taken in")
        LEFT = "left", _("put away")

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.MAPPING)
    mapping = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    refusals = models.JSONField(default=list)
    sample = models.JSONField(default=list)
    digest = models.CharField(max_length=64, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_in_all = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    beat_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    brought_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    taken_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        ordering = ["-pk"]

    def __str__(self):
        return self.file.name

    @property
    def what(self) -> str:
        """What it lists."""
        return self.mapping.get("what", self.What.CONTRACTS)

    def get_what_display(self) -> str:
        return str(self.What(self.what).label)

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.MAPPING, self.State.CHECKED, self.State.FAILED)

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.READING, self.State.TAKING)
