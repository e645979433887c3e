"""Day one of a company that starts in the middle of a year: what it brings, tied out and approved once."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.shared.money import MoneyField
from planning.signoffs.models import Paper

from .plans import Budget, Line


class Opening(InWorkspace):
    """What its other systems say on the first day of `first`, the month from which money is tracked here: the ledger's
    actuals of the year before it, the orders still open, and the terms of the contracts that run. Amounts in the
    workspace's currency. `round` counts proposals.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        APPROVED = "approved", _("approved")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="openings")
    first = models.DateField(_("tracked here from"))
    ledger_total = MoneyField(_("actuals in the ledger before that"))
    orders_total = MoneyField(_("open orders"))
    contracts_total = MoneyField(_("contracts that run"))
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    round = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(Member, models.PROTECT, related_name="+")

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "budget"], name="budgets_opening_once")]

    def __str__(self):
        return _("opening position of “%(budget)s”") % {"budget": self.budget}


class OpeningOrder(InWorkspace):
    """An order that was open on day one: it becomes a commitment under `claim` when the opening is approved."""

    opening = models.ForeignKey(Opening, models.CASCADE, related_name="orders")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    number = models.CharField(_("order number"), max_length=60)
    what = models.CharField(_("what was ordered"), max_length=200)
    month = models.DateField(_("month of service"))
    amount = MoneyField(_("still to be billed"))
    claim = models.UUIDField()

    class Meta(InWorkspace.Meta):
        ordering = ["month", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "opening", "number"],
                name="budgets_opening_order_once",
                violation_error_message=_("That order is in the list already."),
            ),
            models.CheckConstraint(name="budgets_opening_order_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self):
        return self.number
