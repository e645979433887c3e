"""Joint reviews: a rhythm, its meetings, what was on the agenda, what came of it, and minutes that both sides sign."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from planning.people.models import Member
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared import clock
from planning.signoffs.models import Paper


class Timed(InWorkspace):
    """Wall time and its zone, never an instant: nine o'clock stays nine o'clock when the clocks change."""

    at = models.TimeField(_("time"))
    minutes_long = models.PositiveSmallIntegerField(_("length in minutes"), default=60)
    timezone = models.CharField(_("time zone"), max_length=64)
    where = models.CharField(_("where"), max_length=200, blank=True)

    class Meta(InWorkspace.Meta):
        abstract = True


class Series(Timed):
    """A rhythm. Monthly and quarterly keep the weekday and its place in the month: the last Thursday stays that."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("every week")
        FORTNIGHTLY = "fortnightly", _("every two weeks")
        MONTHLY = "monthly", _("every month")
        QUARTERLY = "quarterly", _("every quarter")

    name = models.CharField(_("name"), max_length=120)
    rhythm = models.CharField(_("rhythm"), max_length=11, choices=Rhythm)
    starts_on = models.DateField(_("first date"))
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta(Timed.Meta):
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                name="series_name",
                condition=Q(ended_at=None),
                violation_error_message=_("There is a series of that name already."),
            ),
            models.CheckConstraint(name="series_some_length", condition=Q(minutes_long__range=(5, 600))),
        ]

    def __str__(self):
        return self.name


class ReviewQuerySet(WorkspaceQuerySet):
    def coming(self):
        return self.filter(state__in=[Review.State.PLANNED, Review.State.OPEN]).order_by("on", "at", "pk")


