"""Whether money did what it was meant to do: a business case, its result, and what the other side says to it."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.kpis.models import Kpi
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared.money import MoneyField

from .plans import Line


class CaseQuerySet(WorkspaceQuerySet):
    def without_result(self):
        return self.filter(recorded_by=None)

    def to_confirm(self):
        return self.filter(recorded_by__isnull=False, judged_by=None)


class BusinessCase(InWorkspace):
    """What a line promises: for `cost` (workspace's currency) and `effort` days of people's work, `kpi` moves by
    `expected` (in its own unit, below zero when it should fall) until `due`. After that day its owner records the
    `result`, and somebody of the other side confirms it or says what is wrong with it.
    """

    class Verdict(models.TextChoices):
        CONFIRMED = "confirmed", _("confirmed")
        DISPUTED = "disputed", _("disputed")

    line = models.ForeignKey(Line, models.CASCADE, related_name="cases")
    argument = models.TextField(_("why it is worth it"))
    effort = models.DecimalField(_("effort in days of work"), max_digits=8, decimal_places=1)
    cost = MoneyField(_("cost"))
    kpi = models.ForeignKey(Kpi, models.PROTECT, verbose_name=_("KPI it should move"), related_name="+")
    expected = models.DecimalField(_("expected effect"), max_digits=20, decimal_places=6)
    due = models.DateField(_("effect shows by"))
    written_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    result = models.DecimalField(_("effect"), max_digits=20, decimal_places=6, null=True)
    result_note = models.TextField(_("how it was measured"), blank=True)
    recorded_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=9, choices=Verdict, blank=True)
    verdict_note = models.TextField(_("comment"), blank=True)
    judged_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["due", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "line"], name="budgets_case_once"),
            models.CheckConstraint(name="budgets_case_expects_something", condition=~Q(expected=0)),
            models.CheckConstraint(name="budgets_case_not_negative", condition=Q(cost__gte=0, effort__gte=0)),
            models.CheckConstraint(
                name="budgets_case_result_by_somebody", condition=Q(result=None) ^ Q(recorded_by__isnull=False)
            ),
            models.CheckConstraint(
                name="budgets_case_judged_by_another",
                condition=Q(judged_by=None, verdict="")
                | Q(judged_by__isnull=False, recorded_by__isnull=False)
                & ~Q(verdict="")
                & ~Q(judged_by=models.F("recorded_by")),
            ),
        ]

    def __str__(self):
        return _("business case of “%(line)s”") % {"line": self.line}

    @property
    def reached(self) -> Decimal | None:
        """The effect in percent of what was expected; below zero when it went the other way. None without a result."""
        return None if self.result is None else self.result * 100 / self.expected

    @property
    def proven(self) -> Decimal:
        """How much of the money has proven its effect, 0 to 1: nothing before the other side has confirmed it."""
        if self.verdict != self.Verdict.CONFIRMED:
            return Decimal(0)
        return min(max(self.reached / 100, Decimal(0)), Decimal(1))
