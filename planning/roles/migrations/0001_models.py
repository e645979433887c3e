import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
import django.db.models.deletion
from django.db import migrations, models

import planning.shared.money
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("roles", "0001_tables"), ("roles", "0003_only_for")]

    initial = True

    dependencies = [
        ("calendar", "0001_models"),
        ("people", "0001_models"),
        ("signoffs", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Role",
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
                        ("key", models.CharField(max_length=80, verbose_name="key")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "key"),
                                name="role_key",
                                violation_error_message="There is a role of that key already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
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
                            "role",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="holdings", to="roles.role"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="people.member"
                            ),
                        ),
                        ("days", django.contrib.postgres.fields.ranges.DateRangeField(verbose_name="days")),
                        ("accepted_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("workspace", "="), ("role", "="), ("member", "="), ("days", "&&")],
                                name="holding_once_a_day",
                                violation_error_message="They hold that role in those days already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("days__isempty", False)), name="holding_some_day"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Matrix",
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
                    ],
                    options={
                        "verbose_name_plural": "matrices",
                        "constraints": [models.UniqueConstraint(fields=("workspace",), name="matrix_one")],
                    },
                ),
                migrations.CreateModel(
                    name="Version",
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
                            "matrix",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="roles.matrix"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("proposed", "proposed"),
                                    ("in force", "in force"),
                                    ("superseded", "superseded"),
                                    ("returned", "returned"),
                                ],
                                default="draft",
                                max_length=10,
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="signoffs.paper",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="comment")),
                        ("in_force_from", models.DateField(null=True)),
                        ("in_force_until", models.DateField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "number"), name="version_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "proposed", "in force"])),
                                fields=("workspace", "state"),
                                name="version_one_each",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "draft"), ("paper__isnull", False), _connector="OR"),
                                name="version_has_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("in_force_from__isnull", False), ("state__in", ["in force", "superseded"])
                                    ),
                                    models.Q(("in_force_from", None), ("state__in", ["draft", "proposed", "returned"])),
                                    _connector="OR",
                                ),
                                name="version_in_force_since",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Column",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="columns", to="roles.version"
                            ),
                        ),
                        (
                            "role",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="roles.role"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                    ],
                    options={
                        "ordering": ["number", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "version", "role"), name="column_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="activities",
                                to="roles.version",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("key", models.CharField(max_length=80, verbose_name="key")),
                        ("name", models.CharField(max_length=200, verbose_name="activity")),
                        ("area", models.CharField(blank=True, max_length=80, verbose_name="area")),
                        ("joint", models.BooleanField(default=False, verbose_name="joint")),
                        (
                            "low",
                            planning.shared.money.MoneyField(
                                blank=True, decimal_places=3, max_digits=20, null=True, verbose_name="from"
                            ),
                        ),
                        (
                            "high",
                            planning.shared.money.MoneyField(
                                blank=True, decimal_places=3, max_digits=20, null=True, verbose_name="below"
                            ),
                        ),
                        (
                            "routes",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "nothing by itself"),
                                    ("purchase", "purchases"),
                                    ("budget", "budget changes"),
                                    ("transfer", "transfers"),
                                    ("kpi", "KPI definitions"),
                                    ("reading", "KPI readings"),
                                    ("review", "review items"),
                                    ("launch", "launch tasks"),
                                ],
                                max_length=8,
                                verbose_name="routes",
                            ),
                        ),
                        (
                            "domain",
                            models.CharField(
                                blank=True,
                                choices=[("marketing", "marketing"), ("technology", "technology"), ("other", "other")],
                                max_length=10,
                                verbose_name="kind of spend",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calendar.category",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "activities",
                        "ordering": ["number", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("workspace", "version", "number"),
                                name="activity_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("low", None), ("high", None), ("high__gt", models.F("low")), _connector="OR"
                                ),
                                name="activity_band",
                                violation_error_message="A band ends above where it begins.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("low", None), ("low__gte", 0), _connector="OR"),
                                    models.Q(("high", None), ("high__gt", 0), _connector="OR"),
                                ),
                                name="activity_band_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("category", None), ("domain", "")),
                                    models.Q(
                                        ("routes", "purchase"),
                                        models.Q(("domain", ""), ("category", None), _connector="OR"),
                                    ),
                                    _connector="OR",
                                ),
                                name="activity_for_one_spend",
                                violation_error_message="Only a row that routes purchases says for which spend it is.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Letter",
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
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="cells", to="roles.activity"
                            ),
                        ),
                        (
                            "role",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="roles.role"
                            ),
                        ),
                        ("letters", models.CharField(max_length=5)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "activity", "role"), name="letter_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("letters__regex", "^A?R?G?C?I?$"), models.Q(("letters", ""), _negated=True)
                                ),
                                name="letter_known",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
