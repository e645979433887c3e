import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import planning.shared.clock
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("people", "0001_tables")]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="name")),
                        ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                        (
                            "timezone",
                            models.CharField(
                                blank=True, help_text="Empty: the workspace's.", max_length=64, verbose_name="time zone"
                            ),
                        ),
                        ("quiet_from", models.TimeField(blank=True, null=True, verbose_name="quiet from")),
                        ("quiet_until", models.TimeField(blank=True, null=True, verbose_name="quiet until")),
                        ("is_active", models.BooleanField(default=True)),
                        ("joined_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("email", models.Func(models.F("email"), function="lower"))),
                                name="user_email_lower",
                                violation_error_message="E-mail addresses are kept in lower case.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("quiet_from", None), ("quiet_until", None)),
                                    models.Q(("quiet_from__isnull", False), ("quiet_until__isnull", False)),
                                    _connector="OR",
                                ),
                                name="user_quiet_hours_whole",
                                violation_error_message="Quiet hours need both a start and an end.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Workspace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("slug", models.SlugField(max_length=40, unique=True, verbose_name="address")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "currency",
                            models.CharField(
                                max_length=3,
                                validators=[django.core.validators.RegexValidator("^[A-Z]{3}$")],
                                verbose_name="currency",
                            ),
                        ),
                        (
                            "fiscal_start",
                            models.PositiveSmallIntegerField(
                                default=1,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="first month of the fiscal year",
                            ),
                        ),
                        (
                            "fiscal_label",
                            models.CharField(
                                choices=[("start", "start"), ("end", "end")],
                                default="end",
                                max_length=5,
                                verbose_name="the year is named by its",
                            ),
                        ),
                        ("timezone", models.CharField(default="UTC", max_length=64, verbose_name="time zone")),
                        ("language", models.CharField(default="en", max_length=8, verbose_name="language")),
                        (
                            "leads_need_second_factor",
                            models.BooleanField(default=False, verbose_name="leads need a second factor"),
                        ),
                        (
                            "stands_on",
                            models.DateField(
                                editable=False,
                                help_text="A demonstration always shows the same day; a real workspace never.",
                                null=True,
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("fiscal_start__range", (1, 12))), name="workspace_fiscal_start"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("currency__regex", "^[A-Z]{3}$")), name="workspace_currency"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Member",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("marketing", "marketing"),
                                    ("technology", "technology"),
                                    ("finance", "finance"),
                                    ("sponsor", "sponsor"),
                                    ("guest", "guest"),
                                ],
                                max_length=10,
                                verbose_name="side",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "lead"),
                                    ("planner", "planner"),
                                    ("viewer", "viewer"),
                                    ("auditor", "auditor"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=120, verbose_name="title")),
                        (
                            "holds",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="also decides",
                            ),
                        ),
                        ("joined_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("left_at", models.DateTimeField(blank=True, editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "user"), name="member_once"),
                            models.CheckConstraint(
                                condition=models.Q(("role", "lead"), ("side", "guest"), _negated=True),
                                name="member_guests_and_auditors_lead_nothing",
                                violation_error_message="A guest leads nothing.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deputy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="deputies", to="people.member"
                            ),
                        ),
                        (
                            "deputy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="stands_in_for",
                                to="people.member",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("marketing", "marketing"),
                                    ("technology", "technology"),
                                    ("finance", "finance"),
                                    ("sponsor", "sponsor"),
                                    ("guest", "guest"),
                                ],
                                editable=False,
                                max_length=10,
                            ),
                        ),
                        ("days", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="days")),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("ended_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("member", models.F("deputy")), _negated=True),
                                name="deputy_is_somebody_else",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                condition=models.Q(("ended_at", None)),
                                expressions=[("workspace", "="), ("deputy", "="), ("side", "<>"), ("days", "&&")],
                                name="deputy_of_one_side",
                                violation_error_message="Nobody stands in for both sides on one day.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "side",
                            models.CharField(
                                choices=[
                                    ("marketing", "marketing"),
                                    ("technology", "technology"),
                                    ("finance", "finance"),
                                    ("sponsor", "sponsor"),
                                    ("guest", "guest"),
                                ],
                                max_length=10,
                                verbose_name="side",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "lead"),
                                    ("planner", "planner"),
                                    ("viewer", "viewer"),
                                    ("auditor", "auditor"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.member"
                            ),
                        ),
                        ("secret_hash", models.CharField(editable=False, max_length=64)),
                        ("expires_at", models.DateTimeField()),
                        ("mailed_at", models.DateTimeField(editable=False, null=True)),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("withdrawn_at", models.DateTimeField(null=True)),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("accepted_at", None), ("withdrawn_at", None)),
                                fields=("workspace", "email"),
                                name="invitation_open_once",
                                violation_error_message="An invitation to that address is open already.",
                            ),
                            models.UniqueConstraint(fields=("workspace", "secret_hash"), name="invitation_secret"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApiToken",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="tokens", to="people.member"
                            ),
                        ),
                        ("label", models.CharField(max_length=80, verbose_name="label")),
                        ("secret_hash", models.CharField(editable=False, max_length=64)),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("revoked_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "secret_hash"), name="token_secret")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Receipt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.member"
                            ),
                        ),
                        ("key", models.CharField(max_length=80)),
                        ("route", models.CharField(max_length=200)),
                        ("body_hash", models.CharField(max_length=64)),
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("location", models.TextField(blank=True)),
                        ("body", models.TextField(blank=True)),
                        ("at", models.DateTimeField(default=planning.shared.clock.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "member", "key"), name="receipt_once")
                        ],
                    },
                ),
            ],
        ),
    ]
