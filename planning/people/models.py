"""Users, the workspaces they plan in, and what each may do there."""

from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from planning.shared import clock

from .tenancy import InWorkspace, WorkspaceQuerySet


class Side(models.TextChoices):
    MARKETING = "marketing", _("marketing")
    TECHNOLOGY = "technology", _("technology")
    FINANCE = "finance", _("finance")
    SPONSOR = "sponsor", _("sponsor")
    GUEST = "guest", _("guest")


KEY_SIDES = (Side.MARKETING, Side.TECHNOLOGY)


class Role(models.TextChoices):
    LEAD = "lead", _("lead")
    PLANNER = "planner", _("planner")
    VIEWER = "viewer", _("viewer")
    AUDITOR = "auditor", _("auditor")


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        """A person who signs in by e-mail, kept in lower case. Without a password they set one by the reset link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person. What they may do is said by their membership, workspace by workspace."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    timezone = models.CharField(_("time zone"), max_length=64, blank=True, help_text=_("Empty: the workspace's."))
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_email_lower",
                condition=Q(email=Func(F("email"), function="lower")),
                violation_error_message=_("E-mail addresses are kept in lower case."),
            ),
            models.CheckConstraint(
                name="user_quiet_hours_whole",
                condition=Q(quiet_from=None, quiet_until=None) | Q(quiet_from__isnull=False, quiet_until__isnull=False),
                violation_error_message=_("Quiet hours need both a start and an end."),
            ),
        ]

    def __str__(self):
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = str(self).replace("@", " ").split()
        return "".join(word[0] for word in (words[0], words[-1])).upper() if len(words) > 1 else words[0][:2].upper()


class Workspace(models.Model):
    """One CMO–CIO pair and everybody who plans with them. All its money is planned in one currency."""

    slug = models.SlugField(_("address"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3, validators=[RegexValidator(r"^[A-Z]{3}$")])
    fiscal_start = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"), default=1, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    fiscal_label = models.CharField(
        _("the year is named by its"), max_length=5, choices=[("start", _("start")), ("end", _("end"))], default="end"
    )
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    language = models.CharField(_("language"), max_length=8, default="en")
    leads_need_second_factor = models.BooleanField(_("leads need a second factor"), default=False)
    stands_on = models.DateField(
        null=True, editable=False, help_text="A demonstration always shows the same day; a real workspace never."
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="workspace_fiscal_start", condition=Q(fiscal_start__range=(1, 12))),
            models.CheckConstraint(name="workspace_currency", condition=Q(currency__regex=r"^[A-Z]{3}$")),
        ]

    def __str__(self):
        return self.name

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def now(self):
        """This instant, aware, in the workspace's time zone. The only now of the domain."""
        instant = clock.now().astimezone(self.zone)
        if self.stands_on and not clock.is_set():
            instant = instant.replace(year=self.stands_on.year, month=self.stands_on.month, day=self.stands_on.day)
        return instant

    def today(self):
        """The workspace's business day. The only today of the domain."""
        return self.now().date()


class MemberQuerySet(WorkspaceQuerySet):
    def active(self):
        return self.filter(left_at=None)

    def on(self, *sides):
        return self.filter(side__in=sides)

    def leads(self, *sides):
        """Who holds the key of these sides (of any side when none is named)."""
        leads = self.active().filter(role=Role.LEAD)
        return leads.filter(side__in=sides) if sides else leads

    def people(self):
        """With their users, by name."""
        return self.select_related("user").order_by("user__name", "user__email")


