"""Facts append, balances follow, Postgres refuses (0002). All amounts are in the workspace's currency.

A movement adds its five deltas to the balance of its line and side and to the cell of its month. The web role writes
movements and holds; balances and cells only follow.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared.money import ZERO, MoneyField

from .plans import Budget, FundingSide, Line

STATES = ("plan", "transferred", "reserved", "committed", "actual")


class Standing(InWorkspace):
    """Money in its states: each amount is in exactly one of them."""

    plan = MoneyField(default=ZERO)
    transferred = MoneyField(default=ZERO)
    reserved = MoneyField(default=ZERO)
    committed = MoneyField(default=ZERO)
    actual = MoneyField(default=ZERO)

    class Meta(InWorkspace.Meta):
        abstract = True

    @property
    def ceiling(self):
        return self.plan + self.transferred

    @property
    def used(self):
        return self.reserved + self.committed + self.actual

    @property
    def available(self):
        return self.ceiling - self.used


class Movement(Standing):
    """One booking on a line, a side and a month; never changed. `cause` is the thing's text
    ("purchases.purchase:12"), `cause_id` the step of it: the same step books once.
    """

    class Kind(models.TextChoices):
        PLAN = "plan", _("plan")
        TRANSFER = "transfer", _("transfer")
        RESERVE = "reserve", _("reservation")
        COMMIT = "commit", _("commitment")
        ACTUAL = "actual", _("actual")
        ACCRUAL = "accrual", _("accrual")
        RELEASE = "release", _("release")
        CREDIT = "credit", _("credit")
        UNDO = "undo", _("undone")

    line = models.ForeignKey(Line, models.PROTECT, related_name="movements")
    side = models.CharField(max_length=10, choices=FundingSide)
    month = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    hold = models.ForeignKey("budgets.Hold", models.PROTECT, null=True, related_name="movements")
    cause = models.CharField(max_length=80)
    cause_id = models.CharField(max_length=80)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta(Standing.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "cause", "cause_id", "kind", "line", "side", "month", "hold"],
                name="movement_once",
                nulls_distinct=False,
                violation_error_message=_("This was booked already."),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "line", "-at"], name="movement_of_line"),
            models.Index(fields=["workspace", "line"], name="movement_accrued", condition=Q(kind="accrual")),
        ]

    def __str__(self):
        return f"{self.kind} {self.line_id} {self.side} {self.month}"


class Balance(Standing):
    """Where a line's money stands, by side. Its trigger holds the stop."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="balances")
    side = models.CharField(max_length=10, choices=FundingSide)

    class Meta(Standing.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "line", "side"], name="balance_once")]

    def __str__(self):
        return f"{self.line_id} {self.side}"


class Cell(Standing):
    """The same by month: what grids and variances read.

    `budget` is the line's, kept by a trigger, so that a year is read without the years behind it. The second index
    holds only months that use more than their plan: the forecast looks at those lines as a whole.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="cells")
    budget = models.ForeignKey(Budget, models.PROTECT, null=True, editable=False, related_name="+", db_index=False)
    side = models.CharField(max_length=10, choices=FundingSide)
    month = models.DateField()

    class Meta(Standing.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "line", "side", "month"], name="cell_once")]
        indexes = [
            models.Index(fields=["workspace", "budget"], name="budgets_cell_of_budget"),
            models.Index(
                fields=["workspace", "budget", "month", "line"],
                name="budgets_cell_over",
                condition=Q(committed__gt=F("plan") + F("transferred") - F("actual")),
            ),
        ]

    def __str__(self):
        return f"{self.line_id} {self.side} {self.month}"


class HoldQuerySet(WorkspaceQuerySet):
    def of_claim(self, claim):
        return self.filter(claim=claim)

    def standing(self):
        """Holds that still keep money from others."""
        return self.filter(state__in=[Hold.State.RESERVED, Hold.State.COMMITTED])


class Hold(InWorkspace):
    """One share of somebody's claim: a line, a side, a month. `claim` is the claimant's UUID; this room knows no
    more.

    `amount` is converted into the workspace's currency; `consumed` became actual, `released` went back to the line.
    `forward` holds lie beyond the last agreed year and touch no balance: `approved` says that their claim was
    committed, `placed_on` which line of that year's draft takes them over when it is agreed.
    """

    class State(models.TextChoices):
        RESERVED = "reserved", _("reserved")
        COMMITTED = "committed", _("committed")
        CLOSED = "closed", _("closed")
        FORWARD = "forward", _("forward")

    claim = models.UUIDField()
    line = models.ForeignKey(Line, models.PROTECT, related_name="holds")
    side = models.CharField(max_length=10, choices=FundingSide)
    month = models.DateField()
    amount = MoneyField()
    consumed = MoneyField(default=ZERO)
    released = MoneyField(default=ZERO)
    state = models.CharField(max_length=9, choices=State, default=State.RESERVED)
    approved = models.BooleanField(default=False)
    placed_on = models.ForeignKey(Line, models.SET_NULL, null=True, related_name="awaited")
    cause = models.CharField(max_length=80)
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = HoldQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["line_id", "side", "month"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "claim", "line", "side", "month"], name="hold_once"),
            models.CheckConstraint(name="hold_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="hold_not_overdrawn",
                condition=Q(consumed__gte=0, released__gte=0, amount__gte=F("consumed") + F("released")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "line"], name="hold_standing", condition=Q(state__in=["reserved", "committed"])
            )
        ]

    def __str__(self):
        return f"{self.state} {self.line_id} {self.side} {self.month}"

    @property
    def left(self):
        """What it still keeps."""
        return self.amount - self.consumed - self.released
