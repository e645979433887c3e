"""Who sells to us: the register, its spellings, security reviews."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.shared.money import MoneyField
from planning.shared.searching import FoundBy

from ..normal import normal


class DataClass(models.TextChoices):
    """What customer data somebody touches. Unknown is treated as if it were personal."""

    NONE = "none", _("no customer data")
    INTERNAL = "internal", _("internal data")
    PERSONAL = "personal", _("personal data")
    UNKNOWN = "unknown", _("not known yet")


SENSITIVE = (DataClass.PERSONAL, DataClass.UNKNOWN)


class VendorQuerySet(WorkspaceQuerySet):
    def of(self, workspace):
        """The register: without vendors that turned out to be another one."""
        return super().of(workspace).filter(merged_into=None)

    def ever_of(self, workspace):
        """Those that were merged too, under the name they had."""
        return super().of(workspace)

    def named(self, name: str):
        """Vendors that carry this name in any spelling, as their own or as an alias: each asked of its own index."""
        key = normal(name)
        own, others = Vendor.objects.filter(key=key), Alias.objects.filter(key=key)
        return self.filter(pk__in=own.values("pk").union(others.values("vendor")))

    def search(self, text: str):
        """Vendors that hold each word of `text` in their name or in another spelling of it; all for no text."""
        return self.filter(FoundBy("vendors_called", *text.split())) if text.strip() else self


class Vendor(InWorkspace):
    """One company we buy from. `key` is its normalised name; no two vendors and no two aliases share one.

    A vendor that was merged keeps its name, gives its key up and says which it is now (`merged_into`); nothing else
    points at it. `compared_at` is when it was last held against the others' names. `spent` is what the ledger says for
    the last twelve months, in the workspace's currency; the room of spend keeps it. `kept_back`: a restricted request
    brought its name, and only who reads that one sees it, until the request is approved or anybody else names it.
    """

    class Standing(models.TextChoices):
        PREFERRED = "preferred", _("preferred")
        ALLOWED = "allowed", _("allowed")
        WARN = "warn", _("with care")
        BLOCKED = "blocked", _("blocked")

    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False)
    data_class = models.CharField(_("customer data"), max_length=8, choices=DataClass, default=DataClass.UNKNOWN)
    standing = models.CharField(_("standing"), max_length=9, choices=Standing, default=Standing.ALLOWED)
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("category")
    )
    marketing_owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner in marketing")
    )
    technology_owner = models.ForeignKey(
        Member, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner in technology")
    )
    note = models.TextField(_("note"), blank=True)
    added_at = models.DateTimeField(default=clock.now, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged", editable=False)
    compared_at = models.DateTimeField(null=True, editable=False)
    spent = MoneyField(default=0, editable=False)
    kept_back = models.BooleanField(default=False, editable=False)

    objects = VendorQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "key"],
                condition=Q(merged_into=None),
                name="vendor_key_once",
                violation_error_message=_("There is a vendor of that name already."),
            ),
            models.CheckConstraint(
                name="vendor_has_key",
                condition=(Q(merged_into=None) & ~Q(key="")) | Q(merged_into__isnull=False, key=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "id"], name="vendor_to_compare", condition=Q(compared_at=None, merged_into=None)
            ),
            models.Index(fields=["workspace"], name="vendor_kept_back", condition=Q(kept_back=True)),
            models.Index(fields=["workspace", "name", "id"], name="vendor_by_name", condition=Q(merged_into=None)),
        ]

    def __str__(self):
        return self.name

    @property
    def owners(self) -> dict:
        return {"marketing": self.marketing_owner, "technology": self.technology_owner}

    @property
    def is_blocked(self) -> bool:
        return self.standing == self.Standing.BLOCKED

    @property
    def tone(self) -> str:
        """How its standing is drawn."""
        return STANDING_TONES[self.standing]


class Alias(InWorkspace):
    """Another spelling of a vendor's name, typed or learned from a ledger."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="aliases")
    name = models.CharField(_("name"), max_length=200)
    key = models.CharField(max_length=200, editable=False)

    class Meta(InWorkspace.Meta):
        verbose_name = _("spelling")
        verbose_name_plural = _("spellings")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="vendor_alias_once"),
            models.CheckConstraint(name="vendor_alias_has_key", condition=~Q(key="")),
        ]

    def __str__(self):
        return self.name


class SecurityReview(InWorkspace):
    """Security looked at a vendor for one class of data; valid [reviewed_on, valid_until)."""

    vendor = models.ForeignKey(Vendor, models.CASCADE, related_name="reviews")
    data_class = models.CharField(_("covers"), max_length=8, choices=DataClass)
    reviewed_on = models.DateField(_("reviewed on"))
    valid_until = models.DateField(_("valid until"))
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    note = models.TextField(_("what was found"), blank=True)

    class Meta(InWorkspace.Meta):
        ordering = ["-valid_until", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="review_half_open",
                condition=Q(valid_until__gt=F("reviewed_on")),
                violation_error_message=_("A review is valid until a day after it was made."),
            ),
        ]

    def __str__(self):
        return f"{self.get_data_class_display()} → {self.valid_until}"


STANDING_TONES = {"preferred": "achieved", "allowed": "green", "warn": "amber", "blocked": "red"}
