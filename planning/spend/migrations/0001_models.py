import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
import planning.shared.money
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("spend", "0001_tables"),
        ("spend", "0009_opening"),
        ("spend", "0010_fewer_indexes"),
        ("spend", "0014_typed"),
        ("spend", "0016_named_as_written"),
    ]

    initial = True

    dependencies = [
        ("budgets", "0001_models"),
        ("files", "0001_models"),
        ("people", "0001_models"),
        ("purchases", "0001_models"),
        ("vendors", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Source",
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
                        ("fingerprint", models.CharField(max_length=64)),
                        ("mapping", models.JSONField(default=dict)),
                        (
                            "calendar",
                            models.CharField(
                                choices=[
                                    ("months", "calendar months"),
                                    ("4-4-5", "quarters of 4, 4 and 5 weeks"),
                                    ("4-weeks", "thirteen periods of four weeks"),
                                ],
                                default="months",
                                max_length=7,
                                verbose_name="periods",
                            ),
                        ),
                        ("calendar_start", models.DateField(blank=True, null=True, verbose_name="a year begins on")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("used_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "fingerprint", "name"), name="spend_source_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("calendar", "months"), ("calendar_start__isnull", False), _connector="OR"
                                ),
                                name="spend_source_weeks_begin",
                                violation_error_message="Periods of weeks need the day on which a year begins.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Import",
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
                            "source",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="spend.source",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="files.storedfile",
                            ),
                        ),
                        ("inside", models.TextField(blank=True)),
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
                                choices=[
                                    ("looking", "opening the file"),
                                    ("reading", "reading the file"),
                                    ("booking", "comparing and booking"),
                                ],
                                default="looking",
                                max_length=8,
                            ),
                        ),
                        ("mapping", models.JSONField(default=dict)),
                        ("confidence", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        ("totals", models.JSONField(default=dict)),
                        ("text_size", models.PositiveBigIntegerField(default=0)),
                        ("rows_read", models.PositiveBigIntegerField(default=0)),
                        ("bytes_read", models.PositiveBigIntegerField(default=0)),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("postings", models.PositiveIntegerField(default=0)),
                        ("billed", models.JSONField(default=dict)),
                        (
                            "reversed",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveIntegerField(), default=list, size=None
                            ),
                        ),
                        ("lease", models.UUIDField(null=True)),
                        ("lease_until", models.DateTimeField(null=True)),
                        ("failure", models.TextField(blank=True)),
                        ("private", models.BooleanField(default=False)),
                        ("shown_first", models.BooleanField(default=False)),
                        (
                            "started_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        (
                            "drop",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="spend.drop",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("done_at", models.DateTimeField(null=True)),
                        ("undone_at", models.DateTimeField(null=True)),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced",
                                to="spend.import",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("drop__isnull", False)),
                                fields=["workspace", "drop"],
                                name="spend_import_by_drop",
                            ),
                            models.Index(
                                condition=models.Q(("replaced_by__isnull", False)),
                                fields=["workspace", "replaced_by"],
                                name="spend_import_replaced",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("done_at__isnull", False),
                                    _connector="OR",
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
                                    ("phase", "looking"),
                                    _connector="OR",
                                ),
                                name="spend_import_runs_from_source",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("file__isnull", False), ("state__in", ["done", "undone"]), _connector="OR"
                                ),
                                name="spend_import_typed_is_over",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("replaced_by", None),
                                    models.Q(("file", None), ("state", "undone")),
                                    _connector="OR",
                                ),
                                name="spend_import_replaced_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Staged",
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
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="staged",
                                to="spend.import",
                            ),
                        ),
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
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "batch", "row"), name="spend_staged_row_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rule",
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
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rules",
                                to="spend.source",
                            ),
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
                        ("vendor_key", models.CharField(blank=True, max_length=200)),
                        ("spelled", models.CharField(blank=True, editable=False, max_length=200)),
                        ("department", models.CharField(blank=True, max_length=200, verbose_name="department")),
                        ("category_text", models.CharField(blank=True, max_length=200, verbose_name="category")),
                        ("account", models.CharField(blank=True, max_length=100, verbose_name="account")),
                        ("cost_centre", models.CharField(blank=True, max_length=100, verbose_name="cost centre")),
                        ("document", models.CharField(blank=True, max_length=40, verbose_name="document begins with")),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="budgets.line"
                            ),
                        ),
                        ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                        (
                            "learned_from",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("learned_at", models.DateTimeField()),
                    ],
                    options={
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
                                    "document",
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
                                        ("document", ""),
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
                    name="CategoryKind",
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
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "text"), name="spend_category_kind_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
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
                                db_constraint=False,
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="spend.source",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="spend.import",
                            ),
                        ),
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
                        (
                            "amount",
                            planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="amount"),
                        ),
                        ("currency", models.CharField(max_length=3)),
                        ("rate", models.DecimalField(decimal_places=8, max_digits=18, null=True)),
                        ("rate_day", models.DateField(null=True)),
                        ("converted", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        ("weight", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                        ("tax", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        ("gross", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        ("vendor_name", models.TextField(blank=True, verbose_name="vendor")),
                        ("vendor_key", models.TextField(blank=True)),
                        (
                            "vendor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="vendors.vendor",
                            ),
                        ),
                        ("document", models.TextField(blank=True, verbose_name="document")),
                        ("description", models.TextField(blank=True, verbose_name="description")),
                        ("category_text", models.TextField(blank=True, verbose_name="category")),
                        ("department", models.TextField(blank=True, verbose_name="department")),
                        ("account", models.TextField(blank=True, verbose_name="account")),
                        ("cost_centre", models.TextField(blank=True, verbose_name="cost centre")),
                        ("order_number", models.TextField(blank=True, verbose_name="order number")),
                        ("period_text", models.TextField(blank=True, verbose_name="period")),
                        (
                            "line",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="budgets.line",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="spend.rule",
                            ),
                        ),
                        (
                            "purchase",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="purchases.purchase",
                            ),
                        ),
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
                                    ("split", "split: its parts are booked"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("prior_in", models.DateField(null=True)),
                        (
                            "split_of",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="spend.entry",
                            ),
                        ),
                        ("row_hash", models.UUIDField()),
                        ("nth", models.PositiveIntegerField()),
                        ("undone_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name_plural": "entries",
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
                            models.Index(
                                condition=models.Q(("rule__isnull", False)),
                                fields=["workspace", "rule"],
                                name="spend_entry_by_rule",
                            ),
                            models.Index(
                                condition=models.Q(("purchase__isnull", False)),
                                fields=["workspace", "purchase"],
                                name="spend_entry_of_purchase",
                            ),
                            models.Index(
                                condition=models.Q(("split_of__isnull", False)),
                                fields=["workspace", "split_of"],
                                name="spend_entry_parts",
                            ),
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
                                    models.Q(
                                        ("converted__isnull", False), ("line__isnull", False), ("month__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="spend_entry_posted_whole",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Amnesty",
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
                            "vendor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vendors.vendor"
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="spend.entry"
                            ),
                        ),
                        (
                            "purchase",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="amnesties",
                                to="purchases.purchase",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("new", "new"),
                                    ("review", "in review"),
                                    ("adopted", "adopted"),
                                    ("tolerated", "tolerated"),
                                    ("stopped", "stopped"),
                                ],
                                default="review",
                                max_length=9,
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("decide_by", models.DateField(verbose_name="decide by")),
                        ("first_paid", models.DateField(null=True)),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=planning.shared.clock.now)),
                        ("tolerated_until", models.DateField(null=True, verbose_name="tolerated until")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("decided_on", models.DateField(null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("alerted_on", models.DateField(null=True)),
                    ],
                    options={
                        "verbose_name": "retrospective approval",
                        "verbose_name_plural": "retrospective approvals",
                        "indexes": [models.Index(fields=["workspace", "vendor"], name="spend_amnesty_of_vendor")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["new", "review"]),
                                    models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="spend_amnesty_decided",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "tolerated"), ("tolerated_until__isnull", True), _connector="XOR"
                                ),
                                name="spend_amnesty_until",
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
                        ("percent", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="percent")),
                        ("reached_by", models.DateField(blank=True, null=True, verbose_name="reached by")),
                        (
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("said_at", models.DateTimeField(default=planning.shared.clock.now)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("percent__range", (0, 100))),
                                name="spend_target_percent",
                                violation_error_message="A share is between 0 and 100 percent.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Drop",
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
                            "source",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="drops", to="spend.source"
                            ),
                        ),
                        ("label", models.CharField(max_length=80, verbose_name="what sends it")),
                        ("secret_hash", models.CharField(editable=False, max_length=64)),
                        ("trusted", models.BooleanField(default=False, verbose_name="trusted")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("opened_at", models.DateTimeField(default=planning.shared.clock.now)),
                        ("used_at", models.DateTimeField(null=True)),
                        ("revoked_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["secret_hash"], name="spend_drop_by_secret")],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "secret_hash"), name="spend_drop_secret")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Dismissal",
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
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="spend.entry"
                            ),
                        ),
                        (
                            "again",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="spend.entry"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason")),
                        (
                            "said_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("said_at", models.DateTimeField(default=planning.shared.clock.now)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "entry", "again"), name="spend_dismissal_once")
                        ],
                    },
                ),
            ],
        ),
    ]
