"""One paper with frozen terms, and its keys. The thing signed holds the foreign key to its paper."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from planning.people.models import KEY_SIDES, Member, Side
from planning.people.tenancy import InWorkspace, WorkspaceQuerySet
from planning.shared.money import MoneyField

LONG = ("terms", "text", "matrix")  # of a paper, which no list shows


class Paper(InWorkspace):
    """What is agreed to, frozen: `text` is the canonical terms, `fingerprint` its SHA-256, computed by Postgres.

    `amount` is in the workspace's currency, for lists. At most one paper about a subject is open at a time. `matrix` is
    the row that named the people, as it read then (`roles.routing`); None when no row of a matrix in force governed it.
    """

    class State(models.TextChoices):
        OPEN = "open", _("waiting")
        AGREED = "agreed", _("agreed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=80)
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=300)
    amount = MoneyField(null=True)
    version = models.PositiveIntegerField()
    terms = models.JSONField()
    text = models.TextField()
    matrix = models.JSONField(null=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    author = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    author_decides = models.BooleanField(default=True)
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    just_closed = False

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "subject", "version"], name="paper_version"),
            models.UniqueConstraint(
                fields=["workspace", "subject"],
                name="paper_open_once",
                condition=Q(state="open"),
                violation_error_message=_("A version of this is waiting for its keys already."),
            ),
            models.CheckConstraint(name="paper_closed_when", condition=Q(state="open") ^ Q(closed_at__isnull=False)),
        ]
        indexes = [
            models.Index(fields=["workspace", "opened_at"], name="paper_open_by_age", condition=Q(state="open")),
            models.Index(fields=["workspace", "author", "opened_at"], name="paper_asked_by", condition=Q(state="open")),
        ]

    def __str__(self):
        return self.label

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def subject_in_history(self) -> str:
        """What is done to a paper is done to the thing it is about."""
        return self.subject

    @property
    def short_fingerprint(self) -> str:
        return self.fingerprint[:12]

    def seat(self, name: str):
        """The seat of that name as it is now, not the one it moved from."""
        return next((one for one in self.seats.all() if one.name == name and one.state != Seat.State.MOVED), None)


class SeatQuerySet(WorkspaceQuerySet):
    def open(self):
        """Seats that somebody can decide now."""
        return self.filter(state__in=OPEN_STATES, paper__state=Paper.State.OPEN)


class Seat(InWorkspace):
    """The waiting approver and the turned key are one row. Without a holder, any lead of `side` decides.

    `letter` and `role` (its key) say what the matrix made of it: A decides once everybody who is asked has answered or
    let the time pass (until then the seat is waiting), G must agree, may block, and goes up at `climbs_at`.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not yet asked")
        OPEN = "open", _("waiting")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        ASKED = "asked", _("more information asked")
        BLOCKED = "blocked", _("blocked")
        SKIPPED = "skipped", _("not needed")
        VOID = "void", _("void")
        MOVED = "moved", _("moved")

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="seats")
    name = models.CharField(max_length=16)
    side = models.CharField(max_length=10, choices=Side, blank=True)
    letter = models.CharField(max_length=1, blank=True, choices=[("A", "A"), ("G", "G")])
    role = models.CharField(max_length=80, blank=True)
    role_name = models.CharField(max_length=120, blank=True)
    required = models.BooleanField(default=True)
    holder = models.ForeignKey(Member, models.PROTECT, null=True, related_name="seats")
    reason = models.CharField(max_length=300, blank=True)
    interest = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField(null=True)
    climbs_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_for = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    read_fingerprint = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects = SeatQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "paper", "name"], name="seat_once", condition=~Q(state="moved")
            ),
            models.UniqueConstraint(
                fields=["workspace", "paper", "decided_by"],
                name="seat_two_people",
                condition=Q(name__in=list(KEY_SIDES), state="approved"),
                violation_error_message=_("The two keys are turned by two people."),
            ),
            models.CheckConstraint(
                name="seat_decided_by_somebody",
                condition=~Q(state__in=["approved", "rejected", "asked", "blocked"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(read_fingerprint=""),
            ),
            models.CheckConstraint(
                name="seat_deputy_is_another", condition=Q(decided_for=None) | ~Q(decided_for=F("decided_by"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["workspace", "holder"],
                name="seat_waits_for",
                condition=Q(state__in=["open", "asked", "blocked"]),
            ),
            models.Index(
                fields=["workspace", "climbs_at"], name="seat_climbs", condition=Q(state__in=["open", "blocked"])
            ),
        ]

    def __str__(self):
        return f"{self.name} on {self.paper_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_key(self) -> bool:
        return self.name in KEY_SIDES

    def is_turned_by(self, member) -> bool:
        return self.state == self.State.APPROVED and self.decided_by_id == member.pk


OPEN_STATES = (Seat.State.OPEN, Seat.State.ASKED, Seat.State.BLOCKED)
UNDECIDED = (*OPEN_STATES, Seat.State.WAITING)


class DutyQuerySet(WorkspaceQuerySet):
    def open(self):
        """What somebody can do now."""
        return self.filter(state=Duty.State.OPEN, paper__state=Paper.State.OPEN)


class Duty(InWorkspace):
    """What somebody does for a paper before it is decided: R prepares, C is asked and has until `due_at`.

    The decision waits for all of them. A question that runs out is "no answer", which is an end like an answer.
    Without a holder any lead of `side` may do it. `role` is the key of the role in the matrix, `role_name` as it read.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("not yet asked")
        OPEN = "open", _("waiting")
        DONE = "done", _("done")
        ANSWERED = "answered", _("answered")
        SILENT = "silent", _("no answer")
        VOID = "void", _("void")
        MOVED = "moved", _("moved")

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="duties")
    letter = models.CharField(max_length=1, choices=[("R", "R"), ("C", "C")])
    role = models.CharField(max_length=80)
    role_name = models.CharField(max_length=120)
    side = models.CharField(max_length=10, choices=Side)
    holder = models.ForeignKey(Member, models.PROTECT, null=True, related_name="duties")
    due_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    said_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    said_for = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        ordering = ["pk"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "paper", "letter", "role"], name="duty_once", condition=~Q(state="moved")
            ),
            models.CheckConstraint(
                name="duty_said_by_somebody",
                condition=~Q(state__in=["done", "answered"]) | Q(said_by__isnull=False, said_at__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_silence_is_nobodys", condition=~Q(state="silent") | Q(said_by=None, said_at__isnull=False)
            ),
            models.CheckConstraint(
                name="duty_question_has_a_clock", condition=~Q(letter="C", state="open", due_at=None)
            ),
        ]
        indexes = [
            models.Index(fields=["workspace", "holder"], name="duty_waits_for", condition=Q(state="open")),
            models.Index(fields=["workspace", "due_at"], name="duty_runs_out", condition=Q(state="open", letter="C")),
        ]

    def __str__(self):
        return f"{self.letter} of {self.role_name}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_question(self) -> bool:
        return self.letter == "C"


UNDONE = (Duty.State.WAITING, Duty.State.OPEN)


class MailKey(InWorkspace):
    """A link in a mail that lets one member decide one seat, once. Only the SHA-256 of its secret is kept."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="mail_keys")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "secret_hash"], name="mail_key_once")]
        indexes = [models.Index(fields=["secret_hash"], name="mail_key_secret")]

    def __str__(self):
        return f"{self.member_id} on {self.seat_id}"
