"""A request to buy, from draft to closed. Budgets keep its money under `claim`, signoffs its keys."""

import re
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Min, Q
from django.utils.translation import gettext_lazy as _

from planning.budgets.models import Line
from planning.calendar.models import Category, Domain
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.shared.money import MoneyField
from planning.shared.searching import FoundBy
from planning.signoffs.models import Paper
from planning.vendors.models import Contract, DataClass, Vendor

from .rules import Ruleset


class Price(models.TextChoices):
    ONCE = "once", _("once")
    MONTH = "month", _("per month")
    YEAR = "year", _("per year")


class Renews(models.TextChoices):
    NO = "no", _("ends by itself")
    EXPRESS = "express", _("only if we renew it")
    TACIT = "tacit", _("renews by itself")


class Emergency(models.TextChoices):
    """Why something cannot wait for its keys."""

    OUTAGE = "outage", _("something customers need is down")
    SECURITY = "security", _("a security incident")
    SAFETY = "safety", _("people's safety")
    LEGAL = "legal", _("a legal deadline")
    PUBLIC = "public", _("a crisis in public")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for approval")
    INFORMATION = "more information", _("more information asked")
    APPROVED = "approved", _("approved")
    ORDERED = "ordered", _("ordered")
    RECEIVED = "received", _("received")
    INVOICED = "invoiced", _("invoiced")
    CLOSED = "closed", _("closed")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


# How a state is drawn: planning.shared.marks.
TONES = {
    State.DRAFT: "unknown", State.SUBMITTED: "waiting", State.INFORMATION: "amber", State.APPROVED: "green",
    State.ORDERED: "green", State.RECEIVED: "green", State.INVOICED: "green", State.CLOSED: "achieved",
    State.REJECTED: "red", State.WITHDRAWN: "unknown", State.EXPIRED: "amber",
}  # fmt: skip

CODE = re.compile(r"p-(?P<number>\d{1,9})", re.IGNORECASE)
WAITING = (State.SUBMITTED, State.INFORMATION)
STANDING = (State.APPROVED, State.ORDERED, State.RECEIVED, State.INVOICED)
ENDED = (State.REJECTED, State.WITHDRAWN, State.EXPIRED)


def called(words: list[str]) -> Q:
    """What holds each of `words` in its title, its order number or a name of its vendor, or is called so (P-0042)."""
    found, code = Q(FoundBy("purchases_called", *words)), CODE.fullmatch(" ".join(words))
    return found | Q(number=int(code["number"])) if code else found


class PurchaseQuerySet(WorkspaceQuerySet):
    def waiting(self):
        """Sent for approval and not yet decided: their money is reserved."""
        return self.filter(state__in=WAITING)

    def standing(self):
        """Approved and not closed: their money is committed."""
        return self.filter(state__in=STANDING)

    def emergencies(self):
        """Committed by one lead before the second key."""
        return self.exclude(emergency="")

    def frameworks(self):
        """Framework orders that can be called off."""
        return self.standing().filter(framework=True)

    def counted(self):
        """What counts towards a vendor's twelve months: not the call-offs of a framework, which counts itself."""
        return self.asked_for().filter(call_off_of=None)

    def asked_for(self):
        """Submitted and approved purchases, in whichever state since: what counts towards a vendor's twelve months."""
        return self.filter(state__in=[*WAITING, *STANDING, State.CLOSED])


