"""What an approver asked for in return: a promise of who asked for the purchase, with a date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet

from .purchase import ENDED, Purchase


class ConditionQuerySet(WorkspaceQuerySet):
    def open(self):
        """Not settled yet, of purchases that were not refused or taken back."""
        return self.filter(settled_at=None).exclude(purchase__state__in=ENDED)


class Condition(InWorkspace):
    """`seat` approved and said what must be done until `due_on`; whoever asks for the purchase then keeps it. Settled,
    it is kept, or `waived` by who set it; `note` says what was done, or why it is not needed any more."""

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="conditions")
    seat = models.CharField(max_length=16)
    text = models.CharField(_("what must be done?"), max_length=400)
    due_on = models.DateField(_("until"))
    set_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    settled_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    waived = models.BooleanField(default=False)
    note = models.CharField(max_length=400, blank=True)

    objects = ConditionQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="purchase_condition_settled",
                condition=Q(settled_at=None, settled_by=None, waived=False)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "due_on"], name="purchase_condition_open", condition=Q(settled_at=None)),
        ]

    def __str__(self):
        return self.text

    @property
    def is_late(self) -> bool:
        return self.settled_at is None and self.due_on < self.workspace.today()
