"""On which terms they sell: contracts, their dates, and the decision about the next renewal."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from planning.kpis.models import Kpi
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.shared.money import MoneyField
from planning.signoffs.models import Paper

from ..notice_dates import Standing, Terms, standing
from .register import Vendor


class ContractQuerySet(WorkspaceQuerySet):
    def undecided(self):
        """Contracts that renew by themselves and that nobody has decided about in this term."""
        return self.filter(renewal=Contract.Renewal.TACIT, stopped_on=None).exclude(kept_until=F("ends_on"))

    def on_the_ladder(self):
        """Undecided ones that nobody is asked about yet: neither both keys, nor by a request to buy the renewal."""
        return self.undecided().exclude(paper__state=Paper.State.OPEN).exclude(requested_until=F("ends_on"))

    def renewing_between(self, first, last):
        """Undecided ones whose last day for notice lies in [first, last], the most urgent first."""
        near = self.undecided().filter(notice_by__range=(first, last), ends_on__gt=first)
        return near.select_related("vendor").order_by("notice_by", "-value", "pk")


class Contract(InWorkspace):
    """Terms with a vendor. `value` is net for one term, in `currency`.

    `ends_on` and `notice_by` are those of the term that runs now: the clock moves them when a contract renews itself.
    Where the paper names the day its first term ends, `first_end` is the first day not covered and `term_months` about
    how long that is. The price follows `indexation` at every anniversary: by `index_percent` a year (fixed, or expected
    of the index), by at most `index_cap`.
    The dates of any other day are worked out by `standing_on`. `kept_until` is the end of the term for which both sides
    decided to let it renew, `requested_until` of the one for which somebody asks to buy the renewal. `proposed` is the
    decision that waits for its keys, and `paper` the paper it is on.
    """

    class Decision(models.TextChoices):
        STOP = "stop", _("stop it")
        KEEP = "keep", _("let it renew")

    class Renewal(models.TextChoices):
        TACIT = "tacit", _("renews by itself")
        EXPRESS = "express", _("ends unless renewed")

    class Unit(models.TextChoices):
        MONTHS = "months", _("months")
        DAYS = "days", _("days")

    class Indexation(models.TextChoices):
        NONE = "none", _("stays the same")
        FIXED = "fixed", _("rises by a fixed percentage")
        INDEX = "index", _("follows a price index")

    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="contracts")
    reference = models.CharField(_("contract number"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=200)
    starts_on = models.DateField(_("starts on"))
    term_months = models.PositiveSmallIntegerField(_("term in months"))
    first_end = models.DateField(_("first term ends on"), null=True, blank=True)
    renewal = models.CharField(_("renewal"), max_length=7, choices=Renewal, default=Renewal.TACIT)
    renewal_months = models.PositiveSmallIntegerField(_("renewal term in months"), default=12)
    notice_count = models.PositiveSmallIntegerField(_("notice"), default=0)
    notice_unit = models.CharField(_("counted in"), max_length=6, choices=Unit, default=Unit.MONTHS)
    value = MoneyField(_("value of a term"))
    currency = models.CharField(_("currency"), max_length=3)
    indexation = models.CharField(_("price"), max_length=5, choices=Indexation, default=Indexation.NONE)
    index_percent = models.DecimalField(_("by how much a year, %"), max_digits=6, decimal_places=3, default=0)
    index_cap = models.DecimalField(_("at most, %"), max_digits=6, decimal_places=3, null=True, blank=True)
    kpi = models.ForeignKey(
        Kpi, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("KPI it should move")
    )
    seats_bought = models.PositiveIntegerField(_("user seats bought"), null=True, blank=True)
    seats_used = models.PositiveIntegerField(_("user seats used"), null=True, blank=True)
    ends_on = models.DateField(editable=False)
    notice_by = models.DateField(editable=False)
    renewals = models.PositiveSmallIntegerField(default=0, editable=False)
    silent_renewals = models.PositiveSmallIntegerField(default=0, editable=False)
    stopped_on = models.DateField(null=True, blank=True, editable=False)
    kept_until = models.DateField(null=True, blank=True, editable=False)
    requested_until = models.DateField(null=True, blank=True, editable=False)
    proposed = models.CharField(max_length=4, choices=Decision, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", editable=False)
    added_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ContractQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.CheckConstraint(name="contract_has_term", condition=Q(term_months__range=(1, 600))),
            models.CheckConstraint(
                name="contract_renews_for_a_term", condition=~Q(renewal="tacit") | Q(renewal_months__range=(1, 600))
            ),
            models.CheckConstraint(name="contract_value", condition=Q(value__gte=0)),
            models.CheckConstraint(name="contract_first_end", condition=Q(first_end__gt=F("starts_on"))),
            models.CheckConstraint(name="contract_index", condition=Q(index_percent__range=(-100, 100))),
        ]
        indexes = [
            models.Index(fields=["workspace", "notice_by"], name="contract_notice_by"),
            models.Index(fields=["workspace", "reference"], name="contract_reference", condition=~Q(reference="")),
        ]

    def __str__(self):
        return self.title

    @property
    def is_tacit(self) -> bool:
        return self.renewal == self.Renewal.TACIT

    @property
    def terms(self) -> Terms:
        return Terms(
            self.starts_on,
            self.term_months,
            self.is_tacit,
            self.renewal_months,
            self.notice_count,
            self.notice_unit,
            self.stopped_on,
            self.first_end,
        )

    def standing_on(self, day) -> Standing:
        """How it stands on `day`: {ends_on, notice_by, state, renewals}."""
        return standing(self.terms, day)

    def days_left(self, day) -> int:
        """Days until the last day for notice; 0 on that day, negative after it."""
        return (self.notice_by - day).days

    @property
    def seats_used_percent(self) -> int | None:
        return (
            round(100 * self.seats_used / self.seats_bought)
            if self.seats_bought and self.seats_used is not None
            else None
        )
