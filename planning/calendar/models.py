"""When and in which words: months and their closing, holidays, rates, categories."""

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared.money import MoneyField


def five_days() -> list[int]:
    return [0, 1, 2, 3, 4]


class Domain(models.TextChoices):
    MARKETING = "marketing", _("marketing")
    TECHNOLOGY = "technology", _("technology")
    OTHER = "other", _("other")


class CategoryQuerySet(WorkspaceQuerySet):
    def active(self):
        return self.filter(retired_at=None)


class Category(InWorkspace):
    """A branch of the workspace's own tree of categories. `domain` says whose kind of spend it is. A retired one stays
    on what names it and is offered no more.
    """

    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=80)
    domain = models.CharField(_("kind of spend"), max_length=10, choices=Domain, default=Domain.OTHER)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        verbose_name_plural = "categories"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "parent", "name"],
                name="category_once",
                nulls_distinct=False,
                violation_error_message=_("There is a category of that name already."),
            ),
        ]

    def __str__(self):
        return self.name


class Period(InWorkspace):
    """A fiscal month [starts_on, ends_on): open → soft-closed (only finance posts) → closed (finance, tied out).

    `booked` is the sum of what was posted into the month, in the workspace's currency; the room that posts keeps it
    (`periods.book`). A month closes when the ledger's `control_total` is exactly that sum.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SOFT = "soft", _("soft-closed")
        CLOSED = "closed", _("closed")

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=6, choices=State, default=State.OPEN)
    booked = MoneyField(default=0, editable=False)
    control_total = MoneyField(null=True)
    closed_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "year", "number"], name="period_once"),
            models.UniqueConstraint(fields=["workspace", "starts_on"], name="period_start_once"),
            models.CheckConstraint(name="period_half_open", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="period_twelve", condition=Q(number__range=(1, 12))),
            models.CheckConstraint(
                name="period_closed_by_somebody", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="period_closed_tied_out",
                condition=~Q(state="closed") | Q(control_total__isnull=False, control_total=F("booked")),
                violation_error_message=_("A month closes with a difference of 0.00 to the ledger."),
            ),
        ]

    def __str__(self):
        return f"{self.starts_on:%B %Y}"

    @property
    def difference(self):
        """What the ledger has more (below zero: less) than is posted here; None while its total is not written down."""
        return None if self.control_total is None else self.control_total - self.booked


class Holiday(InWorkspace):
    """A day on which business hours do not run."""

    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=80)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "day"], name="holiday_once")]

    def __str__(self):
        return f"{self.day} {self.name}"


class Hours(InWorkspace):
    """When due times run, in the workspace's time zone: on `weekdays` (Monday 0) from `opens` until `closes`."""

    opens = models.TimeField(_("opens"), default=time(9))
    closes = models.TimeField(_("closes"), default=time(17, 30))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=five_days, verbose_name=_("weekdays"))

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace"], name="hours_once"),
            models.CheckConstraint(name="hours_open_before_close", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(name="hours_some_weekday", condition=Q(weekdays__len__gt=0)),
        ]

    def __str__(self):
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"


class Rate(InWorkspace):
    """What one unit of `currency` is worth in the workspace's currency from `day` on. Finance's table."""

    currency = models.CharField(_("currency"), max_length=3)
    day = models.DateField(_("day"))
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8)
    source = models.CharField(_("source"), max_length=80)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "currency", "day"], name="rate_once"),
            models.CheckConstraint(name="rate_positive", condition=Q(rate__gt=0)),
        ]

    def __str__(self):
        return f"{self.currency} {self.rate} ({self.day})"
