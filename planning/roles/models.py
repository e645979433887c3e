"""Who does what: roles and their holders; the matrix, its versions, their rows and letters.

A version's rows freeze when it leaves the draft (a trigger of 0002 holds that). Roles are shared by all versions and
keep their key and side; holders are people with dates and change without a new version.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category, Domain
from planning.people.models import Member, Side
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared.money import MoneyField
from planning.signoffs.models import Paper


class Role(InWorkspace):
    """A place in the organisation: "Head of CRM". Its side never changes once letters were signed for it."""

    key = models.CharField(_("key"), max_length=80)
    name = models.CharField(_("name"), max_length=120)
    side = models.CharField(_("side"), max_length=10, choices=Side)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "key"],
                name="role_key",
                violation_error_message=_("There is a role of that key already."),
            ),
        ]

    def __str__(self):
        return self.name


class HoldingQuerySet(WorkspaceQuerySet):
    def on(self, day):
        """Who holds what on `day`, people who left not among them."""
        return self.filter(days__contains=day, member__left_at=None)


class Holding(InWorkspace):
    """A member in a role, [from, until); an open end is for good. They accept it themselves."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="holdings")
    member = models.ForeignKey(Member, models.PROTECT, related_name="holdings")
    days = DateRangeField(_("days"))
    accepted_at = models.DateTimeField(null=True, editable=False)

    objects = HoldingQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            ExclusionConstraint(
                name="holding_once_a_day",
                expressions=[
                    ("workspace", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("member", RangeOperators.EQUAL),
                    ("days", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("They hold that role in those days already."),
            ),
            models.CheckConstraint(name="holding_some_day", condition=Q(days__isempty=False)),
        ]

    def __str__(self):
        return f"{self.member} · {self.role}"


class Matrix(InWorkspace):
    """The workspace's one matrix: what its papers are about."""

    class Meta(InWorkspace.Meta):
        verbose_name_plural = "matrices"
        constraints = [models.UniqueConstraint(fields=["workspace"], name="matrix_one")]

    def __str__(self):
        return "RACI"


class VersionQuerySet(WorkspaceQuerySet):
    def in_force(self, day):
        """The version in force on `day`, as a queryset of at most one."""
        return (
            self.filter(in_force_from__lte=day)
            .filter(Q(in_force_until=None) | Q(in_force_until__gt=day))
            .exclude(in_force_from=F("in_force_until"))
        )


class Version(InWorkspace):
    """One text of the matrix, in force [in_force_from, in_force_until): until the next is agreed."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        IN_FORCE = "in force", _("in force")
        SUPERSEDED = "superseded", _("superseded")
        RETURNED = "returned", _("returned")

    matrix = models.ForeignKey(Matrix, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    comment = models.TextField(_("comment"), blank=True)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True)

    objects = VersionQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="version_number"),
            models.UniqueConstraint(
                fields=["workspace", "state"],
                name="version_one_each",
                condition=Q(state__in=["draft", "proposed", "in force"]),
            ),
            models.CheckConstraint(name="version_has_paper", condition=Q(state="draft") | Q(paper__isnull=False)),
            models.CheckConstraint(
                name="version_in_force_since",
                condition=Q(state__in=["in force", "superseded"], in_force_from__isnull=False)
                | Q(state__in=["draft", "proposed", "returned"], in_force_from=None),
            ),
        ]

    def __str__(self):
        return f"RACI {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Column(InWorkspace):
    """A role that takes part in a version, at its place from left to right."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="columns")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta(InWorkspace.Meta):
        ordering = ["number", "pk"]
        constraints = [models.UniqueConstraint(fields=["workspace", "version", "role"], name="column_once")]

    def __str__(self):
        return str(self.role)


class Activity(InWorkspace):
    """A row. Its band [low, high) is in the workspace's currency; rows of one key are bands of one activity.

    One that routes purchases may be for one kind of spend only, by its `domain` or by its `category` and the branches
    below it; blank is for any.
    """

    class Routes(models.TextChoices):
        NOTHING = "", _("nothing by itself")
        PURCHASE = "purchase", _("purchases")
        BUDGET = "budget", _("budget changes")
        TRANSFER = "transfer", _("transfers")
        KPI = "kpi", _("KPI definitions")
        READING = "reading", _("KPI readings")
        REVIEW = "review", _("review items")
        LAUNCH = "launch", _("launch tasks")

    version = models.ForeignKey(Version, models.CASCADE, related_name="activities")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(_("key"), max_length=80)
    name = models.CharField(_("activity"), max_length=200)
    area = models.CharField(_("area"), max_length=80, blank=True)
    joint = models.BooleanField(_("joint"), default=False)
    low = MoneyField(_("from"), null=True, blank=True)
    high = MoneyField(_("below"), null=True, blank=True)
    routes = models.CharField(_("routes"), max_length=8, choices=Routes, blank=True)
    domain = models.CharField(_("kind of spend"), max_length=10, choices=Domain, blank=True)
    category = models.ForeignKey(Category, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(InWorkspace.Meta):
        ordering = ["number", "pk"]
        verbose_name_plural = "activities"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "version", "number"], name="activity_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                name="activity_band",
                condition=Q(low=None) | Q(high=None) | Q(high__gt=F("low")),
                violation_error_message=_("A band ends above where it begins."),
            ),
            models.CheckConstraint(
                name="activity_band_not_negative",
                condition=(Q(low=None) | Q(low__gte=0)) & (Q(high=None) | Q(high__gt=0)),
            ),
            models.CheckConstraint(
                name="activity_for_one_spend",
                condition=Q(domain="", category=None) | Q(routes="purchase") & (Q(domain="") | Q(category=None)),
                violation_error_message=_("Only a row that routes purchases says for which spend it is."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def banded(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def only_for(self) -> str:
        """For which spend alone it is, in words; nothing for any."""
        if self.domain:
            return str(self.get_domain_display())
        return str(self.category) if self.category_id else ""

    def covers(self, amount) -> bool:
        return (self.low is None or self.low <= amount) and (self.high is None or amount < self.high)


class Letter(InWorkspace):
    """The letters of one role in one row; an empty cell has no row here."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="cells")
    role = models.ForeignKey(Role, models.PROTECT, related_name="+")
    letters = models.CharField(max_length=5)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "activity", "role"], name="letter_once"),
            models.CheckConstraint(name="letter_known", condition=Q(letters__regex="^A?R?G?C?I?$") & ~Q(letters="")),
        ]

    def __str__(self):
        return self.letters
