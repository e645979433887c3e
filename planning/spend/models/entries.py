"""An entry is one booked row of a ledger, or an invoice that a person typed.

Facts append: undoing an import keeps its entries, with a date.
"""

from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.purchases.models import Purchase
from planning.shared.money import MoneyField
from planning.vendors.models import Vendor

from .imports import TYPED, Import, Source
from .rules import Rule


class Kind(models.TextChoices):
    INVOICE = "invoice", _("invoice")
    CREDIT = "credit", _("credit note")
    CARD = "card", _("card payment")
    ACCRUAL = "accrual", _("accrual")
    REVERSAL = "reversal", _("reversal")
    RECLASS = "reclass", _("reclassification")
    INTERNAL = "internal", _("internal")
    PAYROLL = "payroll", _("payroll")


# What uses a purchase's commitment up; accruals never do. A credit of a purchase gives back what was used of it.
BILLS = (Kind.INVOICE, Kind.CARD)
SETTLED = (*BILLS, Kind.CREDIT)


class Wait(models.TextChoices):
    """Why an entry is not an actual of a line yet. Blank: it is."""

    POSTED = "", _("posted")
    UNMATCHED = "unmatched", _("no rule places it on a line")
    RATE = "rate", _("no exchange rate for that day")
    CLOSED = "closed", _("its month is closed")
    DATELESS = "dateless", _("the file gives no date")
    NO_BUDGET = "no budget", _("its year has no agreed budget")
    SPLIT = "split", _("split: its parts are booked")


class EntryQuerySet(WorkspaceQuerySet):
    def live(self):
        """Entries of imports that were not undone; of a row that was split, its parts."""
        return self.filter(undone_at=None).exclude(waits=Wait.SPLIT)

    def imported(self, workspace):
        """What files said, without what people typed."""
        typed = Source.objects.of(workspace).filter(fingerprint=TYPED).values("pk")[:1]
        return self.exclude(source_id=Coalesce(Subquery(typed), 0))

    def posted(self):
        return self.live().filter(waits=Wait.POSTED)

    def late(self):
        """What waits for finance: its month is closed."""
        return self.live().filter(waits=Wait.CLOSED)

    def waiting(self):
        """The queue: largest money first."""
        return self.live().exclude(waits=Wait.POSTED).order_by(F("weight").desc(), "pk")


class Entry(InWorkspace):
    """One row of somebody's ledger.

    `amount` in `currency`; `converted` in the workspace's currency at `rate` (null while there is none). `month` is the
    first day of the posting date's month. `nth`: identical rows of one file are counted, so that a repeat is kept and a
    re-import is known. `weight` is the size by which the queue is sorted. `purchase` is what it is an invoice of.
    A row that was split over several lines stays as it came and waits as `split`; its parts say `split_of`.
    A late row keeps its `month`; `prior_in` is the first day of the open month finance booked it into instead.
    What a person typed has the hash of its vendor and document, so that no vendor's document is typed twice.
    `source` and `workspace` are its import's, which has the foreign keys; whether the import is there a trigger asks
    once a statement (0004). Every index begins with the workspace: one more on each foreign key alone would be written
    a million times and never read.
    """

    workspace = models.ForeignKey(
        "people.Workspace", models.CASCADE, related_name="+", editable=False, db_index=False, db_constraint=False
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="entries", db_index=False, db_constraint=False)
    batch = models.ForeignKey(Import, models.PROTECT, related_name="entries", db_index=False, db_constraint=False)
    row = models.PositiveIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    posting_date = models.DateField(_("posting date"), null=True)
    month = models.DateField(null=True)
    amount = MoneyField(_("amount"))
    currency = models.CharField(max_length=3)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True)
    rate_day = models.DateField(null=True)
    converted = MoneyField(null=True)
    weight = MoneyField()
    tax = MoneyField(null=True)
    gross = MoneyField(null=True)
    vendor_name = models.TextField(_("vendor"), blank=True)
    vendor_key = models.TextField(blank=True)
    vendor = models.ForeignKey(Vendor, models.PROTECT, null=True, related_name="entries", db_index=False)
    document = models.TextField(_("document"), blank=True)
    description = models.TextField(_("description"), blank=True)
    category_text = models.TextField(_("category"), blank=True)
    department = models.TextField(_("department"), blank=True)
    account = models.TextField(_("account"), blank=True)
    cost_centre = models.TextField(_("cost centre"), blank=True)
    order_number = models.TextField(_("order number"), blank=True)
    period_text = models.TextField(_("period"), blank=True)
    line = models.ForeignKey(Line, models.PROTECT, null=True, related_name="entries", db_index=False)
    rule = models.ForeignKey(Rule, models.SET_NULL, null=True, related_name="+", db_index=False)
    purchase = models.ForeignKey(Purchase, models.PROTECT, null=True, related_name="entries", db_index=False)
    waits = models.CharField(max_length=9, choices=Wait, blank=True)
    prior_in = models.DateField(null=True)
    split_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts", db_index=False)
    row_hash = models.UUIDField()
    nth = models.PositiveIntegerField()
    undone_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "source", "row_hash", "nth"], name="spend_entry_once", condition=Q(undone_at=None)
            ),
            models.CheckConstraint(
                name="spend_entry_posted_whole",
                condition=~Q(waits="") | Q(line__isnull=False, converted__isnull=False, month__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "batch"], name="spend_entry_of_import"),
            models.Index(fields=["workspace", "-posting_date", "-id"], name="spend_entry_newest"),
            models.Index(
                fields=["workspace", "source", "document"], name="spend_entry_document", condition=~Q(document="")
            ),
            models.Index(
                fields=["workspace", "-weight"], name="spend_entry_queue", condition=Q(undone_at=None) & ~Q(waits="")
            ),
            models.Index(fields=["workspace", "vendor", "posting_date"], name="spend_entry_of_vendor"),
            models.Index(fields=["workspace", "line", "month"], name="spend_entry_of_line"),
            models.Index(fields=["workspace", "rule"], name="spend_entry_by_rule", condition=Q(rule__isnull=False)),
            models.Index(
                fields=["workspace", "purchase"], name="spend_entry_of_purchase", condition=Q(purchase__isnull=False)
            ),
            models.Index(
                fields=["workspace", "split_of"], name="spend_entry_parts", condition=Q(split_of__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.vendor_name} {self.document}".strip() or f"#{self.pk}"

    @property
    def books_in(self):
        """The first day of the month it is an actual of, once it is one."""
        return self.prior_in or self.month
