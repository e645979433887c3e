"""What a vendor offered in writing: a part of the terms, so another quote is decided about anew."""

from django.db import models

from planning.files.models import StoredFile
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet

from .purchase import Purchase


class AttachedManager(models.Manager.from_queryset(WorkspaceQuerySet)):
    def get_queryset(self):
        return super().get_queryset().filter(removed_at=None)


class Quote(InWorkspace):
    """A file of a purchase. One that was removed stays as a row: its file is kept, and of a restricted purchase read by
    nobody else than before."""

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="quotes")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = AttachedManager()
    ever = WorkspaceQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "purchase", "file"], name="purchase_quote_once"),
        ]

    def __str__(self):
        return self.file.name
