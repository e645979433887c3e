"""What a person expects instead of what the books say, and forecasts kept to be looked back at.

Amounts in the workspace's currency, by line, side and month.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.shared.money import MoneyField

from .plans import Budget, FundingSide, Line


class TypedForecast(InWorkspace):
    """What somebody typed for a month of a line, split on its sides. It counts while the line's forecast is typed."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="typed_forecasts")
    side = models.CharField(max_length=10, choices=FundingSide)
    month = models.DateField()
    amount = MoneyField()
    typed_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "line", "side", "month"], name="typed_forecast_once"),
            models.CheckConstraint(name="typed_forecast_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self):
        return f"{self.line_id} {self.side} {self.month}"


class ForecastSnapshot(InWorkspace):
    """A budget's whole forecast as it stood at an instant: kept by a person (`by`), or by the clock when `month`
    closed.
    """

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="snapshots")
    taken_at = models.DateTimeField()
    by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note = models.CharField(_("note"), max_length=200, blank=True)
    month = models.DateField(null=True)

    class Meta(InWorkspace.Meta):
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "budget", "month"], name="forecast_snapshot_once_a_month")
        ]

    def __str__(self):
        return self.note or _("Forecast of %(day)s") % {"day": f"{self.taken_at:%Y-%m-%d}"}


class SnapshotCell(InWorkspace):
    """One line, side and month of a kept forecast."""

    snapshot = models.ForeignKey(ForecastSnapshot, models.CASCADE, related_name="cells")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=FundingSide)
    month = models.DateField()
    forecast = MoneyField()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "snapshot", "line", "side", "month"], name="forecast_snapshot_cell_once"
            )
        ]

    def __str__(self):
        return f"{self.line_id} {self.side} {self.month}"