class Member(InWorkspace):
    """A user in a workspace, on one side. One row a person, so nobody can stand on both sides."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    title = models.CharField(_("title"), max_length=120, blank=True)
    holds = ArrayField(models.CharField(max_length=16), default=list, blank=True, verbose_name=_("also decides"))
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MemberQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="member_once"),
            models.CheckConstraint(
                name="member_guests_and_auditors_lead_nothing",
                condition=~Q(side=Side.GUEST, role=Role.LEAD),
                violation_error_message=_("A guest leads nothing."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def label_in_history(self) -> str:
        """The history keeps people by id; their name is looked up, so that a person can be erased."""
        return f"member {self.pk}"

    @property
    def name(self) -> str:
        return str(self.user)

    @property
    def email(self) -> str:
        return self.user.email

    @property
    def is_lead(self) -> bool:
        return self.role == Role.LEAD and self.left_at is None

    @property
    def is_guest(self) -> bool:
        return self.side == Side.GUEST

    @property
    def can_edit(self) -> bool:
        return self.role in (Role.LEAD, Role.PLANNER) and not self.is_guest and self.left_at is None

    def reads_people_of(self, side: str) -> bool:
        """Whether they see a side's people cost in parts; Postgres says the same (people_cost_read)."""
        if self.left_at or self.is_guest:
            return False
        return self.role == Role.AUDITOR or self.side == Side.FINANCE or self.can_edit and self.side == side

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.user.timezone or self.workspace.timezone)


class Deputy(InWorkspace):
    """Who holds a member's key between two dates, [from, until). Postgres lets nobody stand in for both sides."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Member, models.CASCADE, related_name="stands_in_for")
    side = models.CharField(max_length=10, choices=Side, editable=False)
    days = DateRangeField(_("days"))
    created_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta(InWorkspace.Meta):
        constraints = [
            models.CheckConstraint(name="deputy_is_somebody_else", condition=~Q(member=F("deputy"))),
            ExclusionConstraint(
                name="deputy_of_one_side",
                expressions=[
                    ("workspace", RangeOperators.EQUAL),
                    ("deputy", RangeOperators.EQUAL),
                    ("side", RangeOperators.NOT_EQUAL),
                    ("days", RangeOperators.OVERLAPS),
                ],
                condition=Q(ended_at=None),
                violation_error_message=_("Nobody stands in for both sides on one day."),
            ),
        ]

    def __str__(self):
        return f"{self.deputy} for {self.member}"


class InvitationQuerySet(WorkspaceQuerySet):
    def open(self):
        return self.filter(accepted_at=None, withdrawn_at=None)


class Invitation(InWorkspace):
    """A place on one side, offered by mail. The link's secret is kept only as its SHA-256."""

    email = models.EmailField(_("e-mail"))
    side = models.CharField(_("side"), max_length=10, choices=Side)
    role = models.CharField(_("role"), max_length=8, choices=Role)
    invited_by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    secret_hash = models.CharField(max_length=64, editable=False)
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True, editable=False)
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta(InWorkspace.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "email"],
                name="invitation_open_once",
                condition=Q(accepted_at=None, withdrawn_at=None),
                violation_error_message=_("An invitation to that address is open already."),
            ),
            models.UniqueConstraint(fields=["workspace", "secret_hash"], name="invitation_secret"),
        ]

    def __str__(self):
        return self.email

    @property
    def is_good(self) -> bool:
        """Neither used nor withdrawn, and not run out."""
        return not self.accepted_at and not self.withdrawn_at and self.expires_at > self.workspace.now()

    @property
    def label_in_history(self) -> str:
        return f"invitation {self.pk}"


class ApiToken(InWorkspace):
    """Lets a program act as a member. The secret is shown once and kept as its SHA-256."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="tokens")
    label = models.CharField(_("label"), max_length=80)
    secret_hash = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "secret_hash"], name="token_secret")]

    def __str__(self):
        return self.label


class Receipt(InWorkspace):
    """The answer a request got, by its idempotency key: a repeat gets the same answer and does nothing again."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    route = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    location = models.TextField(blank=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta(InWorkspace.Meta):
        constraints = [models.UniqueConstraint(fields=["workspace", "member", "key"], name="receipt_once")]

    def __str__(self):
        return self.key
