import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
import planning.shared.money


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("budgets", "0001_initial"),
        ("files", "0001_initial"),
        ("people", "0001_initial"),
        ("vendors", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("fingerprint", models.CharField(max_length=64)),
                ("mapping", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
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
                    models.UniqueConstraint(fields=("workspace", "fingerprint", "name"), name="spend_source_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("vendor_key", models.CharField(blank=True, max_length=200)),
                ("department", models.CharField(blank=True, max_length=200, verbose_name="department")),
                ("category_text", models.CharField(blank=True, max_length=200, verbose_name="category")),
                ("account", models.CharField(blank=True, max_length=100, verbose_name="account")),
                ("cost_centre", models.CharField(blank=True, max_length=100, verbose_name="cost centre")),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("learned_at", models.DateTimeField()),
                (
                    "learned_from",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="budgets.line"),
                ),
                (
                    "vendor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vendors.vendor",
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
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="spend.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "workspace",
                            "source",
                            "vendor",
                            "vendor_key",
                            "department",
                            "category_text",
                            "account",
                            "cost_centre",
                            "line",
                        ),
                        name="spend_rule_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("vendor__isnull", False),
                            models.Q(
                                ("account", ""),
                                ("category_text", ""),
                                ("cost_centre", ""),
                                ("department", ""),
                                ("vendor_key", ""),
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="spend_rule_says_something",
                        violation_error_message="A rule needs something to recognise rows by.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needs mapping", "needs mapping"),
                            ("running", "running"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("undone", "undone"),
                        ],
                        default="needs mapping",
                        max_length=13,
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[("reading", "reading the file"), ("booking", "comparing and booking")],
                        default="reading",
                        max_length=8,
                    ),
                ),
                ("mapping", models.JSONField(default=dict)),
                ("confidence", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("totals", models.JSONField(default=dict)),
                ("rows_read", models.PositiveBigIntegerField(default=0)),
                ("bytes_read", models.PositiveBigIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("postings", models.PositiveIntegerField(default=0)),
                ("lease", models.UUIDField(null=True)),
                ("lease_until", models.DateTimeField(null=True)),
                ("failure", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "started_by",
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
                (
                    "source",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="imports",
                        to="spend.source",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True), ("done_at__isnull", False), _connector="OR"
                        ),
                        name="spend_import_done_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "undone"), ("undone_at", None), _connector="XOR"),
                        name="spend_import_undone_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["running", "done"]), _negated=True),
                            ("source__isnull", False),
                            _connector="OR",
                        ),
                        name="spend_import_runs_from_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invoice", "invoice"),
                            ("credit", "credit note"),
                            ("card", "card payment"),
                            ("accrual", "accrual"),
                            ("reversal", "reversal"),
                            ("reclass", "reclassification"),
                            ("internal", "internal"),
                            ("payroll", "payroll"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("posting_date", models.DateField(null=True, verbose_name="posting date")),
                ("month", models.DateField(null=True)),
                ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="amount")),
                ("currency", models.CharField(max_length=3)),
                ("rate", models.DecimalField(decimal_places=8, max_digits=18, null=True)),
                ("rate_day", models.DateField(null=True)),
                ("converted", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                ("weight", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                ("tax", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                ("gross", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                ("vendor_name", models.TextField(blank=True, verbose_name="vendor")),
                ("vendor_key", models.TextField(blank=True)),
                ("document", models.TextField(blank=True, verbose_name="document")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("category_text", models.TextField(blank=True, verbose_name="category")),
                ("department", models.TextField(blank=True, verbose_name="department")),
                ("account", models.TextField(blank=True, verbose_name="account")),
                ("cost_centre", models.TextField(blank=True, verbose_name="cost centre")),
                ("order_number", models.TextField(blank=True, verbose_name="order number")),
                ("period_text", models.TextField(blank=True, verbose_name="period")),
                (
                    "waits",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "posted"),
                            ("unmatched", "no rule places it on a line"),
                            ("rate", "no exchange rate for that day"),
                            ("closed", "its month is closed"),
                            ("dateless", "the file gives no date"),
                            ("no budget", "its year has no agreed budget"),
                        ],
                        max_length=9,
                    ),
                ),
                ("row_hash", models.UUIDField()),
                ("nth", models.PositiveIntegerField()),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="budgets.line",
                    ),
                ),
                (
                    "vendor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="vendors.vendor",
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
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="spend.import"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="spend.rule"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="spend.source"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "entries",
                "abstract": False,
                "indexes": [
                    models.Index(fields=["workspace", "batch"], name="spend_entry_of_import"),
                    models.Index(fields=["workspace", "-posting_date", "-id"], name="spend_entry_newest"),
                    models.Index(
                        condition=models.Q(("document", ""), _negated=True),
                        fields=["workspace", "source", "document"],
                        name="spend_entry_document",
                    ),
                    models.Index(
                        condition=models.Q(("undone_at", None), models.Q(("waits", ""), _negated=True)),
                        fields=["workspace", "-weight"],
                        name="spend_entry_queue",
                    ),
                    models.Index(fields=["workspace", "vendor", "posting_date"], name="spend_entry_of_vendor"),
                    models.Index(fields=["workspace", "line", "month"], name="spend_entry_of_line"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("workspace", "source", "row_hash", "nth"),
                        name="spend_entry_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("waits", ""), _negated=True),
                            models.Q(("converted__isnull", False), ("line__isnull", False), ("month__isnull", False)),
                            _connector="OR",
                        ),
                        name="spend_entry_posted_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Staged",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("ready", "accepted"),
                            ("rejected", "rejected"),
                            ("duplicate", "duplicate"),
                            ("conflict", "conflict"),
                            ("kept", "left out by decision"),
                        ],
                        max_length=9,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=12)),
                ("problem_column", models.CharField(blank=True, max_length=12)),
                ("said", models.CharField(blank=True, max_length=80)),
                ("posting_date", models.DateField(null=True)),
                ("amount", models.DecimalField(decimal_places=12, max_digits=60, null=True)),
                ("currency", models.CharField(max_length=12)),
                ("kind", models.CharField(max_length=8)),
                ("vendor_name", models.TextField(blank=True)),
                ("vendor_key", models.TextField(blank=True)),
                ("document", models.TextField(blank=True)),
                ("description", models.TextField(blank=True)),
                ("category_text", models.TextField(blank=True)),
                ("department", models.TextField(blank=True)),
                ("account", models.TextField(blank=True)),
                ("cost_centre", models.TextField(blank=True)),
                ("order_number", models.TextField(blank=True)),
                ("period_text", models.TextField(blank=True)),
                ("tax", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("gross", models.DecimalField(decimal_places=3, max_digits=20, null=True)),
                ("row_hash", models.UUIDField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="staged", to="spend.import"
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
                    models.UniqueConstraint(fields=("workspace", "batch", "row"), name="spend_staged_row_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CategoryKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=200, verbose_name="category in the ledger")),
                (
                    "domain",
                    models.CharField(
                        choices=[("marketing", "marketing"), ("technology", "technology"), ("other", "other")],
                        max_length=10,
                        null=True,
                        verbose_name="kind of spend",
                    ),
                ),
                ("guessed", models.BooleanField(default=True)),
                (
                    "said_by",
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
                "constraints": [models.UniqueConstraint(fields=("workspace", "text"), name="spend_category_kind_once")],
            },
        ),
    ]
