import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("notices", "0001_tables")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
        ("trail", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Notice",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="people.member"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notices",
                                to="trail.entry",
                            ),
                        ),
                        ("url", models.CharField(max_length=300)),
                        ("needs", models.BooleanField(default=False)),
                        ("at", models.DateTimeField(default=planning.shared.clock.now)),
                        ("read_at", models.DateTimeField(null=True)),
                        ("mailed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["workspace", "member", "-at"], name="notice_newest")],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "member", "entry"), name="notice_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reminder",
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
                        ("rule", models.CharField(max_length=60)),
                        ("subject", models.CharField(max_length=80)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminders",
                                to="people.member",
                            ),
                        ),
                        ("channel", models.CharField(default="mail", max_length=10)),
                        ("occurrence", models.CharField(max_length=40)),
                        ("due_at", models.DateTimeField()),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Waiting"),
                                    ("claimed", "Claimed"),
                                    ("sent", "Sent"),
                                    ("dropped", "Dropped"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("claimed_at", models.DateTimeField(null=True)),
                        ("sent_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["state", "due_at"], name="reminder_due")],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "rule", "subject", "member", "channel", "occurrence"),
                                name="reminder_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "sent"), _negated=True),
                                    ("sent_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="reminder_sent_when",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
