from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.db import migrations, models

import planning.shared.money
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("budgets", "0001_tables")]

    initial = True

    dependencies = [
        ("calendar", "0001_models"),
        ("files", "0001_models"),
        ("kpis", "0001_models"),
        ("people", "0001_models"),
        ("signoffs", "0001_models"),
        ("vendors", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Budget",
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
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1990),
                                    django.core.validators.MaxValueValidator(2200),
                                ],
                                verbose_name="fiscal year",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("proposed", "proposed"),
                                    ("returned", "returned"),
                                    ("agreed", "agreed"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        ("agreed_count", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "marketing_envelope",
                            planning.shared.money.MoneyField(
                                blank=True,
                                decimal_places=3,
                                max_digits=20,
                                null=True,
                                verbose_name="marketing envelope",
                            ),
                        ),
                        (
                            "technology_envelope",
                            planning.shared.money.MoneyField(
                                blank=True,
                                decimal_places=3,
                                max_digits=20,
                                null=True,
                                verbose_name="technology envelope",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["-year"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "year"),
                                name="budget_once_a_year",
                                violation_error_message="There is a budget for that year already.",
                            )
                        ],
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="versions",
                                to="budgets.budget",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("proposed", "proposed"),
                                    ("agreed", "agreed"),
                                    ("returned", "returned"),
                                    ("recalled", "recalled"),
                                    ("interim", "until one is agreed"),
                                ],
                                default="draft",
                                max_length=8,
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
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("agreed_as", models.PositiveIntegerField(null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "budget", "number"), name="budget_version_number"
                            ),
                            models.UniqueConstraint(
                                fields=("workspace", "budget", "agreed_as"), name="budget_version_agreed_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreed_as__isnull", False), ("state", "agreed")),
                                    models.Q(models.Q(("state", "agreed"), _negated=True), ("agreed_as", None)),
                                    _connector="OR",
                                ),
                                name="budget_version_agreed_with_number",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Line",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="budgets.budget"
                            ),
                        ),
                        (
                            "forecast",
                            models.CharField(
                                choices=[
                                    ("plan", "remaining plan"),
                                    ("steady", "run rate of the last three closed months"),
                                    ("typed", "typed month by month"),
                                ],
                                default="plan",
                                max_length=6,
                                verbose_name="forecast by",
                            ),
                        ),
                        ("notes", models.TextField(blank=True, verbose_name="notes")),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                                verbose_name="looked after by",
                            ),
                        ),
                        (
                            "origin",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="followers",
                                to="budgets.line",
                            ),
                        ),
                        (
                            "unallocated_of",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")],
                                editable=False,
                                max_length=10,
                                null=True,
                            ),
                        ),
                        ("reference", models.CharField(blank=True, editable=False, max_length=200)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "budget", "origin"), name="line_goes_on_from_one_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("unallocated_of__isnull", False)),
                                fields=("workspace", "budget", "unallocated_of"),
                                name="line_unallocated_once",
                                violation_error_message="A side has one unallocated line a year.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Revision",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="budgets.line"
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="budgets.version",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology"), ("joint", "Joint")],
                                max_length=10,
                                verbose_name="owner",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calendar.category",
                                verbose_name="category",
                            ),
                        ),
                        (
                            "vendor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="vendors.vendor",
                                verbose_name="vendor",
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kpis.kpi",
                                verbose_name="KPI it should move",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        (
                            "total",
                            planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="total"),
                        ),
                        (
                            "months",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=planning.shared.money.MoneyField(decimal_places=3, max_digits=20), size=12
                            ),
                        ),
                        (
                            "marketing_weight",
                            models.DecimalField(decimal_places=6, max_digits=9, verbose_name="marketing's share"),
                        ),
                        (
                            "technology_weight",
                            models.DecimalField(decimal_places=6, max_digits=9, verbose_name="technology's share"),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("run", "run"), ("grow", "grow"), ("transform", "transform")],
                                default="run",
                                max_length=9,
                                verbose_name="run, grow or transform",
                            ),
                        ),
                        (
                            "treatment",
                            models.CharField(
                                choices=[("opex", "operating cost"), ("capex", "investment")],
                                default="opex",
                                max_length=5,
                                verbose_name="accounting",
                            ),
                        ),
                        ("original_currency", models.CharField(blank=True, max_length=3, verbose_name="planned in")),
                        (
                            "original_total",
                            planning.shared.money.MoneyField(
                                blank=True,
                                decimal_places=3,
                                max_digits=20,
                                null=True,
                                verbose_name="amount in its currency",
                            ),
                        ),
                        (
                            "rate",
                            models.DecimalField(
                                blank=True, decimal_places=8, max_digits=18, null=True, verbose_name="plan's rate"
                            ),
                        ),
                        ("rate_day", models.DateField(blank=True, null=True, verbose_name="rate of")),
                        (
                            "kpi_effect",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=20,
                                null=True,
                                verbose_name="expected effect on the KPI",
                            ),
                        ),
                        ("effect_due", models.DateField(blank=True, null=True, verbose_name="effect expected by")),
                        ("cost_centre", models.CharField(blank=True, max_length=40, verbose_name="cost centre")),
                        ("account", models.CharField(blank=True, max_length=40, verbose_name="account")),
                        ("dimensions", models.JSONField(blank=True, default=dict, verbose_name="own dimensions")),
                        (
                            "placeholder",
                            models.BooleanField(default=False, verbose_name="holds money before detail exists"),
                        ),
                        ("people_seal", models.CharField(blank=True, editable=False, max_length=64)),
                        ("removed", models.BooleanField(default=False)),
                        ("is_open", models.BooleanField(default=True, editable=False)),
                        (
                            "in_force",
                            django.contrib.postgres.fields.ranges.BigIntegerRangeField(editable=False, null=True),
                        ),
                        ("fingerprint", models.CharField(editable=False, max_length=64)),
                        ("edits", models.PositiveIntegerField(default=1, editable=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("in_force__endswith", None), ("in_force__isnull", False)),
                                fields=["workspace", "line"],
                                name="line_revision_current",
                            ),
                            models.Index(
                                condition=models.Q(("people_seal", ""), _negated=True),
                                fields=["workspace", "line"],
                                name="line_revision_people",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "line", "version"), name="line_revision_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("is_open", True)),
                                fields=("workspace", "line"),
                                name="line_revision_open_once",
                                violation_error_message="This line is being changed by another version already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "marketing_weight",
                                        django.db.models.expressions.CombinedExpression(
                                            models.Value(100), "-", models.F("technology_weight")
                                        ),
                                    )
                                ),
                                name="line_revision_weights",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("marketing_weight__gte", 0), ("technology_weight__gte", 0)),
                                name="line_revision_weights_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("total__gte", 0)), name="line_revision_total_not_negative"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("original_currency", ""),
                                        ("original_total", None),
                                        ("rate", None),
                                        ("rate_day", None),
                                    ),
                                    models.Q(
                                        models.Q(("original_currency", ""), _negated=True),
                                        ("original_total__gte", 0),
                                        ("rate__gt", 0),
                                        ("rate_day__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="line_revision_original_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kpi__isnull", False),
                                    models.Q(("effect_due", None), ("kpi_effect", None)),
                                    _connector="OR",
                                ),
                                name="line_revision_effect_on_a_kpi",
                            ),
                            django.contrib.postgres.constraints.ExclusionConstraint(
                                expressions=[("workspace", "="), ("line", "="), ("in_force", "&&")],
                                name="line_revision_in_force_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attachments",
                                to="budgets.line",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "line", "file"), name="budgets_attachment_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Movement",
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
                            "plan",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "transferred",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "reserved",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "committed",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "actual",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="budgets.line"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                        ("month", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("plan", "plan"),
                                    ("transfer", "transfer"),
                                    ("reserve", "reservation"),
                                    ("commit", "commitment"),
                                    ("actual", "actual"),
                                    ("accrual", "accrual"),
                                    ("release", "release"),
                                    ("credit", "credit"),
                                    ("undo", "undone"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "hold",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="movements",
                                to="budgets.hold",
                            ),
                        ),
                        ("cause", models.CharField(max_length=80)),
                        ("cause_id", models.CharField(max_length=80)),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["workspace", "line", "-at"], name="movement_of_line"),
                            models.Index(
                                condition=models.Q(("kind", "accrual")),
                                fields=["workspace", "line"],
                                name="movement_accrued",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "cause", "cause_id", "kind", "line", "side", "month", "hold"),
                                name="movement_once",
                                nulls_distinct=False,
                                violation_error_message="This was booked already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Balance",
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
                            "plan",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "transferred",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "reserved",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "committed",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "actual",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="budgets.line"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "line", "side"), name="balance_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Cell",
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
                            "plan",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "transferred",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "reserved",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "committed",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "actual",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="budgets.line"
                            ),
                        ),
                        (
                            "budget",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budgets.budget",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                        ("month", models.DateField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["workspace", "budget"], name="budgets_cell_of_budget"),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "committed__gt",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("plan"), "+", models.F("transferred")
                                            ),
                                            "-",
                                            models.F("actual"),
                                        ),
                                    )
                                ),
                                fields=["workspace", "budget", "month", "line"],
                                name="budgets_cell_over",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "line", "side", "month"), name="cell_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hold",
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
                        ("claim", models.UUIDField()),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="budgets.line"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                        ("month", models.DateField()),
                        ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                        (
                            "consumed",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "released",
                            planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reserved", "reserved"),
                                    ("committed", "committed"),
                                    ("closed", "closed"),
                                    ("forward", "forward"),
                                ],
                                default="reserved",
                                max_length=9,
                            ),
                        ),
                        ("approved", models.BooleanField(default=False)),
                        (
                            "placed_on",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="awaited",
                                to="budgets.line",
                            ),
                        ),
                        ("cause", models.CharField(max_length=80)),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["line_id", "side", "month"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["reserved", "committed"])),
                                fields=["workspace", "line"],
                                name="hold_standing",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "claim", "line", "side", "month"), name="hold_once"
                            ),
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="hold_positive"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "amount__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("consumed"), "+", models.F("released")
                                        ),
                                    ),
                                    ("consumed__gte", 0),
                                    ("released__gte", 0),
                                ),
                                name="hold_not_overdrawn",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="BusinessCase",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="cases", to="budgets.line"
                            ),
                        ),
                        ("argument", models.TextField(verbose_name="why it is worth it")),
                        (
                            "effort",
                            models.DecimalField(decimal_places=1, max_digits=8, verbose_name="effort in days of work"),
                        ),
                        (
                            "cost",
                            planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="cost"),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="kpis.kpi",
                                verbose_name="KPI it should move",
                            ),
                        ),
                        (
                            "expected",
                            models.DecimalField(decimal_places=6, max_digits=20, verbose_name="expected effect"),
                        ),
                        ("due", models.DateField(verbose_name="effect shows by")),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        (
                            "result",
                            models.DecimalField(decimal_places=6, max_digits=20, null=True, verbose_name="effect"),
                        ),
                        ("result_note", models.TextField(blank=True, verbose_name="how it was measured")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(null=True)),
                        (
                            "verdict",
                            models.CharField(
                                blank=True, choices=[("confirmed", "confirmed"), ("disputed", "disputed")], max_length=9
                            ),
                        ),
                        ("verdict_note", models.TextField(blank=True, verbose_name="comment")),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("judged_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["due", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "line"), name="budgets_case_once"),
                            models.CheckConstraint(
                                condition=models.Q(("expected", 0), _negated=True),
                                name="budgets_case_expects_something",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("cost__gte", 0), ("effort__gte", 0)),
                                name="budgets_case_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("result", None), ("recorded_by__isnull", False), _connector="XOR"),
                                name="budgets_case_result_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("judged_by", None), ("verdict", "")),
                                    models.Q(
                                        ("judged_by__isnull", False),
                                        ("recorded_by__isnull", False),
                                        models.Q(("verdict", ""), _negated=True),
                                        models.Q(("judged_by", models.F("recorded_by")), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="budgets_case_judged_by_another",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Intake",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="intakes", to="budgets.budget"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("mapping", "needs mapping"),
                                    ("checking", "being read"),
                                    ("checked", "ready to look at"),
                                    ("taking", "being taken in"),
                                    ("taken", "taken in"),
                                    ("failed", "failed"),
                                    ("left", "put away"),
                                ],
                                default="mapping",
                                max_length=8,
                            ),
                        ),
                        ("mapping", models.JSONField(default=dict)),
                        ("confidence", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        ("totals", models.JSONField(default=dict)),
                        ("new_categories", models.JSONField(default=list)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("failure", models.TextField(blank=True)),
                        ("rows_read", models.PositiveIntegerField(default=0)),
                        ("rows_in_all", models.PositiveIntegerField(default=0)),
                        ("lease", models.UUIDField(null=True)),
                        ("beat_at", models.DateTimeField(null=True)),
                        (
                            "brought_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "taken_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("taken_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "taken"), _negated=True),
                                    models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="budgets_intake_taken_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeRow",
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
                            "intake",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="budgets.intake"
                            ),
                        ),
                        ("row", models.PositiveIntegerField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("changed", "changed"),
                                    ("unchanged", "unchanged"),
                                    ("refused", "refused"),
                                    ("left out", "left out"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=200)),
                        ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        ("at", models.CharField(blank=True, max_length=120)),
                        ("reason", models.TextField(blank=True)),
                        ("remark", models.TextField(blank=True)),
                        ("changes", models.JSONField(default=list)),
                        (
                            "line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="budgets.line",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "intake", "row"), name="budgets_intake_row_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Limits",
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
                            "small_move",
                            planning.shared.money.MoneyField(
                                decimal_places=3,
                                default=Decimal("5000"),
                                max_digits=20,
                                verbose_name="a planner moves alone below",
                            ),
                        ),
                        (
                            "finance_move",
                            planning.shared.money.MoneyField(
                                decimal_places=3,
                                default=Decimal("10000"),
                                max_digits=20,
                                verbose_name="finance agrees to transfers from",
                            ),
                        ),
                        (
                            "variance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("10"),
                                max_digits=5,
                                verbose_name="variance limit in percent",
                            ),
                        ),
                        (
                            "variance_amount",
                            planning.shared.money.MoneyField(
                                decimal_places=3, default=Decimal("5000"), max_digits=20, verbose_name="variance limit"
                            ),
                        ),
                        (
                            "tolerance_percent",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=5,
                                verbose_name="promises may go over a line's plan by, in percent",
                            ),
                        ),
                        (
                            "evidence_from",
                            planning.shared.money.MoneyField(
                                blank=True,
                                decimal_places=3,
                                max_digits=20,
                                null=True,
                                verbose_name="a line needs a business case from",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace",), name="budget_limits_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("finance_move__gte", 0),
                                    ("small_move__gte", 0),
                                    ("variance_amount__gte", 0),
                                    ("variance_percent__gte", 0),
                                    ("tolerance_percent__range", (0, 100)),
                                    models.Q(("evidence_from", None), ("evidence_from__gte", 0), _connector="OR"),
                                ),
                                name="budget_limits_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dimension",
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
                        ("name", models.CharField(max_length=40, verbose_name="name")),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                editable=False,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(6),
                                ],
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["place", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("workspace"),
                                django.db.models.functions.text.Lower("name"),
                                name="budgets_dimension_name",
                            ),
                            models.UniqueConstraint(fields=("workspace", "place"), name="budgets_dimension_place"),
                            models.CheckConstraint(
                                condition=models.Q(("place", None), ("place__range", (1, 6)), _connector="OR"),
                                name="budgets_dimension_at_most_six",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Target",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="targets", to="budgets.budget"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")],
                                max_length=10,
                                verbose_name="side",
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
                                verbose_name="category",
                            ),
                        ),
                        (
                            "amount",
                            planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="amount"),
                        ),
                    ],
                    options={
                        "ordering": ["side", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "budget", "side", "category"),
                                name="budgets_target_once",
                                nulls_distinct=False,
                                violation_error_message="There is a target for that already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="budgets_target_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Opening",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="budgets.budget",
                            ),
                        ),
                        ("first", models.DateField(verbose_name="tracked here from")),
                        (
                            "ledger_total",
                            planning.shared.money.MoneyField(
                                decimal_places=3, max_digits=20, verbose_name="actuals in the ledger before that"
                            ),
                        ),
                        (
                            "orders_total",
                            planning.shared.money.MoneyField(
                                decimal_places=3, max_digits=20, verbose_name="open orders"
                            ),
                        ),
                        (
                            "contracts_total",
                            planning.shared.money.MoneyField(
                                decimal_places=3, max_digits=20, verbose_name="contracts that run"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("proposed", "proposed"), ("approved", "approved")],
                                default="draft",
                                max_length=8,
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
                        ("round", models.PositiveIntegerField(default=0)),
                        (
                            "begun_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "budget"), name="budgets_opening_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpeningOrder",
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
                            "opening",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="orders", to="budgets.opening"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budgets.line"
                            ),
                        ),
                        ("number", models.CharField(max_length=60, verbose_name="order number")),
                        ("what", models.CharField(max_length=200, verbose_name="what was ordered")),
                        ("month", models.DateField(verbose_name="month of service")),
                        (
                            "amount",
                            planning.shared.money.MoneyField(
                                decimal_places=3, max_digits=20, verbose_name="still to be billed"
                            ),
                        ),
                        ("claim", models.UUIDField()),
                    ],
                    options={
                        "ordering": ["month", "number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "opening", "number"),
                                name="budgets_opening_order_once",
                                violation_error_message="That order is in the list already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="budgets_opening_order_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TypedForecast",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="typed_forecasts",
                                to="budgets.line",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                        ("month", models.DateField()),
                        ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                        (
                            "typed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("typed_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "line", "side", "month"), name="typed_forecast_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="typed_forecast_not_negative"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ForecastSnapshot",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="snapshots",
                                to="budgets.budget",
                            ),
                        ),
                        ("taken_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                        ("month", models.DateField(null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "budget", "month"), name="forecast_snapshot_once_a_month"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SnapshotCell",
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
                            "snapshot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cells",
                                to="budgets.forecastsnapshot",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budgets.line"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                        ("month", models.DateField()),
                        ("forecast", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "snapshot", "line", "side", "month"),
                                name="forecast_snapshot_cell_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PeoplePlan",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="people_plans",
                                to="budgets.line",
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                        ("groups", models.JSONField()),
                        ("total", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                        ("fewest", models.DecimalField(decimal_places=2, max_digits=9)),
                        ("salt", models.CharField(max_length=32)),
                        ("seal", models.CharField(max_length=64)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "line", "seal"), name="budgets_people_sealed_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fewest__gte", 5)), name="budgets_people_no_small_group"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonthEnd",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="month_ends",
                                to="budgets.budget",
                            ),
                        ),
                        ("month", models.DateField()),
                        ("accruals_asked_at", models.DateTimeField(null=True)),
                        ("explanations_asked_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "budget", "month"), name="budgets_month_end_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="explanations",
                                to="budgets.line",
                            ),
                        ),
                        ("month", models.DateField()),
                        (
                            "measure",
                            models.CharField(
                                choices=[
                                    ("overspent", "more is spent and promised than planned for the year"),
                                    ("actual", "actual against plan to date"),
                                    ("forecast", "forecast against plan of the year"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "cause",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("timing", "timing"),
                                    ("price", "price"),
                                    ("fx", "exchange rate"),
                                    ("volume", "volume"),
                                    ("scope", "scope"),
                                    ("error", "error"),
                                ],
                                max_length=6,
                                verbose_name="cause",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="explanation")),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("at", models.DateTimeField(null=True)),
                        ("comment", models.TextField(blank=True, verbose_name="comment")),
                        (
                            "comment_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("comment_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["-month", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("by", None)),
                                fields=["workspace", "line"],
                                name="budgets_explanation_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "line", "month"), name="budgets_explanation_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("by", None), ("cause", ""), ("comment_by", None), ("text", "")),
                                    models.Q(
                                        ("by__isnull", False),
                                        models.Q(("cause", ""), _negated=True),
                                        models.Q(("text", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="budgets_explanation_whole",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("comment_by", None),
                                    models.Q(("comment_by", models.F("by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="budgets_explanation_not_own_comment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Accrual",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="accruals", to="budgets.line"
                            ),
                        ),
                        ("month", models.DateField()),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("suggested", planning.shared.money.MoneyField(decimal_places=3, default=0, max_digits=20)),
                        ("asked_at", models.DateTimeField()),
                        (
                            "amount",
                            planning.shared.money.MoneyField(
                                decimal_places=3, max_digits=20, null=True, verbose_name="amount"
                            ),
                        ),
                        ("what", models.CharField(blank=True, max_length=200, verbose_name="what was delivered")),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True)),
                        (
                            "reversal_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="budgets.line",
                            ),
                        ),
                        ("step", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "ordering": ["month", "line_id"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("amount", None)),
                                fields=["workspace", "line"],
                                name="budgets_accrual_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "line", "month"), name="budgets_accrual_once"),
                            models.CheckConstraint(
                                condition=models.Q(("amount", None), ("amount__gte", 0), _connector="OR"),
                                name="budgets_accrual_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("amount", None), ("answered_by", None)),
                                    models.Q(("amount__isnull", False), ("answered_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="budgets_accrual_answered",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Scenario",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scenarios",
                                to="budgets.budget",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("copied_at", models.DateTimeField()),
                        (
                            "version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="scenarios",
                                to="budgets.version",
                            ),
                        ),
                        ("promoted_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "budget", "name"),
                                name="scenario_name_once",
                                violation_error_message="There is a scenario of that name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("promoted_at", None), ("version", None)),
                                    models.Q(("promoted_at__isnull", False), ("version__isnull", False)),
                                    _connector="OR",
                                ),
                                name="scenario_promoted_into_a_version",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScenarioLine",
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
                            "scenario",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="budgets.scenario"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="budgets.line",
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology"), ("joint", "Joint")],
                                max_length=10,
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="calendar.category"
                            ),
                        ),
                        (
                            "vendor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="vendors.vendor",
                            ),
                        ),
                        (
                            "purpose",
                            models.CharField(
                                choices=[("run", "run"), ("grow", "grow"), ("transform", "transform")],
                                default="run",
                                max_length=9,
                            ),
                        ),
                        ("original_currency", models.CharField(blank=True, max_length=3)),
                        (
                            "original_total",
                            planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True),
                        ),
                        ("base_rate", models.DecimalField(decimal_places=8, max_digits=18, null=True)),
                        (
                            "base_months",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=planning.shared.money.MoneyField(decimal_places=3, max_digits=20),
                                null=True,
                                size=12,
                            ),
                        ),
                        ("base_weight", models.DecimalField(decimal_places=6, max_digits=9, null=True)),
                        ("rate", models.DecimalField(decimal_places=8, max_digits=18, null=True)),
                        (
                            "months",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=planning.shared.money.MoneyField(decimal_places=3, max_digits=20), size=12
                            ),
                        ),
                        (
                            "marketing_months",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=planning.shared.money.MoneyField(decimal_places=3, max_digits=20), size=12
                            ),
                        ),
                        ("marketing_weight", models.DecimalField(decimal_places=6, max_digits=9)),
                        ("changed", models.BooleanField(default=False)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "scenario", "line"), name="scenario_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("marketing_weight__range", (0, 100))), name="scenario_weight"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ScenarioStep",
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
                            "scenario",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="budgets.scenario"
                            ),
                        ),
                        ("position", models.PositiveIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("scale", "up or down by percent"),
                                    ("amount", "up or down by an amount"),
                                    ("shift", "moved to other months"),
                                    ("rate", "another exchange rate"),
                                    ("shares", "another split"),
                                    ("hand", "typed by hand"),
                                    ("line", "a new line"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("filters", models.JSONField(default=dict)),
                        ("parameters", models.JSONField(default=dict)),
                        ("effect", models.JSONField(default=dict)),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "scenario", "position"), name="scenario_step_position"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Transfer",
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
                            "budget",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="transfers",
                                to="budgets.budget",
                            ),
                        ),
                        (
                            "giver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="given", to="budgets.line"
                            ),
                        ),
                        (
                            "taker",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="taken", to="budgets.line"
                            ),
                        ),
                        (
                            "amount",
                            planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="amount"),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        ("claim", models.UUIDField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("done", "done"),
                                    ("returned", "returned"),
                                    ("recalled", "recalled"),
                                ],
                                default="proposed",
                                max_length=8,
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
                            "reverses",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversals",
                                to="budgets.transfer",
                            ),
                        ),
                        (
                            "moved_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("moved_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "claim"), name="transfer_claim"),
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="transfer_positive"),
                            models.CheckConstraint(
                                condition=models.Q(("giver", models.F("taker")), _negated=True),
                                name="transfer_between_two",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("done_at__isnull", False), ("state", "done")),
                                    models.Q(models.Q(("state", "done"), _negated=True), ("done_at", None)),
                                    _connector="OR",
                                ),
                                name="transfer_done_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Part",
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
                            "transfer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="budgets.transfer"
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budgets.line"
                            ),
                        ),
                        (
                            "side",
                            models.CharField(
                                choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10
                            ),
                        ),
                        ("month", models.DateField()),
                        ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "transfer", "line", "side", "month"), name="transfer_part_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
