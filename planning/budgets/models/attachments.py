"""Papers that lie with a line: an offer, a sheet, a contract's draft. They need no key."""

from django.db import models

from planning.files.models import StoredFile
from planning.people.models import Member
from planning.people.tenancy import InWorkspace

from .plans import Line


class Attachment(InWorkspace):
    """A stored file on a line."""

    line = models.ForeignKey(Line, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["workspace", "line", "file"], name="budgets_attachment_once")]

    def __str__(self):
        return self.file.name
