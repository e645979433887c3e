"""What if: a copy of the plan that touches nothing live, and the steps that changed it, in their order.

A scenario's lines are its base (what the plan said when it was copied) and what the steps made of it. They can be
worked out again from the base at any time, so a step can be taken out and the others stay. Amounts in the workspace's
currency.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.shared.money import MoneyField
from planning.vendors.models import Vendor

from .plans import Budget, Line, OwnerSide, Revision, Version


class Scenario(InWorkspace):
    """One what-if of a budget. `version` is the draft its changes were put into, once it was promoted."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="scenarios")
    name = models.CharField(_("name"), max_length=120)
    note = models.TextField(_("note"), blank=True)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    copied_at = models.DateTimeField()
    version = models.ForeignKey(Version, models.PROTECT, null=True, related_name="scenarios")
    promoted_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "budget", "name"],
                name="scenario_name_once",
                violation_error_message=_("There is a scenario of that name already."),
            ),
            models.CheckConstraint(
                name="scenario_promoted_into_a_version",
                condition=Q(version=None, promoted_at=None) | Q(version__isnull=False, promoted_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name


class ScenarioLine(InWorkspace):
    """A line in a scenario: twelve months, and marketing's part of each (technology's is the rest).

    `line` is None for a line that only the scenario has; its `base_months` are None. `rate` turns `original_total` of
    `original_currency` into the workspace's; empty for a line planned in the workspace's own.
    """

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="lines")
    line = models.ForeignKey(Line, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=120)
    side = models.CharField(max_length=10, choices=OwnerSide)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    vendor = models.ForeignKey(Vendor, models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(max_length=9, choices=Revision.Purpose, default=Revision.Purpose.RUN)
    original_currency = models.CharField(max_length=3, blank=True)
    original_total = MoneyField(null=True)
    base_rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    base_months = ArrayField(MoneyField(), size=12, null=True)
    base_weight = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    months = ArrayField(MoneyField(), size=12)
    marketing_months = ArrayField(MoneyField(), size=12)
    marketing_weight = models.DecimalField(max_digits=9, decimal_places=6)
    changed = models.BooleanField(default=False)

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "scenario", "line"], name="scenario_line_once"),
            models.CheckConstraint(name="scenario_weight", condition=Q(marketing_weight__range=(0, 100))),
        ]

    def __str__(self):
        return self.name


class ScenarioStep(InWorkspace):
    """One change, applied after those before it: by rule to the lines its `filters` choose, or by hand.

    `effect` is what it did, as text: {marketing, technology, lines}.
    """

    class Kind(models.TextChoices):
        SCALE = "scale", _("up or down by percent")
        AMOUNT = "amount", _("up or down by an amount")
        SHIFT = "shift", _("moved to other months")
        RATE = "rate", _("another exchange rate")
        SHARES = "shares", _("another split")
        HAND = "hand", _("typed by hand")
        LINE = "line", _("a new line")

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind)
    filters = models.JSONField(default=dict)
    parameters = models.JSONField(default=dict)
    effect = models.JSONField(default=dict)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "scenario", "position"], name="scenario_step_position")
        ]

    def __str__(self):
        return self.get_kind_display()
