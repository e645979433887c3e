"""What a line of people cost is made of. Postgres shows it to the owning side, to finance and to auditors alone
(0004)."""

from django.db import models
from django.db.models import Q

from planning.people.tenancy import InWorkspace
from planning.shared.money import MoneyField

from .plans import FundingSide, Line

FEWEST = 5


class PeoplePlan(InWorkspace):
    """Groups of people of one line, [{name, fte: twelve numbers, rate: a year's average loaded cost of one}] as text.

    Never changed: other groups are another plan, and a revision names its plan by the `seal`, the SHA-256 of groups and
    `salt`. `total` is in the workspace's currency. `fewest` is the smallest number of people in a month that has any.
    """

    line = models.ForeignKey(Line, models.CASCADE, related_name="people_plans")
    side = models.CharField(max_length=10, choices=FundingSide)
    groups = models.JSONField()
    total = MoneyField()
    fewest = models.DecimalField(max_digits=9, decimal_places=2)
    salt = models.CharField(max_length=32)
    seal = models.CharField(max_length=64)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "line", "seal"], name="budgets_people_sealed_once"),
            models.CheckConstraint(name="budgets_people_no_small_group", condition=Q(fewest__gte=FEWEST)),
        ]

    def __str__(self):
        return f"{self.line_id} {self.seal[:8]}"
