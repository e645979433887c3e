"""A budget, its lines, and the versions that both keys agree: a version is a set of changed lines."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, BigIntegerRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import periods
from planning.shared.money import MoneyField, split
from planning.shared.plain import canonical
from planning.signoffs.models import Paper
from planning.vendors.models import Vendor


class FundingSide(models.TextChoices):
    """The two departments whose money a line is."""

    MARKETING = "marketing", _("Marketing")
    TECHNOLOGY = "technology", _("Technology")


class OwnerSide(models.TextChoices):
    """Whose line it is."""

    MARKETING = "marketing", _("Marketing")
    TECHNOLOGY = "technology", _("Technology")
    JOINT = "joint", _("Joint")


class Budget(InWorkspace):
    """One a fiscal year. `year` is the year's label. Envelopes, set by finance, are the most each side may plan."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        RETURNED = "returned", _("returned")
        AGREED = "agreed", _("agreed")
        CLOSED = "closed", _("closed")

    year = models.PositiveSmallIntegerField(
        _("fiscal year"), validators=[MinValueValidator(1990), MaxValueValidator(2200)]
    )
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    agreed_count = models.PositiveIntegerField(default=0, editable=False)
    marketing_envelope = MoneyField(_("marketing envelope"), null=True, blank=True)
    technology_envelope = MoneyField(_("technology envelope"), null=True, blank=True)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "year"],
                name="budget_once_a_year",
                violation_error_message=_("There is a budget for that year already."),
            ),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def months(self):
        """The first days of the twelve months of its year."""
        return periods.months(self.workspace, self.year)

    @cached_property
    def aims(self) -> dict:
        """{side: what is wanted from above of it for the whole year}."""
        return dict(self.targets.filter(category=None).values_list("side", "amount"))

    @property
    def is_agreed(self) -> bool:
        return self.state == self.State.AGREED

    @property
    def has_envelopes(self) -> bool:
        return self.marketing_envelope is not None or self.technology_envelope is not None

    @property
    def before_agreement(self) -> bool:
        return self.agreed_count == 0


