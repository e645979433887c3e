"""What a workspace settles for all its budgets: limits, dimensions of its own, and targets from above."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.people.tenancy import InWorkspace
from planning.shared.money import MoneyField

from .plans import Budget, FundingSide

MOST_DIMENSIONS = 6


class Limits(InWorkspace):
    """A workspace's own limits, amounts in its currency. A workspace without a row uses the defaults.

    `tolerance_percent` is how far above a line's plan promises may go; the stop (Postgres) reads it from here.
    `evidence_from` is the amount from which a line needs a business case; None asks for none.
    """

    small_move = MoneyField(_("a planner moves alone below"), default=Decimal(5000))
    finance_move = MoneyField(_("finance agrees to transfers from"), default=Decimal(10000))
    variance_percent = models.DecimalField(
        _("variance limit in percent"), max_digits=5, decimal_places=2, default=Decimal(10)
    )
    variance_amount = MoneyField(_("variance limit"), default=Decimal(5000))
    tolerance_percent = models.DecimalField(
        _("promises may go over a line's plan by, in percent"), max_digits=5, decimal_places=2, default=Decimal(0)
    )
    evidence_from = MoneyField(_("a line needs a business case from"), null=True, blank=True)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace"], name="budget_limits_once"),
            models.CheckConstraint(
                name="budget_limits_not_negative",
                condition=Q(small_move__gte=0, finance_move__gte=0, variance_percent__gte=0, variance_amount__gte=0)
                & Q(tolerance_percent__range=(0, 100))
                & (Q(evidence_from=None) | Q(evidence_from__gte=0)),
            ),
        ]

    def __str__(self):
        return str(self.workspace)

    @classmethod
    def of(cls, workspace) -> "Limits":
        return cls.objects.filter(workspace=workspace).first() or cls(workspace=workspace)


class Dimension(InWorkspace):
    """One of the at most six words of a workspace's own by which its lines are told apart ("Region", "Brand").

    `place` numbers those in use, 1 to 6; a retired one has none and stays on the lines that name it.
    """

    name = models.CharField(_("name"), max_length=40)
    place = models.PositiveSmallIntegerField(
        null=True, editable=False, validators=[MinValueValidator(1), MaxValueValidator(MOST_DIMENSIONS)]
    )

    class Meta(InWorkspace.Meta):
        ordering = ["place", "pk"]
        constraints = [
            models.UniqueConstraint("workspace", Lower("name"), name="budgets_dimension_name"),
            models.UniqueConstraint(fields=["workspace", "place"], name="budgets_dimension_place"),
            models.CheckConstraint(
                name="budgets_dimension_at_most_six", condition=Q(place=None) | Q(place__range=(1, MOST_DIMENSIONS))
            ),
        ]

    def __str__(self):
        return self.name


class Target(InWorkspace):
    """What is wanted from above: an amount for a side, of the whole year or of one category and its leaves.

    It limits nothing (an envelope does): it stands beside the plan from below, and the rest is unallocated.
    """

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="targets")
    side = models.CharField(_("side"), max_length=10, choices=FundingSide)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, verbose_name=_("category"), related_name="+"
    )
    amount = MoneyField(_("amount"))

    class Meta(InWorkspace.Meta):
        ordering = ["side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "budget", "side", "category"],
                name="budgets_target_once",
                nulls_distinct=False,
                violation_error_message=_("There is a target for that already."),
            ),
            models.CheckConstraint(name="budgets_target_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self):
        return f"{self.get_side_display()} · {self.category or self.budget.year}"
