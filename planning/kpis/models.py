"""KPIs that two people own, one from each side: what was agreed, where it should be, what was measured."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from planning.people.models import KEY_SIDES, Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.signoffs.models import Paper

from .expected import Point
from .status import Status
from .values import ValueField


class Direction(models.TextChoices):
    INCREASE = "increase", _("increase")
    DECREASE = "decrease", _("decrease")
    BAND = "band", _("stay in a band")


class Cadence(models.TextChoices):
    WEEK = "week", _("every week")
    MONTH = "month", _("every month")
    QUARTER = "quarter", _("every quarter")


class Source(models.TextChoices):
    TYPED = "typed", _("typed, confirmed by both sides")
    FED = "fed", _("fed or computed by the agreed formula")


class KpiQuerySet(WorkspaceQuerySet):
    def active(self):
        return self.filter(retired_at=None)

    def owned(self):
        """With both owners, their users and the status set by hand, by name."""
        people = ("marketing_owner__user", "technology_owner__user", "override__member__user")
        return self.select_related(*people).order_by("name", "pk")


class Kpi(InWorkspace):
    """A business outcome. `name` is that of the definition in force, or of the first one proposed."""

    name = models.CharField(_("name"), max_length=120)
    marketing_owner = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("owner in marketing"))
    technology_owner = models.ForeignKey(
        Member, models.PROTECT, related_name="+", verbose_name=_("owner in technology")
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = KpiQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        verbose_name = "KPI"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="kpi_name_once",
                condition=Q(retired_at=None),
                violation_error_message=_("There is a KPI of that name already."),
            ),
            models.CheckConstraint(
                name="kpi_two_owners",
                condition=~Q(marketing_owner=F("technology_owner")),
                violation_error_message=_("The two owners are two people, one from each side."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def owners(self):
        """Marketing's, then technology's."""
        return [self.marketing_owner, self.technology_owner]

    @cached_property
    def is_fed(self) -> bool:
        """Whether the definition in force, with a formula both have signed, feeds it."""
        agreed = self.definitions.filter(state=Definition.State.AGREED, source=Source.FED)
        return agreed.exclude(formula="").exists()

    @property
    def set_by_hand(self):
        """The status set by hand, or None."""
        return getattr(self, "override", None)


class Definition(InWorkspace):
    """One version of what both keys sign. What was agreed is in force on [from_on, until_on), and never changes.

    Values are in `unit`. `baseline` is the value on `baseline_on`; the targets follow. A band has `band_low` and
    `band_high`, and a margin beyond them that is amber. Limits are percentage points of the gap to expectation.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("waiting for both keys")
        AGREED = "agreed", _("in force")
        SUPERSEDED = "superseded", _("superseded")
        REFUSED = "refused", _("returned")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="definitions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it is for"), blank=True)
    formula = models.TextField(_("formula"), blank=True)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals shown"), default=2)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    baseline = ValueField(_("baseline"), null=True)
    baseline_on = models.DateField(_("baseline of"))
    band_low = ValueField(_("lowest"), null=True)
    band_high = ValueField(_("highest"), null=True)
    band_margin = ValueField(_("margin"), default=0)
    cadence = models.CharField(_("measured"), max_length=7, choices=Cadence, default=Cadence.MONTH)
    grace_days = models.PositiveSmallIntegerField(_("days of grace"), default=5)
    source = models.CharField(_("source"), max_length=5, choices=Source, default=Source.TYPED)
    green_limit = models.DecimalField(_("green up to"), max_digits=5, decimal_places=2, default=5)
    amber_limit = models.DecimalField(_("amber up to"), max_digits=5, decimal_places=2, default=15)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)

    class Meta(InWorkspace.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kpi", "number"], name="definition_number"),
            models.UniqueConstraint(
                fields=["workspace", "kpi"], name="definition_one_in_force", condition=Q(state="agreed")
            ),
            models.UniqueConstraint(
                fields=["workspace", "kpi"], name="definition_one_proposed", condition=Q(state="proposed")
            ),
            models.CheckConstraint(
                name="definition_complete",
                condition=Q(direction="band", band_low__isnull=False, band_high__gte=F("band_low"))
                | ~Q(direction="band") & Q(baseline__isnull=False),
            ),
            models.CheckConstraint(name="definition_margin", condition=Q(band_margin__gte=0)),
            models.CheckConstraint(
                name="definition_limits", condition=Q(green_limit__gte=0, amber_limit__gte=F("green_limit"))
            ),
            models.CheckConstraint(
                name="definition_in_force_when",
                condition=Q(state__in=["agreed", "superseded"], from_on__isnull=False)
                | ~Q(state__in=["agreed", "superseded"]) & Q(from_on=None),
            ),
        ]

    def __str__(self):
        return f"{self.name} v{self.number}"

    @property
    def is_band(self) -> bool:
        return self.direction == Direction.BAND

    @property
    def is_in_force(self) -> bool:
        return self.state == self.State.AGREED

    @property
    def start(self) -> Point:
        """Where the way begins: the baseline on its day."""
        return Point(self.baseline_on, self.baseline)

    @property
    def points(self) -> list[Point]:
        """The targets, in order of their days."""
        return sorted(Point(target.on, target.value, target.interpolation) for target in self.targets.all())

    @property
    def limits(self):
        return self.green_limit, self.amber_limit