class Version(InWorkspace):
    """A set of changed lines on its way to both keys. `agreed_as` counts agreements: 1 is the original budget.

    Number 0 is the interim plan of a year that began without an agreement (`interim.py`): nobody signs it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        AGREED = "agreed", _("agreed")
        RETURNED = "returned", _("returned")
        RECALLED = "recalled", _("recalled")
        INTERIM = "interim", _("until one is agreed")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    agreed_as = models.PositiveIntegerField(null=True)
    created_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "budget", "number"], name="budget_version_number"),
            models.UniqueConstraint(fields=["workspace", "budget", "agreed_as"], name="budget_version_agreed_once"),
            models.CheckConstraint(
                name="budget_version_agreed_with_number",
                condition=Q(state="agreed", agreed_as__isnull=False) | ~Q(state="agreed") & Q(agreed_as=None),
            ),
        ]

    def __str__(self):
        return _("%(budget)s, version %(number)s") % {"budget": self.budget, "number": self.number}

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Line(InWorkspace):
    """Something money is planned for. What is agreed is in its revisions, where its money stands in its balances.

    Here is what needs no key: notes, who looks after it, how its forecast is made, which line of the year before it
    goes on from, and by which `reference` the files that bring it call it. `unallocated_of`: the line that takes what
    this side frees on its own lines.
    """

    class Forecast(models.TextChoices):
        PLAN = "plan", _("remaining plan")
        STEADY = "steady", _("run rate of the last three closed months")
        TYPED = "typed", _("typed month by month")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines")
    forecast = models.CharField(_("forecast by"), max_length=6, choices=Forecast, default=Forecast.PLAN)
    notes = models.TextField(_("notes"), blank=True)
    owner = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, verbose_name=_("looked after by"), related_name="+"
    )
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, editable=False, related_name="followers")
    unallocated_of = models.CharField(max_length=10, choices=FundingSide, null=True, editable=False)
    reference = models.CharField(max_length=200, blank=True, editable=False)
    created_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "budget", "origin"], name="line_goes_on_from_one_once"),
            models.UniqueConstraint(
                fields=["workspace", "budget", "unallocated_of"],
                name="line_unallocated_once",
                condition=Q(unallocated_of__isnull=False),
                violation_error_message=_("A side has one unallocated line a year."),
            ),
        ]

    def __str__(self):
        revision = self.revisions.order_by("-is_open", "-pk").first()
        return revision.name if revision else f"#{self.pk}"


class RevisionQuerySet(WorkspaceQuerySet):
    def in_force(self):
        return self.filter(in_force__endswith=None, in_force__isnull=False)

    def signed(self):
        """Without those of an interim plan, which nobody signed."""
        return self.exclude(version__state=Version.State.INTERIM)

    def agreed(self):
        return self.in_force().signed()

    def open(self):
        return self.filter(is_open=True)


class Revision(InWorkspace):
    """What a line says in one version. Months sum to the total, weights to 100; frozen once proposed (0003).

    `in_force` counts agreements of the budget: [2, 5) was in force from the second until the fifth.
    `removed` says that the version takes the line out.

    `total` and `months` are in `currency`, the workspace's. A line planned in another currency keeps its amount there
    (`original_total` of `original_currency`) with the plan's rate and the day that rate is of; both are frozen with the
    version. `kpi_effect` is in the unit of the KPI, expected by `effect_due`. A `placeholder` holds money before its
    detail is known. `dimensions` are the workspace's own, {name of the dimension: value}.

    A line of people cost has the seal of its `PeoplePlan`: who signs it signs the groups and rates behind the total,
    also where they see the total alone.
    """

    class Purpose(models.TextChoices):
        RUN = "run", _("run")
        GROW = "grow", _("grow")
        TRANSFORM = "transform", _("transform")

    class Treatment(models.TextChoices):
        OPEX = "opex", _("operating cost")
        CAPEX = "capex", _("investment")

    line = models.ForeignKey(Line, models.CASCADE, related_name="revisions")
    version = models.ForeignKey(Version, models.CASCADE, related_name="revisions")
    name = models.CharField(_("name"), max_length=120)
    side = models.CharField(_("owner"), max_length=10, choices=OwnerSide)
    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"), related_name="+")
    vendor = models.ForeignKey(
        Vendor, models.PROTECT, null=True, blank=True, verbose_name=_("vendor"), related_name="+"
    )
    kpi = models.ForeignKey(
        Kpi, models.PROTECT, null=True, blank=True, verbose_name=_("KPI it should move"), related_name="+"
    )
    currency = models.CharField(max_length=3)
    total = MoneyField(_("total"))
    months = ArrayField(MoneyField(), size=12)
    marketing_weight = models.DecimalField(_("marketing's share"), max_digits=9, decimal_places=6)
    technology_weight = models.DecimalField(_("technology's share"), max_digits=9, decimal_places=6)
    purpose = models.CharField(_("run, grow or transform"), max_length=9, choices=Purpose, default=Purpose.RUN)
    treatment = models.CharField(_("accounting"), max_length=5, choices=Treatment, default=Treatment.OPEX)
    original_currency = models.CharField(_("planned in"), max_length=3, blank=True)
    original_total = MoneyField(_("amount in its currency"), null=True, blank=True)
    rate = models.DecimalField(_("plan's rate"), max_digits=18, decimal_places=8, null=True, blank=True)
    rate_day = models.DateField(_("rate of"), null=True, blank=True)
    kpi_effect = models.DecimalField(
        _("expected effect on the KPI"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    effect_due = models.DateField(_("effect expected by"), null=True, blank=True)
    cost_centre = models.CharField(_("cost centre"), max_length=40, blank=True)
    account = models.CharField(_("account"), max_length=40, blank=True)
    dimensions = models.JSONField(_("own dimensions"), default=dict, blank=True)
    placeholder = models.BooleanField(_("holds money before detail exists"), default=False)
    people_seal = models.CharField(max_length=64, blank=True, editable=False)
    removed = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True, editable=False)
    in_force = BigIntegerRangeField(null=True, editable=False)
    fingerprint = models.CharField(max_length=64, editable=False)
    edits = models.PositiveIntegerField(default=1, editable=False)

    objects = RevisionQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "line", "version"], name="line_revision_once"),
            models.UniqueConstraint(
                fields=["workspace", "line"],
                name="line_revision_open_once",
                condition=Q(is_open=True),
                violation_error_message=_("This line is being changed by another version already."),
            ),
            models.CheckConstraint(
                name="line_revision_weights", condition=Q(marketing_weight=100 - models.F("technology_weight"))
            ),
            models.CheckConstraint(
                name="line_revision_weights_positive", condition=Q(marketing_weight__gte=0, technology_weight__gte=0)
            ),
            models.CheckConstraint(name="line_revision_total_not_negative", condition=Q(total__gte=0)),
            models.CheckConstraint(
                name="line_revision_original_whole",
                condition=Q(original_currency="", original_total=None, rate=None, rate_day=None)
                | ~Q(original_currency="") & Q(original_total__gte=0, rate__gt=0, rate_day__isnull=False),
            ),
            models.CheckConstraint(
                name="line_revision_effect_on_a_kpi",
                condition=Q(kpi__isnull=False) | Q(kpi_effect=None, effect_due=None),
            ),
            ExclusionConstraint(
                name="line_revision_in_force_once",
                expressions=[
                    ("workspace", RangeOperators.EQUAL),
                    ("line", RangeOperators.EQUAL),
                    ("in_force", RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "line"],
                name="line_revision_current",
                condition=Q(in_force__endswith=None, in_force__isnull=False),
            ),
            models.Index(fields=["workspace", "line"], name="line_revision_people", condition=~Q(people_seal="")),
        ]

    def __str__(self):
        return self.name

    @property
    def is_people(self) -> bool:
        """Whether its amount is what people cost."""
        return bool(self.people_seal)

    @property
    def weights(self) -> dict:
        """{side: percent}."""
        return {FundingSide.MARKETING: self.marketing_weight, FundingSide.TECHNOLOGY: self.technology_weight}

    @cached_property
    def shares(self) -> dict:
        """{side: amount of the total}."""
        return dict(zip(self.weights, split(self.total, list(self.weights.values()), self.currency), strict=True))

    @property
    def is_joint(self) -> bool:
        """Owned by both, or paid by both: its changes need both keys."""
        return self.side == OwnerSide.JOINT or 0 < self.marketing_weight < 100

    def terms(self) -> dict:
        """What the keys agree to, as plain values; equal terms have equal fingerprints."""
        return {
            "name": self.name,
            "side": self.side,
            "category": self.category.name,
            "total": self.total,
            "months": list(self.months),
            "shares": {str(side): weight for side, weight in self.weights.items()},
            "purpose": self.purpose,
            "treatment": self.treatment,
            "vendor": self.vendor and str(self.vendor),
            "kpi": self.kpi and str(self.kpi),
            "removed": self.removed,
            **self.finer_terms(),
        }

    def finer_terms(self) -> dict:
        """What many lines do without; None where a line says nothing of it."""
        return {
            "original_currency": self.original_currency or None,
            "original_total": self.original_total,
            "rate": self.rate,
            "rate_day": self.rate_day,
            "kpi_effect": self.kpi_effect,
            "effect_due": self.effect_due,
            "cost_centre": self.cost_centre or None,
            "account": self.account or None,
            "dimensions": self.dimensions or None,
            "placeholder": self.placeholder or None,
            **({"people": self.people_seal} if self.people_seal else {}),
        }

    def canonical(self) -> str:
        return canonical(self.terms())
