"""Addresses of other systems that hear what happens, and each entry of the history on its way to one of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.trail.models import Entry

TONES = {"waiting": "waiting", "delivered": "green", "given up": "red", "withheld": "unknown"}


class WebhookQuerySet(WorkspaceQuerySet):
    def kept(self):
        return self.filter(removed_at=None)

    def going(self):
        return self.kept().filter(stopped_at=None)


class Webhook(InWorkspace):
    """`heard`: the number of the history's entry up to which it was asked what concerns it. `salt`: from it and the
    installation's key the secret is worked out, so the database holds no secret. `held_until`: a worker sends now."""

    address = models.CharField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=40))
    salt = models.CharField(max_length=32)
    heard = models.PositiveBigIntegerField(default=0)
    registered_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)
    stopped_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)

    objects = WebhookQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [models.CheckConstraint(name="webhooks_https", condition=Q(address__startswith="https://"))]

    def __str__(self):
        return self.address.split("/")[2]


class Delivery(InWorkspace):
    """One entry of the history for one webhook: tried in the order of the history, again and again, then given up.

    `status` and `answer` are the last try's: HTTP's number, or None where nobody answered, and the first words.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DELIVERED = "delivered", _("delivered")
        GIVEN_UP = "given up", _("given up")
        WITHHELD = "withheld", _("withheld")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+")
    event = models.CharField(max_length=40)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=clock.now)
    tried_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.CharField(max_length=300, blank=True)

    class Meta(InWorkspace.Meta):
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "webhook", "entry"], name="webhooks_delivery_once"),
        ]
        indexes = [
            models.Index(fields=["workspace", "webhook", "id"], name="webhooks_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self):
        return f"{self.event} #{self.entry_id}"

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def may_go_again(self) -> bool:
        return self.state != self.State.WITHHELD
