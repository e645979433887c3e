from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

import planning.shared.money


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calendar", "0001_initial"),
        ("kpis", "0001_initial"),
        ("people", "0004_one_side"),
        ("signoffs", "0002_fingerprint"),
        ("vendors", "0002_likeness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Budget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        blank=True, decimal_places=3, max_digits=20, null=True, verbose_name="marketing envelope"
                    ),
                ),
                (
                    "technology_envelope",
                    planning.shared.money.MoneyField(
                        blank=True, decimal_places=3, max_digits=20, null=True, verbose_name="technology envelope"
                    ),
                ),
                ("created_at", models.DateTimeField()),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
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
                "ordering": ["-year"],
                "abstract": False,
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
            name="Limits",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        decimal_places=2, default=Decimal("10"), max_digits=5, verbose_name="variance limit in percent"
                    ),
                ),
                (
                    "variance_amount",
                    planning.shared.money.MoneyField(
                        decimal_places=3, default=Decimal("5000"), max_digits=20, verbose_name="variance limit"
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
                "constraints": [models.UniqueConstraint(fields=("workspace",), name="budget_limits_once")],
            },
        ),
        migrations.CreateModel(
            name="Line",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "forecast",
                    models.CharField(
                        choices=[("plan", "remaining plan"), ("steady", "run rate of the last three closed months")],
                        default="plan",
                        max_length=6,
                        verbose_name="forecast by",
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("created_at", models.DateTimeField()),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="budgets.budget"
                    ),
                ),
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
            },
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim", models.UUIDField()),
                (
                    "side",
                    models.CharField(choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10),
                ),
                ("month", models.DateField()),
                ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                ("consumed", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                ("released", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
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
                ("cause", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "member",
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
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="budgets.line"
                    ),
                ),
            ],
            options={
                "ordering": ["line_id", "side", "month"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["reserved", "committed"])),
                        fields=["workspace", "line"],
                        name="hold_standing",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "claim", "line", "side", "month"), name="hold_once"),
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
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                (
                    "transferred",
                    planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                ),
                ("reserved", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                ("committed", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                ("actual", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                (
                    "side",
                    models.CharField(choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10),
                ),
                ("month", models.DateField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="budgets.line"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "line", "side", "month"), name="cell_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Balance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                (
                    "transferred",
                    planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                ),
                ("reserved", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                ("committed", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                ("actual", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                (
                    "side",
                    models.CharField(choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="balances", to="budgets.line"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("workspace", "line", "side"), name="balance_once")],
            },
        ),
        migrations.CreateModel(
            name="Movement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("plan", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                (
                    "transferred",
                    planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20),
                ),
                ("reserved", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                ("committed", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                ("actual", planning.shared.money.MoneyField(decimal_places=3, default=Decimal("0"), max_digits=20)),
                (
                    "side",
                    models.CharField(choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10),
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
                            ("release", "release"),
                            ("credit", "credit"),
                            ("undo", "undone"),
                        ],
                        max_length=8,
                    ),
                ),
                ("cause", models.CharField(max_length=80)),
                ("cause_id", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                (
                    "hold",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="movements",
                        to="budgets.hold",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="movements", to="budgets.line"
                    ),
                ),
                (
                    "member",
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
                "indexes": [models.Index(fields=["workspace", "line", "-at"], name="movement_of_line")],
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
            name="Transfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="amount")),
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
                ("moved_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="budgets.budget"
                    ),
                ),
                (
                    "giver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="given", to="budgets.line"
                    ),
                ),
                (
                    "moved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signoffs.paper"
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
                    "taker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="taken", to="budgets.line"
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
                "ordering": ["-pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "claim"), name="transfer_claim"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="transfer_positive"),
                    models.CheckConstraint(
                        condition=models.Q(("giver", models.F("taker")), _negated=True), name="transfer_between_two"
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10),
                ),
                ("month", models.DateField()),
                ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budgets.line"),
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
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("workspace", "transfer", "line", "side", "month"), name="transfer_part_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("agreed_as", models.PositiveIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="budgets.budget"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signoffs.paper"
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
                "ordering": ["number"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "budget", "number"), name="budget_version_number"),
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
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "side",
                    models.CharField(
                        choices=[("marketing", "Marketing"), ("technology", "Technology"), ("joint", "Joint")],
                        max_length=10,
                        verbose_name="owner",
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("total", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="total")),
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
                ("removed", models.BooleanField(default=False)),
                ("is_open", models.BooleanField(default=True, editable=False)),
                ("in_force", django.contrib.postgres.fields.ranges.BigIntegerRangeField(editable=False, null=True)),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                ("edits", models.PositiveIntegerField(default=1, editable=False)),
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
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="budgets.line"
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="budgets.version"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [
                    models.Index(
                        condition=models.Q(("in_force__endswith", None), ("in_force__isnull", False)),
                        fields=["workspace", "line"],
                        name="line_revision_current",
                    )
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
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("workspace", "="), ("line", "="), ("in_force", "&&")],
                        name="line_revision_in_force_once",
                    ),
                ],
            },
        ),
    ]
