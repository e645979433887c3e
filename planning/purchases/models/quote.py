"""What a vendor offered in writing: a part of the terms, so another quote is decided about anew."""

from django.db import models

from planning.files.models import StoredFile
from planning.people.models import Member
from planning.people.tenancy import InWorkspace

from .purchase import Purchase


class Quote(InWorkspace):
    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="quotes")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "purchase", "file"], name="purchase_quote_once"),
        ]

    def __str__(self):
        return self.file.name
