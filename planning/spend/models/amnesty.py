"""What becomes of a vendor that was bought from before anybody approved it; and the share the two sides aim at."""

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.purchases.models import Purchase, State
from planning.shared import clock
from planning.vendors.models import Vendor

from .entries import Entry

TONES = {"new": "unknown", "review": "waiting", "adopted": "green", "tolerated": "amber", "stopped": "red"}
GONE = (State.REJECTED, State.WITHDRAWN, State.EXPIRED)  # a request that came to nothing


class Amnesty(InWorkspace):
    """A vendor found in the ledger without an approved request, and who decides what becomes of it by when.

    `entry` is the row it was opened from, `first_paid` the day of the vendor's first payment then, `purchase` the
    back-dated request. Adopted: its request is approved. Tolerated: until a day. Stopped: whatever is paid later raises
    an alert, `alerted_on` being the day of the last one. A vendor without one is `new`: nobody looked yet.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        REVIEW = "review", _("in review")
        ADOPTED = "adopted", _("adopted")
        TOLERATED = "tolerated", _("tolerated")
        STOPPED = "stopped", _("stopped")

    vendor = models.ForeignKey(Vendor, models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    purchase = models.ForeignKey(Purchase, models.SET_NULL, null=True, related_name="amnesties")
    state = models.CharField(max_length=9, choices=State, default=State.REVIEW)
    owner = models.ForeignKey(Member, models.PROTECT, related_name="+")
    decide_by = models.DateField(_("decide by"))
    first_paid = models.DateField(null=True)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    tolerated_until = models.DateField(_("tolerated until"), null=True)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    reason = models.TextField(_("reason"), blank=True)
    alerted_on = models.DateField(null=True)

    class Meta(InWorkspace.Meta):
        verbose_name = _("retrospective approval")
        verbose_name_plural = _("retrospective approvals")
        constraints = [
            models.CheckConstraint(
                name="spend_amnesty_decided",
                condition=Q(state__in=["new", "review"]) | Q(decided_by__isnull=False, decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="spend_amnesty_until", condition=Q(state="tolerated") ^ Q(tolerated_until__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["workspace", "vendor"], name="spend_amnesty_of_vendor")]

    def __str__(self):
        return self.vendor.name

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def said(self) -> str:
        """Its state in words, with the day that goes with it."""
        if self.state == self.State.TOLERATED:
            return _("tolerated until %(day)s") % {"day": date_format(self.tolerated_until, "j M Y")}
        return self.get_state_display()

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.NEW, self.State.REVIEW)

    @property
    def due_on(self):
        """The day by which somebody decides, or decides again; None once it is decided for good."""
        return self.decide_by if self.is_open else self.tolerated_until

    @property
    def needs_request(self) -> bool:
        """Nobody drafted its back-dated request, or it came to nothing."""
        return self.purchase is None or self.purchase.state in GONE

    def is_over(self, day) -> bool:
        """Whether what is paid on `day` should not be: it was stopped, or the time it was tolerated for is over."""
        if self.state == self.State.TOLERATED:
            return day > self.tolerated_until
        return self.state == self.State.STOPPED and day > self.decided_on


class Target(InWorkspace):
    """The share of technology spend that may go round the process, in percent, to be reached by a day. The last one
    said is in force."""

    percent = models.DecimalField(_("percent"), max_digits=5, decimal_places=2)
    reached_by = models.DateField(_("reached by"), null=True, blank=True)
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.CheckConstraint(
                name="spend_target_percent",
                condition=Q(percent__range=(0, 100)),
                violation_error_message=_("A share is between 0 and 100 percent."),
            )
        ]

    def __str__(self):
        return f"{self.percent} %"
