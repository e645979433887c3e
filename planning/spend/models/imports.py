"""A source is a saved mapping; an import is one file read by it; staged rows are what the file said, row by row."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.files.models import StoredFile
from planning.files.storing import safe_name
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock

from ..proposal import doubts_of

LEASE = timedelta(seconds=settings.SPEND_LEASE_SECONDS)
SILENT = timedelta(seconds=30)
TYPED = "typed"  # no header has this fingerprint


class SourceQuerySet(WorkspaceQuerySet):
    def of_files(self):
        """Without the one whose rows people type."""
        return self.exclude(fingerprint=TYPED)


class Source(InWorkspace):
    """A system whose files look alike: their header, and the mapping a person confirmed last.

    `fingerprint` is the header's SHA-256. Duplicates and conflicts are looked for inside one source. The next file with
    this header takes the mapping up (remembering.py). `calendar` says into which periods the company's finance cuts its
    year, and `calendar_start` is the first day of one of its years; rows fall into them by their posting date.
    One source of a workspace has no files: what people type (`typed/`).
    """

    class Calendar(models.TextChoices):
        MONTHS = "months", _("calendar months")
        WEEKS_445 = "4-4-5", _("quarters of 4, 4 and 5 weeks")
        WEEKS_4 = "4-weeks", _("thirteen periods of four weeks")

    name = models.CharField(_("name"), max_length=120)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    calendar = models.CharField(_("periods"), max_length=7, choices=Calendar, default=Calendar.MONTHS)
    calendar_start = models.DateField(_("a year begins on"), null=True, blank=True)
    confirmed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(default=clock.now, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "fingerprint", "name"], name="spend_source_once"),
            models.CheckConstraint(
                name="spend_source_weeks_begin",
                condition=Q(calendar="months") | Q(calendar_start__isnull=False),
                violation_error_message=_("Periods of weeks need the day on which a year begins."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_typed(self) -> bool:
        return self.fingerprint == TYPED


class ImportQuerySet(WorkspaceQuerySet):
    def of_files(self):
        """Without invoices that people typed."""
        return self.filter(file__isnull=False)

    def newest(self):
        return self.select_related("file", "source", "started_by__user").order_by("-pk")

    def running(self):
        return self.filter(state=Import.State.RUNNING)


class Import(InWorkspace):
    """One file on its way into the books; or, without a `file`, one invoice that a person typed (`typed/`).

    `inside` names it within a zip of several, which is the `file` of them all. A worker opens it and proposes how it is
    read (short text is looked at at once); `shown_first`: a person sees that, unless one confirmed its source before.
    `text_size` is how many bytes of text there are to read. `mapping` as in the API, `confidence` by its keys. `counts`
    and `totals` are of the whole file: accepted, rejected, duplicates, conflicts; totals by currency, as text.
    `rows_read` and `bytes_read` are progress; a worker works on it until `lease_until`, and whoever comes then goes on
    where the last one stopped. `postings` counts what was booked of it; `private`: it holds payroll (`payroll.py`), or
    nobody knows yet; `billed` is {purchase id: number of the posting that holds its invoices}, `reversed` the numbers
    taken back. `drop` is the address it was sent to, when no person brought it. A typed one that gave way to the ledger
    is undone and says to which import (`replaced_by`).
    """

    class State(models.TextChoices):
        MAPPING = "needs mapping", _("needs mapping")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")
        UNDONE = "undone", _("undone")

    class Phase(models.TextChoices):
        LOOKING = "looking", _("opening the file")
        READING = "reading", _("reading the file")
        BOOKING = "booking", _("comparing and booking")

    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="imports")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    inside = models.TextField(blank=True)
    state = models.CharField(max_length=13, choices=State, default=State.MAPPING)
    phase = models.CharField(max_length=8, choices=Phase, default=Phase.LOOKING)
    mapping = models.JSONField(default=dict)
    confidence = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    text_size = models.PositiveBigIntegerField(default=0)
    rows_read = models.PositiveBigIntegerField(default=0)
    bytes_read = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    postings = models.PositiveIntegerField(default=0)
    billed = models.JSONField(default=dict)
    reversed = ArrayField(models.PositiveIntegerField(), default=list)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)
    private = models.BooleanField(default=False)
    shown_first = models.BooleanField(default=False)
    started_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    drop = models.ForeignKey("spend.Drop", models.PROTECT, null=True, related_name="imports")
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced", db_index=False)

    objects = ImportQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.CheckConstraint(
                name="spend_import_done_when", condition=~Q(state="done") | Q(done_at__isnull=False)
            ),
            models.CheckConstraint(name="spend_import_undone_when", condition=Q(state="undone") ^ Q(undone_at=None)),
            models.CheckConstraint(
                name="spend_import_runs_from_source",
                condition=~Q(state__in=["running", "done"]) | Q(source__isnull=False) | Q(phase="looking"),
            ),
            models.CheckConstraint(
                name="spend_import_typed_is_over", condition=Q(file__isnull=False) | Q(state__in=["done", "undone"])
            ),
            models.CheckConstraint(
                name="spend_import_replaced_when", condition=Q(replaced_by=None) | Q(file=None, state="undone")
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "drop"], name="spend_import_by_drop", condition=Q(drop__isnull=False)),
            models.Index(
                fields=["workspace", "replaced_by"],
                name="spend_import_replaced",
                condition=Q(replaced_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        if self.is_typed:
            return str(_("a typed invoice"))
        return safe_name(self.inside) if self.inside else self.file.name

    @property
    def is_typed(self) -> bool:
        return self.file_id is None

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE

    @property
    def waits_for_mapping(self) -> bool:
        """Whether a person may say how it is read: it was opened, and is neither running nor over."""
        return self.state == self.State.MAPPING or (
            self.state == self.State.FAILED and self.phase != self.Phase.LOOKING
        )

    @property
    def can_be_undone(self) -> bool:
        return self.state in (self.State.MAPPING, self.State.RUNNING, self.State.DONE, self.State.FAILED)

    @property
    def doubts(self) -> list[str]:
        """The required keys of the mapping that a person must settle."""
        return doubts_of(self.confidence)

    @property
    def is_silent(self) -> bool:
        """Whether who reads it has not been heard of for a while: its worker died, and another will go on."""
        if not self.is_running or self.phase == self.Phase.BOOKING or self.lease_until is None:
            return False
        return clock.now() > self.lease_until - LEASE + SILENT

    @property
    def percent(self) -> int:
        """How much of the file was read, 0 to 100. Opening it shows 0, booking 100."""
        if self.phase == self.Phase.BOOKING:
            return 100
        return min(99, int(self.bytes_read * 100 / self.text_size)) if self.text_size else 0


class Outcome(models.TextChoices):
    """What became of a row. `ready` rows are accepted once their import is done."""

    READY = "ready", _("accepted")
    REJECTED = "rejected", _("rejected")
    DUPLICATE = "duplicate", _("duplicate")
    CONFLICT = "conflict", _("conflict")
    KEPT = "kept", _("left out by decision")


class Staged(InWorkspace):
    """A row as the file said it, cleaned: dates are dates, amounts exact. `row` counts the file's rows from 1.

    `problem` is a code, `problem_column` the key of the mapping it is about, `said` what stood there. Each chunk is
    written while its import is held, so no foreign key asks a million times whether that is there.
    """

    pointed_at = False
    workspace = models.ForeignKey(
        "people.Workspace", models.CASCADE, related_name="+", editable=False, db_index=False, db_constraint=False
    )
    batch = models.ForeignKey(Import, models.CASCADE, related_name="staged", db_index=False, db_constraint=False)
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, choices=Outcome)
    problem = models.CharField(max_length=12, blank=True)
    problem_column = models.CharField(max_length=12, blank=True)
    said = models.CharField(max_length=80, blank=True)
    posting_date = models.DateField(null=True)
    amount = models.DecimalField(max_digits=60, decimal_places=12, null=True)
    currency = models.CharField(max_length=12)
    kind = models.CharField(max_length=8)
    vendor_name = models.TextField(blank=True)
    vendor_key = models.TextField(blank=True)
    document = models.TextField(blank=True)
    description = models.TextField(blank=True)
    category_text = models.TextField(blank=True)
    department = models.TextField(blank=True)
    account = models.TextField(blank=True)
    cost_centre = models.TextField(blank=True)
    order_number = models.TextField(blank=True)
    period_text = models.TextField(blank=True)
    tax = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    gross = models.DecimalField(max_digits=20, decimal_places=3, null=True)
    row_hash = models.UUIDField()

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "batch", "row"], name="spend_staged_row_once")]

    def __str__(self):
        return f"{self.row}: {self.vendor_name} {self.amount}"
