"""Two payments that look like one paid twice, and that a person found to be two."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.shared import clock

from .entries import Entry


class Dismissal(InWorkspace):
    """`again` is a payment of its own beside `entry`, for this reason. Taken back by deleting it."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    again = models.ForeignKey(Entry, models.CASCADE, related_name="+")
    reason = models.TextField(_("reason"))
    said_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "entry", "again"], name="spend_dismissal_once")]

    def __str__(self):
        return str(self.again)
