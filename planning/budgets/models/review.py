"""What is asked at the end of a month: why a line is away from plan, and what was delivered and not billed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared.money import MoneyField
from planning.shared.periods import add_months

from .plans import Budget, Line


class MonthEnd(InWorkspace):
    """Whether the owners were asked about a month of a budget, so that each question is asked once."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="month_ends")
    month = models.DateField()
    accruals_asked_at = models.DateTimeField(null=True)
    explanations_asked_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "budget", "month"], name="budgets_month_end_once")]

    def __str__(self):
        return f"{self.month:%B %Y}"


class ExplanationQuerySet(WorkspaceQuerySet):
    def open(self):
        return self.filter(by=None)


class Explanation(InWorkspace):
    """Why a line was away from plan by `amount` (workspace's currency, over plan above zero) up to and with `month`.

    Asked once of its owner (nobody named: of whoever edits for the line's side); beside it the other side's comment.
    """

    class Cause(models.TextChoices):
        TIMING = "timing", _("timing")
        PRICE = "price", _("price")
        FX = "fx", _("exchange rate")
        VOLUME = "volume", _("volume")
        SCOPE = "scope", _("scope")
        ERROR = "error", _("error")

    class Measure(models.TextChoices):
        OVERSPENT = "overspent", _("more is spent and promised than planned for the year")
        ACTUAL = "actual", _("actual against plan to date")
        FORECAST = "forecast", _("forecast against plan of the year")

    line = models.ForeignKey(Line, models.PROTECT, related_name="explanations")
    month = models.DateField()
    measure = models.CharField(max_length=9, choices=Measure)
    amount = MoneyField()
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    cause = models.CharField(_("cause"), max_length=6, choices=Cause, blank=True)
    text = models.TextField(_("explanation"), blank=True)
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    comment = models.TextField(_("comment"), blank=True)
    comment_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    comment_at = models.DateTimeField(null=True)

    objects = ExplanationQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["-month", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "line", "month"], name="budgets_explanation_once"),
            models.CheckConstraint(
                name="budgets_explanation_whole",
                condition=Q(by=None, cause="", text="", comment_by=None)
                | Q(by__isnull=False) & ~Q(cause="") & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="budgets_explanation_not_own_comment",
                condition=Q(comment_by=None) | ~Q(comment_by=models.F("by")),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "line"], name="budgets_explanation_open", condition=Q(by=None)),
        ]

    def __str__(self):
        return _("%(line)s, %(month)s") % {"line": self.line, "month": f"{self.month:%Y-%m}"}


class AccrualQuerySet(WorkspaceQuerySet):
    def open(self):
        return self.filter(amount=None)

    def given(self):
        return self.filter(amount__gt=0)


class Accrual(InWorkspace):
    """What was delivered on a line up to the end of `month` and not billed: asked once, answered in the workspace's
    currency (zero: nothing). It counts as actual of the month, and as much less in the next one, when the invoice is
    due to come. `step` counts its bookings: a corrected answer books the difference.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="accruals")
    month = models.DateField()
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    suggested = MoneyField(default=0)
    asked_at = models.DateTimeField()
    amount = MoneyField(_("amount"), null=True)
    what = models.CharField(_("what was delivered"), max_length=200, blank=True)
    answered_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    reversal_line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="+")
    step = models.PositiveIntegerField(default=0)

    objects = AccrualQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["month", "line_id"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "line", "month"], name="budgets_accrual_once"),
            models.CheckConstraint(name="budgets_accrual_not_negative", condition=Q(amount=None) | Q(amount__gte=0)),
            models.CheckConstraint(
                name="budgets_accrual_answered",
                condition=Q(amount=None, answered_by=None) | Q(amount__isnull=False, answered_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "line"], name="budgets_accrual_open", condition=Q(amount=None)),
        ]

    def __str__(self):
        return self.number

    @property
    def number(self) -> str:
        """The document it has in the ledger: ACC-202706-12."""
        return f"ACC-{self.month:%Y%m}-{self.line_id}"

    @property
    def reversed_in(self):
        """The month that takes it back."""
        return add_months(self.month, 1)