class Review(Timed):
    """One meeting. `sequence` rises with each change of date that an invitation must follow; `stamp` with any change in
    the room, so that two screens can follow each other by asking for it alone."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        OPEN = "open", _("in the room")
        CLOSED = "closed", _("closed")
        CANCELLED = "cancelled", _("cancelled")

    series = models.ForeignKey(Series, models.PROTECT, null=True, related_name="reviews")
    name = models.CharField(_("name"), max_length=120)
    on = models.DateField(_("date"))
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(default=clock.now, editable=False)
    stamp = models.PositiveIntegerField(default=1, editable=False)
    current = models.ForeignKey("AgendaItem", models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

    class Meta(Timed.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "uid"], name="review_uid"),
            models.UniqueConstraint(
                fields=["workspace", "series", "on"],
                name="review_once_a_day",
                condition=~Q(state="cancelled"),
                violation_error_message=_("The series meets on that day already."),
            ),
            models.CheckConstraint(
                name="review_times",
                condition=(~Q(state="open") | Q(opened_at__isnull=False)) & (Q(state="closed") ^ Q(closed_at=None)),
            ),
        ]

    def __str__(self):
        return f"{self.name}, {self.on:%-d %B %Y}"

    @cached_property
    def starts(self) -> datetime:
        """When it begins, aware, in its own zone."""
        return datetime.combine(self.on, self.at, tzinfo=ZoneInfo(self.timezone))

    @property
    def ends(self) -> datetime:
        return self.starts + timedelta(minutes=self.minutes_long)

    @property
    def is_live(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.OPEN)


class AgendaItem(InWorkspace):
    """Something that needs two people. `source` names what it came from ("kpis.red kpis.kpi:3"): one item a source and
    review, however often the agenda is built. `facts` is what was known then: [[words, value], …]. `paper` asks those
    whom the matrix lets have their say before it is decided (`asking`)."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DECIDED = "decided", _("decided")
        DISAGREED = "disagreed", _("disagreement recorded")
        CARRIED = "carried", _("carried over")
        DROPPED = "dropped", _("taken off")

    class Kind(models.TextChoices):
        KPI = "kpi", _("KPI off track")
        READING = "reading", _("unconfirmed reading")
        VARIANCE = "variance", _("variance")
        PURCHASE = "purchase", _("purchase waiting")
        RENEWAL = "renewal", _("renewal")
        ROLES = "roles", _("roles")
        PROMISE = "promise", _("promise not kept")
        OWN = "own", _("put on by hand")

    review = models.ForeignKey(Review, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=Kind)
    source = models.CharField(max_length=160)
    label = models.CharField(_("what"), max_length=300)
    url = models.CharField(max_length=300, blank=True)
    side = models.CharField(max_length=10, blank=True)
    facts = models.JSONField(default=list)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    added_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, null=True, related_name="+")

    class Meta(InWorkspace.Meta):
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "review", "source"], name="item_once"),
            models.CheckConstraint(name="item_own_by_somebody", condition=~Q(kind="own") | Q(added_by__isnull=False)),
        ]

    def __str__(self):
        return self.label

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Decision(InWorkspace):
    """What came of an item: a decision with its owner and date, or a disagreement with what the other side proposes."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="decisions")
    agreed = models.BooleanField(default=True)
    text = models.TextField(_("what"))
    counter_proposal = models.TextField(_("counter-proposal"), blank=True)
    owner = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("until"), null=True)
    matrix = models.JSONField(null=True, help_text="The row that says who decides such items, as it read then.")
    noted_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_whole",
                condition=Q(agreed=True, owner__isnull=False, due_on__isnull=False)
                | Q(agreed=False) & ~Q(counter_proposal=""),
            ),
        ]

    def __str__(self):
        return self.text


class PromiseQuerySet(WorkspaceQuerySet):
    def open(self):
        return self.filter(state=Promise.State.OPEN)


class Promise(InWorkspace):
    """Who does what until when. A decision makes one of its owner."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        KEPT = "kept", _("kept")
        RELEASED = "released", _("no longer needed")

    review = models.ForeignKey(Review, models.CASCADE, related_name="promises")
    decision = models.OneToOneField(Decision, models.CASCADE, null=True, related_name="promise")
    member = models.ForeignKey(Member, models.PROTECT, related_name="promises")
    what = models.CharField(_("what"), max_length=500)
    until = models.DateField(_("until"))
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    settled_at = models.DateTimeField(null=True)

    objects = PromiseQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.CheckConstraint(name="promise_settled_when", condition=Q(state="open") ^ Q(settled_at__isnull=False))
        ]

    def __str__(self):
        return self.what


class Minutes(InWorkspace):
    """One version of a review's minutes; `lines` is their text, frozen with the paper. After five business days without
    a word they stand as not objected, which is never called signed."""

    class State(models.TextChoices):
        OPEN = "open", _("waiting for its keys")
        SIGNED = "signed", _("signed by both sides")
        STANDING = "standing", _("not objected")
        OBJECTED = "objected", _("objected")
        REOPENED = "reopened", _("reopened")

    review = models.ForeignKey(Review, models.CASCADE, related_name="minutes")
    version = models.PositiveSmallIntegerField()
    lines = models.JSONField()
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    written_at = models.DateTimeField()
    stands_at = models.DateTimeField()

    class Meta(InWorkspace.Meta):
        verbose_name_plural = "minutes"
        constraints = [
            models.UniqueConstraint(fields=["workspace", "review", "version"], name="minutes_version"),
            models.UniqueConstraint(
                fields=["workspace", "review"], name="minutes_open_once", condition=Q(state="open")
            ),
        ]

    def __str__(self):
        return f"Minutes {self.version} of {self.review}"


class Feed(InWorkspace):
    """A member's calendar address. The secret is shown once and kept as its SHA-256."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "secret_hash"], name="feed_secret"),
            models.UniqueConstraint(fields=["workspace", "member"], name="feed_one", condition=Q(revoked_at=None)),
        ]

    def __str__(self):
        return f"calendar of {self.member_id}"
