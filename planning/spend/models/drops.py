"""An address to which another system, or a mailbox, sends the files of one source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.shared import clock

from .imports import Source


class Drop(InWorkspace):
    """Who knows the secret may bring files of `source`, and nothing else; they come in the name of `opened_by`.

    The secret is shown once and kept as its SHA-256. A person confirms each file, unless the drop is `trusted` and the
    file is read by the source's mapping as it is, without a doubt.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="drops")
    label = models.CharField(_("what sends it"), max_length=80)
    secret_hash = models.CharField(max_length=64, editable=False)
    trusted = models.BooleanField(_("trusted"), default=False)
    opened_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "secret_hash"], name="spend_drop_secret")]
        indexes = [models.Index(fields=["secret_hash"], name="spend_drop_by_secret")]

    def __str__(self):
        return self.label
