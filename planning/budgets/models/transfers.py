"""Moving agreed money between lines."""

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.shared.money import MoneyField
from planning.signoffs.models import Paper

from .plans import Budget, FundingSide, Line


class Transfer(InWorkspace):
    """One atomic booking whose parts sum to zero. The giver's amount is held under `claim` from the proposal on."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        DONE = "done", _("done")
        RETURNED = "returned", _("returned")
        RECALLED = "recalled", _("recalled")

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="transfers")
    giver = models.ForeignKey(Line, models.PROTECT, related_name="given")
    taker = models.ForeignKey(Line, models.PROTECT, related_name="taken")
    amount = MoneyField(_("amount"))
    reason = models.TextField(_("reason"))
    claim = models.UUIDField()
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="reversals")
    moved_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "claim"], name="transfer_claim"),
            models.CheckConstraint(name="transfer_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="transfer_between_two", condition=~Q(giver=models.F("taker"))),
            models.CheckConstraint(
                name="transfer_done_when",
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done") & Q(done_at=None),
            ),
        ]

    def __str__(self):
        return _("Transfer %(id)s") % {"id": self.pk}

    @cached_property
    def label_in_history(self) -> str:
        """ "500.00 GBP from “Events” to “Hosting”": its paper says it; whoever makes one without a paper sets it."""
        return self.paper.label if self.paper else str(self)


class Part(InWorkspace):
    """What a transfer adds to (or takes from) a line, a side and a month."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="parts")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    side = models.CharField(max_length=10, choices=FundingSide)
    month = models.DateField()
    amount = MoneyField()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "transfer", "line", "side", "month"], name="transfer_part_once"
            )
        ]

    def __str__(self):
        return f"{self.line_id} {self.side} {self.month}"
