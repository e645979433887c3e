"""Stored files: what they are and where the bytes lie. The bytes are served only through a door."""

from django.db import models

from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.shared import clock


class StoredFile(InWorkspace):
    """One upload. `key` is its place in the default storage; `sha256` and `size` are of the bytes as they came."""

    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    type = models.CharField(max_length=100)
    key = models.CharField(max_length=255)
    uploaded_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "key"], name="stored_file_key")]

    def __str__(self):
        return self.name
