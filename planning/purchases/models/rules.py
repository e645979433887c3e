"""The rules that say which approvers a purchase needs, as versions that both keys put in force."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from planning.calendar.models import Category
from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.shared.money import MoneyField
from planning.signoffs.models import Paper


class About(models.TextChoices):
    """What a rule looks at."""

    VALUE = "value", _("net value in all")
    VENDOR = "vendor", _("with the vendor's last twelve months")
    TERM = "term", _("term in months")
    DATA = "data", _("customer data")
    REGION = "region", _("region")
    RENEWAL = "renewal", _("at the end of the term")
    JOINT = "joint", _("both sides fund it")
    OTHER = "other", _("one side buys what belongs to the other")
    NO_LINE = "no line", _("no agreed budget line")


class RulesetQuerySet(WorkspaceQuerySet):
    def in_force(self):
        return self.filter(state=Ruleset.State.AGREED)


class Ruleset(InWorkspace):
    """One version. A workspace without an agreed one uses the rules it starts with (`rules.DEFAULTS`)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PROPOSED = "proposed", _("proposed")
        AGREED = "agreed", _("in force")
        REPLACED = "replaced", _("replaced")

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    author = models.ForeignKey(Member, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    agreed_at = models.DateTimeField(null=True)

    objects = RulesetQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="purchase_rules_number"),
            models.UniqueConstraint(
                fields=["workspace"], name="purchase_rules_one_draft", condition=Q(state__in=["draft", "proposed"])
            ),
            models.UniqueConstraint(
                fields=["workspace"], name="purchase_rules_one_in_force", condition=Q(state="agreed")
            ),
        ]

    def __str__(self):
        return str(_("Purchase rules %(number)s") % {"number": self.number})

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.PROPOSED)


class Rule(InWorkspace):
    """One row: where it applies, and who is asked then. Amounts in the workspace's currency, terms in months, both as
    [low, high) without an end when `high` is empty; `word` is a class of data, a region, or how a term ends."""

    ruleset = models.ForeignKey(Ruleset, models.CASCADE, related_name="rows")
    number = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=8, choices=About)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    low = MoneyField(null=True)
    high = MoneyField(null=True)
    word = models.CharField(max_length=60, blank=True)
    seats = ArrayField(models.CharField(max_length=16), default=list)

    class Meta(InWorkspace.Meta):
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "ruleset", "number"], name="purchase_rule_number"),
        ]

    def __str__(self):
        return self.get_about_display()
