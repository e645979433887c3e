"""What people taught: which rows belong to which line, and which words of a ledger mean technology or marketing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.calendar.models import Domain
from planning.people.models import Member
from planning.people.tenancy import InWorkspace
from planning.vendors.models import Vendor

from .imports import Source

CRITERIA = ("vendor_key", "department", "category_text", "account", "cost_centre", "document")


class Rule(InWorkspace):
    """Rows like this belong to that line. Blank criteria match everything; texts match whatever their case, a
    document by its beginning (of several beginnings that fit, the longest).

    The highest `priority` wins, then the rule that says most, then the newest. A rule places rows of its line's year.
    `spelled` is the name of `vendor_key` as the ledger wrote it.
    """

    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="rules")
    vendor = models.ForeignKey(Vendor, models.CASCADE, null=True, blank=True, related_name="+")
    vendor_key = models.CharField(max_length=200, blank=True)
    spelled = models.CharField(max_length=200, blank=True, editable=False)
    department = models.CharField(_("department"), max_length=200, blank=True)
    category_text = models.CharField(_("category"), max_length=200, blank=True)
    account = models.CharField(_("account"), max_length=100, blank=True)
    cost_centre = models.CharField(_("cost centre"), max_length=100, blank=True)
    document = models.CharField(_("document begins with"), max_length=40, blank=True)
    line = models.ForeignKey(Line, models.CASCADE, related_name="+")
    priority = models.SmallIntegerField(_("priority"), default=0)
    learned_from = models.ForeignKey(Member, models.PROTECT, related_name="+")
    learned_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "source", "vendor", *CRITERIA, "line"],
                name="spend_rule_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="spend_rule_says_something",
                condition=Q(vendor__isnull=False)
                | ~Q(vendor_key="", department="", category_text="", account="", cost_centre="", document=""),
                violation_error_message=_("A rule needs something to recognise rows by."),
            ),
        ]

    def __str__(self):
        said = [
            str(self.vendor) if self.vendor_id else self.spelled or self.vendor_key,
            *(getattr(self, name) for name in CRITERIA[1:-1]),
            f"{self.document}…" if self.document else "",
            str(self.source) if self.source_id else "",
        ]
        return " · ".join(part for part in said if part)


class CategoryKind(InWorkspace):
    """Whose kind of spend a ledger's own category is. `guessed` until a person says so; unknown is never zero."""

    text = models.CharField(_("category in the ledger"), max_length=200)
    domain = models.CharField(_("kind of spend"), max_length=10, choices=Domain, null=True)
    guessed = models.BooleanField(default=True)
    said_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "text"], name="spend_category_kind_once")]

    def __str__(self):
        return self.text
