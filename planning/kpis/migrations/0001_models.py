import django.db.models.deletion
from django.db import migrations, models

import planning.kpis.values
import planning.shared.clock
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("kpis", "0001_tables"), ("kpis", "0002_reading_paper")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
        ("signoffs", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Kpi",
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
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "marketing_owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                                verbose_name="owner in marketing",
                            ),
                        ),
                        (
                            "technology_owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                                verbose_name="owner in technology",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("retired_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "KPI",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at", None)),
                                fields=("workspace", "name"),
                                name="kpi_name_once",
                                violation_error_message="There is a KPI of that name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("marketing_owner", models.F("technology_owner")), _negated=True),
                                name="kpi_two_owners",
                                violation_error_message="The two owners are two people, one from each side.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Definition",
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
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="definitions", to="kpis.kpi"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "waiting for both keys"),
                                    ("agreed", "in force"),
                                    ("superseded", "superseded"),
                                    ("refused", "returned"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="proposed",
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
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("description", models.TextField(blank=True, verbose_name="what it is for")),
                        ("formula", models.TextField(blank=True, verbose_name="formula")),
                        ("unit", models.CharField(blank=True, max_length=24, verbose_name="unit")),
                        ("decimals", models.PositiveSmallIntegerField(default=2, verbose_name="decimals shown")),
                        (
                            "direction",
                            models.CharField(
                                choices=[
                                    ("increase", "increase"),
                                    ("decrease", "decrease"),
                                    ("band", "stay in a band"),
                                ],
                                max_length=8,
                                verbose_name="direction",
                            ),
                        ),
                        (
                            "baseline",
                            planning.kpis.values.ValueField(
                                decimal_places=6, max_digits=20, null=True, verbose_name="baseline"
                            ),
                        ),
                        ("baseline_on", models.DateField(verbose_name="baseline of")),
                        (
                            "band_low",
                            planning.kpis.values.ValueField(
                                decimal_places=6, max_digits=20, null=True, verbose_name="lowest"
                            ),
                        ),
                        (
                            "band_high",
                            planning.kpis.values.ValueField(
                                decimal_places=6, max_digits=20, null=True, verbose_name="highest"
                            ),
                        ),
                        (
                            "band_margin",
                            planning.kpis.values.ValueField(
                                decimal_places=6, default=0, max_digits=20, verbose_name="margin"
                            ),
                        ),
                        (
                            "cadence",
                            models.CharField(
                                choices=[
                                    ("week", "every week"),
                                    ("month", "every month"),
                                    ("quarter", "every quarter"),
                                ],
                                default="month",
                                max_length=7,
                                verbose_name="measured",
                            ),
                        ),
                        ("grace_days", models.PositiveSmallIntegerField(default=5, verbose_name="days of grace")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("typed", "typed, confirmed by both sides"),
                                    ("fed", "fed or computed by the agreed formula"),
                                ],
                                default="typed",
                                max_length=5,
                                verbose_name="source",
                            ),
                        ),
                        (
                            "green_limit",
                            models.DecimalField(decimal_places=2, default=5, max_digits=5, verbose_name="green up to"),
                        ),
                        (
                            "amber_limit",
                            models.DecimalField(decimal_places=2, default=15, max_digits=5, verbose_name="amber up to"),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("from_on", models.DateField(null=True)),
                        ("until_on", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "kpi", "number"), name="definition_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "agreed")),
                                fields=("workspace", "kpi"),
                                name="definition_one_in_force",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "proposed")),
                                fields=("workspace", "kpi"),
                                name="definition_one_proposed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("band_high__gte", models.F("band_low")),
                                        ("band_low__isnull", False),
                                        ("direction", "band"),
                                    ),
                                    models.Q(
                                        models.Q(("direction", "band"), _negated=True), ("baseline__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="definition_complete",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("band_margin__gte", 0)), name="definition_margin"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amber_limit__gte", models.F("green_limit")), ("green_limit__gte", 0)
                                ),
                                name="definition_limits",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("from_on__isnull", False), ("state__in", ["agreed", "superseded"])),
                                    models.Q(
                                        models.Q(("state__in", ["agreed", "superseded"]), _negated=True),
                                        ("from_on", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="definition_in_force_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TargetPoint",
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
                            "definition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="kpis.definition",
                            ),
                        ),
                        ("on", models.DateField(verbose_name="day")),
                        (
                            "value",
                            planning.kpis.values.ValueField(decimal_places=6, max_digits=20, verbose_name="value"),
                        ),
                        (
                            "interpolation",
                            models.CharField(
                                choices=[("linear", "in a straight line"), ("step", "in one step")],
                                default="linear",
                                max_length=6,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "definition", "on"), name="target_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Reading",
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
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="kpis.kpi"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="measured on")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "value",
                            planning.kpis.values.ValueField(decimal_places=6, max_digits=20, verbose_name="value"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "entered"),
                                    ("half-confirmed", "half-confirmed"),
                                    ("confirmed", "confirmed"),
                                    ("disputed", "disputed"),
                                    ("counted", "counted"),
                                ],
                                default="entered",
                                max_length=14,
                            ),
                        ),
                        ("is_newest", models.BooleanField(default=True)),
                        (
                            "matrix",
                            models.JSONField(
                                help_text="The row that says who confirms it, as it read on the day.", null=True
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
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("entered_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["on", "version"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("is_newest", True), ("state__in", ["entered", "half-confirmed", "disputed"])
                                ),
                                fields=["workspace", "kpi"],
                                name="reading_waits",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "kpi", "on", "version"), name="reading_version"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_newest", True)),
                                fields=("workspace", "kpi", "on"),
                                name="reading_one_newest",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Confirmation",
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
                            "reading",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="confirmations",
                                to="kpis.reading",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "marketing"), ("technology", "technology")], max_length=10
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(choices=[("confirm", "confirmed"), ("dispute", "disputed")], max_length=7),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "alternative",
                            planning.kpis.values.ValueField(
                                decimal_places=6, max_digits=20, null=True, verbose_name="the value it should be"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "reading", "side"), name="confirmation_one_a_side"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verdict", "dispute"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="confirmation_dispute_says_why",
                                violation_error_message="Say what is wrong with it.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Override",
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
                            "kpi",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="override", to="kpis.kpi"
                            ),
                        ),
                        (
                            "status",
                            models.CharField(
                                choices=[
                                    ("achieved", "achieved"),
                                    ("green", "on track"),
                                    ("amber", "at risk"),
                                    ("red", "off track"),
                                    ("unknown", "unknown"),
                                ],
                                max_length=8,
                                verbose_name="status",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="reason")),
                        ("until", models.DateField(verbose_name="until")),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "kpi"), name="override_one"),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="override_says_why"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
