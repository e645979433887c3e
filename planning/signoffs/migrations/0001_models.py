import django.db.models.deletion
from django.db import migrations, models

import planning.shared.money
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("signoffs", "0001_tables"), ("signoffs", "0007_every_task_counts"), ("signoffs", "0008_asked_by")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Paper",
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
                        ("kind", models.CharField(max_length=20)),
                        ("subject", models.CharField(max_length=80)),
                        ("label", models.CharField(max_length=300)),
                        ("url", models.CharField(max_length=300)),
                        ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        ("version", models.PositiveIntegerField()),
                        ("terms", models.JSONField()),
                        ("text", models.TextField()),
                        ("matrix", models.JSONField(null=True)),
                        ("fingerprint", models.CharField(editable=False, max_length=64)),
                        (
                            "author",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("author_decides", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waiting"),
                                    ("agreed", "agreed"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["workspace", "opened_at"],
                                name="paper_open_by_age",
                            ),
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["workspace", "author", "opened_at"],
                                name="paper_asked_by",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "subject", "version"), name="paper_version"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("workspace", "subject"),
                                name="paper_open_once",
                                violation_error_message="A version of this is waiting for its keys already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "open"), ("closed_at__isnull", False), _connector="XOR"),
                                name="paper_closed_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="signoffs.paper"
                            ),
                        ),
                        ("name", models.CharField(max_length=16)),
                        (
                            "side",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("marketing", "marketing"),
                                    ("technology", "technology"),
                                    ("finance", "finance"),
                                    ("sponsor", "sponsor"),
                                    ("guest", "guest"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("letter", models.CharField(blank=True, choices=[("A", "A"), ("G", "G")], max_length=1)),
                        ("role", models.CharField(blank=True, max_length=80)),
                        ("role_name", models.CharField(blank=True, max_length=120)),
                        ("required", models.BooleanField(default=True)),
                        (
                            "holder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="people.member",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("interest", models.CharField(blank=True, max_length=64)),
                        ("due_at", models.DateTimeField(null=True)),
                        ("climbs_at", models.DateTimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "not yet asked"),
                                    ("open", "waiting"),
                                    ("approved", "approved"),
                                    ("rejected", "rejected"),
                                    ("asked", "more information asked"),
                                    ("blocked", "blocked"),
                                    ("skipped", "not needed"),
                                    ("void", "void"),
                                    ("moved", "moved"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        (
                            "decided_for",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                        ("read_fingerprint", models.CharField(blank=True, max_length=64)),
                        ("note", models.TextField(blank=True)),
                        (
                            "carried_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="signoffs.seat",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["open", "asked", "blocked"])),
                                fields=["workspace", "holder"],
                                name="seat_waits_for",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["open", "blocked"])),
                                fields=["workspace", "climbs_at"],
                                name="seat_climbs",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "moved"), _negated=True),
                                fields=("workspace", "paper", "name"),
                                name="seat_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("name__in", ["marketing", "technology"]), ("state", "approved")),
                                fields=("workspace", "paper", "decided_by"),
                                name="seat_two_people",
                                violation_error_message="The two keys are turned by two people.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["approved", "rejected", "asked", "blocked"]), _negated=True
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        models.Q(("read_fingerprint", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="seat_decided_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_for", None),
                                    models.Q(("decided_for", models.F("decided_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="seat_deputy_is_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="duties", to="signoffs.paper"
                            ),
                        ),
                        ("letter", models.CharField(choices=[("R", "R"), ("C", "C")], max_length=1)),
                        ("role", models.CharField(max_length=80)),
                        ("role_name", models.CharField(max_length=120)),
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
                            ),
                        ),
                        (
                            "holder",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="duties",
                                to="people.member",
                            ),
                        ),
                        ("due_at", models.DateTimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "not yet asked"),
                                    ("open", "waiting"),
                                    ("done", "done"),
                                    ("answered", "answered"),
                                    ("silent", "no answer"),
                                    ("void", "void"),
                                    ("moved", "moved"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        (
                            "said_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        (
                            "said_for",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("said_at", models.DateTimeField(null=True)),
                        ("answer", models.TextField(blank=True)),
                    ],
                    options={
                        "verbose_name_plural": "duties",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "open")),
                                fields=["workspace", "holder"],
                                name="duty_waits_for",
                            ),
                            models.Index(
                                condition=models.Q(("letter", "C"), ("state", "open")),
                                fields=["workspace", "due_at"],
                                name="duty_runs_out",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "moved"), _negated=True),
                                fields=("workspace", "paper", "letter", "role"),
                                name="duty_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["done", "answered"]), _negated=True),
                                    models.Q(("said_at__isnull", False), ("said_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="duty_said_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "silent"), _negated=True),
                                    models.Q(("said_at__isnull", False), ("said_by", None)),
                                    _connector="OR",
                                ),
                                name="duty_silence_is_nobodys",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("due_at", None), ("letter", "C"), ("state", "open"), _negated=True),
                                name="duty_question_has_a_clock",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MailKey",
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
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mail_keys",
                                to="signoffs.seat",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.member"
                            ),
                        ),
                        ("secret_hash", models.CharField(max_length=64)),
                        ("made_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["secret_hash"], name="mail_key_secret")],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "secret_hash"), name="mail_key_once")
                        ],
                    },
                ),
            ],
        ),
    ]