class Purchase(InWorkspace):
    """What somebody asks to buy. `amount` is net, in `currency`, once or for each month or year of `term_months`.

    `value` is the net total contract value in the workspace's currency, committed renewals included (value.py); a
    foreign amount was converted at `rate` of `rate_on`. `version` rises with every change of the terms, and a decision
    names the one it read. `approved` keeps the terms of the last approved version while a change of them waits for its
    keys: what the change adds is held under `change_claim`, and joins `more_claims` once it is approved.
    `invoiced_from` is the state it had before imported invoices used its money up; blank when a person noted it.
    A `framework` is a ceiling with a vendor: it holds no money, its call-offs (`call_off_of`) do; `billed_outside` is
    what came as invoices of its number that no call-off covers (workspace's currency, kept by settling.py).
    `technology` is what who asks said about it; None leaves it to the category.
    `typed` is what a draft's form holds and its fields cannot yet: a vendor nobody knows, half an amount.
    `restricted`: its words are for its approvers alone (`restricted.py`), and Postgres keeps them from others.
    `rules` are those it was submitted under; none are the ones a workspace starts with.
    `received` is what has been delivered of the whole price, in `currency`. `emergency` says why a lead,
    `emergency_by`, committed it before the second key.
    """

    number = models.PositiveIntegerField(editable=False)
    title = models.CharField(_("what do you need?"), max_length=200)
    reason = models.TextField(_("what is it for?"), blank=True)
    requester = models.ForeignKey(Member, models.PROTECT, related_name="purchases", editable=False)
    vendor = models.ForeignKey(Vendor, models.PROTECT, null=True, related_name="purchases", verbose_name=_("vendor"))
    contract = models.ForeignKey(
        Contract, models.PROTECT, null=True, blank=True, related_name="purchases", verbose_name=_("renews the contract")
    )
    currency = models.CharField(_("currency"), max_length=3)
    amount = MoneyField(_("amount"), null=True)
    price = models.CharField(_("paid"), max_length=5, choices=Price, default=Price.ONCE)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name=_("category"))
    data_class = models.CharField(_("customer data"), max_length=8, choices=DataClass, default=DataClass.UNKNOWN)
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    technology = models.BooleanField(_("technology"), null=True)
    region = models.CharField(_("region"), max_length=60, blank=True)
    replaces = models.CharField(_("replaces"), max_length=200, blank=True)
    renews = models.CharField(_("at the end"), max_length=7, choices=Renews, default=Renews.NO)
    needed_by = models.DateField(_("needed by"), null=True, blank=True)
    framework = models.BooleanField(_("framework order"), default=False)
    billed_outside = MoneyField(default=0, editable=False)
    restricted = models.BooleanField(_("only its approvers read it"), default=False)
    call_off_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="call_offs", verbose_name=_("calls off")
    )
    typed = models.JSONField(default=dict, editable=False)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT, editable=False)
    invoiced_from = models.CharField(max_length=16, choices=State, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    value = MoneyField(null=True, editable=False)
    rate = models.DecimalField(max_digits=18, decimal_places=8, null=True, editable=False)
    rate_on = models.DateField(null=True, editable=False)
    claim = models.UUIDField(default=uuid.uuid4, editable=False)
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+", editable=False)
    rules = models.ForeignKey(Ruleset, models.PROTECT, null=True, related_name="+", editable=False)
    approved = models.JSONField(null=True, editable=False)
    change_claim = models.UUIDField(null=True, editable=False)
    more_claims = ArrayField(models.UUIDField(), default=list, editable=False)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    received = MoneyField(default=0, editable=False)
    emergency = models.CharField(max_length=8, choices=Emergency, blank=True, editable=False)
    emergency_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+", editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True, editable=False)
    expires_on = models.DateField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    ordered_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    is_preview = False

    objects = PurchaseQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="purchase_number"),
            models.UniqueConstraint(fields=["workspace", "claim"], name="purchase_claim"),
            models.CheckConstraint(name="purchase_amount_positive", condition=Q(amount=None) | Q(amount__gt=0)),
            models.CheckConstraint(
                name="purchase_whole_when_sent",
                condition=Q(state__in=["draft", "rejected", "withdrawn", "expired"])
                | Q(
                    vendor__isnull=False,
                    amount__isnull=False,
                    value__isnull=False,
                    paper__isnull=False,
                    submitted_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="purchase_approved_when",
                condition=~Q(state__in=["approved", "ordered", "received", "invoiced", "closed"])
                | Q(approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="purchase_framework_calls_off_none", condition=Q(framework=False) | Q(call_off_of=None)
            ),
            models.CheckConstraint(
                name="purchase_emergency_has_a_lead",
                condition=Q(emergency="", emergency_by=None) | ~Q(emergency="") & Q(emergency_by__isnull=False),
            ),
            models.CheckConstraint(
                name="purchase_closed_when", condition=~Q(state="closed") | Q(closed_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "state"], name="purchase_state"),
            models.Index(fields=["workspace"], name="purchase_restricted", condition=Q(restricted=True)),
            models.Index(fields=["workspace", "vendor", "approved_at"], name="purchase_vendor_approved"),
            models.Index(fields=["workspace", "emergency_by"], name="purchase_emergency", condition=~Q(emergency="")),
        ]

    def __str__(self):
        return self.title

    @property
    def code(self) -> str:
        """How people call it: P-0042."""
        return f"P-{self.number:04d}"

    @property
    def label_in_history(self) -> str:
        """The history is copied to places that outlive a restriction: mails, minutes, exports."""
        return str(_("%(code)s, restricted") % {"code": self.code}) if self.restricted else self.title

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING

    @property
    def has_ended(self) -> bool:
        return self.state in ENDED

    @property
    def is_draft(self) -> bool:
        return self.state == State.DRAFT

    @property
    def is_periodic(self) -> bool:
        return self.price != Price.ONCE

    @property
    def domain(self) -> str:
        """Whose kind of thing it is: technology when either who asks or its category says so."""
        if self.technology:
            return Domain.TECHNOLOGY
        return self.category.domain if self.category else Domain.OTHER

    @property
    def is_changing(self) -> bool:
        """An approved purchase whose change waits for its keys."""
        return self.is_waiting and self.approved is not None

    @property
    def awaits_second_key(self) -> bool:
        """Committed as an emergency, and the paper that asks for the second key is still open."""
        return bool(self.emergency) and not self.is_waiting and self.paper is not None and self.paper.is_open

    @property
    def claims(self) -> list:
        """Every claim that budgets keeps money under for it, the first submission's first."""
        return [self.claim, *self.more_claims, *([self.change_claim] if self.change_claim else [])]

    @property
    def waits_for_days(self) -> int | None:
        """Whole days since it was sent for approval, or since its change was, while it waits."""
        if not self.is_waiting:
            return None
        since = self.paper.opened_at if self.is_changing else self.submitted_at
        return (self.workspace.today() - since.astimezone(self.workspace.zone).date()).days


class Item(InWorkspace):
    """What a purchase charges to one line: `amount` of its price, in the purchase's currency."""

    purchase = models.ForeignKey(Purchase, models.CASCADE, related_name="items")
    line = models.ForeignKey(Line, models.PROTECT, related_name="+")
    amount = MoneyField()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "purchase", "line"], name="purchase_item_once"),
            models.CheckConstraint(name="purchase_item_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self):
        return f"{self.amount} → {self.line_id}"


def approved_before(workspace):
    """The earliest approval at each vendor, for the search of spend nobody approved: rows {vendor, approved_at}."""
    return (
        Purchase.objects.of(workspace)
        .filter(approved_at__isnull=False)
        .values("vendor")
        .annotate(approved_at=Min("approved_at"))
        .order_by("vendor")
    )