class TargetPoint(InWorkspace):
    """A value that is agreed for a day, reached in a straight line from the point before, or in one step."""

    class Interpolation(models.TextChoices):
        LINEAR = "linear", _("in a straight line")
        STEP = "step", _("in one step")

    definition = models.ForeignKey(Definition, models.CASCADE, related_name="targets")
    on = models.DateField(_("day"))
    value = ValueField(_("value"))
    interpolation = models.CharField(max_length=6, choices=Interpolation, default=Interpolation.LINEAR)

    class Meta(InWorkspace.Meta):
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["workspace", "definition", "on"], name="target_once")]

    def __str__(self):
        return f"{self.value.normalize():f} ({self.on})"


class Reading(InWorkspace):
    """What was measured on a day. A change is a new version; the confirmed one counts until that is confirmed."""

    class State(models.TextChoices):
        ENTERED = "entered", _("entered")
        HALF = "half-confirmed", _("half-confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        DISPUTED = "disputed", _("disputed")
        COUNTED = "counted", _("counted")

    kpi = models.ForeignKey(Kpi, models.CASCADE, related_name="readings")
    on = models.DateField(_("measured on"))
    version = models.PositiveIntegerField(default=1)
    value = ValueField(_("value"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(max_length=14, choices=State, default=State.ENTERED)
    is_newest = models.BooleanField(default=True)
    matrix = models.JSONField(null=True, help_text="The row that says who confirms it, as it read on the day.")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    entered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["on", "version"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kpi", "on", "version"], name="reading_version"),
            models.UniqueConstraint(
                fields=["workspace", "kpi", "on"], name="reading_one_newest", condition=Q(is_newest=True)
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "kpi"],
                name="reading_waits",
                condition=Q(is_newest=True, state__in=["entered", "half-confirmed", "disputed"]),
            ),
        ]

    def __str__(self):
        return f"{self.kpi} · {self.on}"

    @property
    def counts(self) -> bool:
        return self.state in COUNTING

    @property
    def waits(self) -> bool:
        """Whether it still needs somebody before it counts."""
        return self.is_newest and not self.counts


COUNTING = (Reading.State.CONFIRMED, Reading.State.COUNTED)
WAITING = (Reading.State.ENTERED, Reading.State.HALF, Reading.State.DISPUTED)


class Confirmation(InWorkspace):
    """One side's word on a reading: confirmed, or disputed with a reason and perhaps another value."""

    class Verdict(models.TextChoices):
        CONFIRM = "confirm", _("confirmed")
        DISPUTE = "dispute", _("disputed")

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="confirmations")
    side = models.CharField(max_length=10, choices=[(side.value, side.label) for side in KEY_SIDES])
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=7, choices=Verdict)
    reason = models.TextField(_("reason"), blank=True)
    alternative = ValueField(_("the value it should be"), null=True)
    at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "reading", "side"], name="confirmation_one_a_side"),
            models.CheckConstraint(
                name="confirmation_dispute_says_why",
                condition=~Q(verdict="dispute") | ~Q(reason=""),
                violation_error_message=_("Say what is wrong with it."),
            ),
        ]

    def __str__(self):
        return f"{self.side}: {self.verdict}"


class Override(InWorkspace):
    """A status set by hand, with a reason, until a day (not included). The next reading takes it away."""

    kpi = models.OneToOneField(Kpi, models.CASCADE, related_name="override")
    status = models.CharField(_("status"), max_length=8, choices=Status)
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"))
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "kpi"], name="override_one"),
            models.CheckConstraint(name="override_says_why", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.kpi}: {self.status}"
