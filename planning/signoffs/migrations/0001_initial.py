import django.db.models.deletion
from django.db import migrations, models

import planning.shared.money


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("subject", models.CharField(max_length=80)),
                ("label", models.CharField(max_length=300)),
                ("url", models.CharField(max_length=300)),
                ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                ("version", models.PositiveIntegerField()),
                ("terms", models.JSONField()),
                ("text", models.TextField()),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
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
                (
                    "author",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
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
            ],
            options={
                "abstract": False,
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("required", models.BooleanField(default=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("interest", models.CharField(blank=True, max_length=64)),
                ("due_at", models.DateTimeField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "not yet asked"),
                            ("open", "waiting"),
                            ("approved", "approved"),
                            ("rejected", "rejected"),
                            ("asked", "more information asked"),
                            ("skipped", "not needed"),
                            ("void", "void"),
                            ("moved", "moved"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("read_fingerprint", models.CharField(blank=True, max_length=64)),
                ("note", models.TextField(blank=True)),
                (
                    "carried_from",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signoffs.seat"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
                (
                    "decided_for",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="people.member"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="signoffs.paper"
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
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["open", "asked"])),
                        fields=["workspace", "holder"],
                        name="seat_waits_for",
                    )
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
                            models.Q(("state__in", ["approved", "rejected", "asked"]), _negated=True),
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
    ]
