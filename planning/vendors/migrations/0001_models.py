import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
import planning.shared.money
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("vendors", "0001_tables"),
        ("vendors", "0005_register_by_worker"),
        ("vendors", "0010_spelling"),
        ("vendors", "0011_what_it_lists"),
    ]

    initial = True

    dependencies = [
        ("calendar", "0001_models"),
        ("files", "0001_models"),
        ("kpis", "0001_models"),
        ("people", "0001_models"),
        ("signoffs", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Vendor",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("key", models.CharField(editable=False, max_length=200)),
                        (
                            "data_class",
                            models.CharField(
                                choices=[
                                    ("none", "no customer data"),
                                    ("internal", "internal data"),
                                    ("personal", "personal data"),
                                    ("unknown", "not known yet"),
                                ],
                                default="unknown",
                                max_length=8,
                                verbose_name="customer data",
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("preferred", "preferred"),
                                    ("allowed", "allowed"),
                                    ("warn", "with care"),
                                    ("blocked", "blocked"),
                                ],
                                default="allowed",
                                max_length=9,
                                verbose_name="standing",
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
                            "marketing_owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.member",
                                verbose_name="owner in marketing",
                            ),
                        ),
                        (
                            "technology_owner",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="people.member",
                                verbose_name="owner in technology",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("added_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        (
                            "merged_into",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="vendors.vendor",
                            ),
                        ),
                        ("compared_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "spent",
                            planning.shared.money.MoneyField(
                                decimal_places=3, default=0, editable=False, max_digits=20
                            ),
                        ),
                        ("kept_back", models.BooleanField(default=False, editable=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("compared_at", None), ("merged_into", None)),
                                fields=["workspace", "id"],
                                name="vendor_to_compare",
                            ),
                            models.Index(
                                condition=models.Q(("kept_back", True)), fields=["workspace"], name="vendor_kept_back"
                            ),
                            models.Index(
                                condition=models.Q(("merged_into", None)),
                                fields=["workspace", "name", "id"],
                                name="vendor_by_name",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("merged_into", None)),
                                fields=("workspace", "key"),
                                name="vendor_key_once",
                                violation_error_message="There is a vendor of that name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("merged_into", None), models.Q(("key", ""), _negated=True)),
                                    models.Q(("key", ""), ("merged_into__isnull", False)),
                                    _connector="OR",
                                ),
                                name="vendor_has_key",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Alias",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="aliases", to="vendors.vendor"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("key", models.CharField(editable=False, max_length=200)),
                    ],
                    options={
                        "verbose_name": "spelling",
                        "verbose_name_plural": "spellings",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "key"), name="vendor_alias_once"),
                            models.CheckConstraint(
                                condition=models.Q(("key", ""), _negated=True), name="vendor_alias_has_key"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SecurityReview",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="vendors.vendor"
                            ),
                        ),
                        (
                            "data_class",
                            models.CharField(
                                choices=[
                                    ("none", "no customer data"),
                                    ("internal", "internal data"),
                                    ("personal", "personal data"),
                                    ("unknown", "not known yet"),
                                ],
                                max_length=8,
                                verbose_name="covers",
                            ),
                        ),
                        ("reviewed_on", models.DateField(verbose_name="reviewed on")),
                        ("valid_until", models.DateField(verbose_name="valid until")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="what was found")),
                    ],
                    options={
                        "ordering": ["-valid_until", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gt", models.F("reviewed_on"))),
                                name="review_half_open",
                                violation_error_message="A review is valid until a day after it was made.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contract",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contracts",
                                to="vendors.vendor",
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=60, verbose_name="contract number")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        ("starts_on", models.DateField(verbose_name="starts on")),
                        ("term_months", models.PositiveSmallIntegerField(verbose_name="term in months")),
                        ("first_end", models.DateField(blank=True, null=True, verbose_name="first term ends on")),
                        (
                            "renewal",
                            models.CharField(
                                choices=[("tacit", "renews by itself"), ("express", "ends unless renewed")],
                                default="tacit",
                                max_length=7,
                                verbose_name="renewal",
                            ),
                        ),
                        (
                            "renewal_months",
                            models.PositiveSmallIntegerField(default=12, verbose_name="renewal term in months"),
                        ),
                        ("notice_count", models.PositiveSmallIntegerField(default=0, verbose_name="notice")),
                        (
                            "notice_unit",
                            models.CharField(
                                choices=[("months", "months"), ("days", "days")],
                                default="months",
                                max_length=6,
                                verbose_name="counted in",
                            ),
                        ),
                        (
                            "value",
                            planning.shared.money.MoneyField(
                                decimal_places=3, max_digits=20, verbose_name="value of a term"
                            ),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        (
                            "indexation",
                            models.CharField(
                                choices=[
                                    ("none", "stays the same"),
                                    ("fixed", "rises by a fixed percentage"),
                                    ("index", "follows a price index"),
                                ],
                                default="none",
                                max_length=5,
                                verbose_name="price",
                            ),
                        ),
                        (
                            "index_percent",
                            models.DecimalField(
                                decimal_places=3, default=0, max_digits=6, verbose_name="by how much a year, %"
                            ),
                        ),
                        (
                            "index_cap",
                            models.DecimalField(
                                blank=True, decimal_places=3, max_digits=6, null=True, verbose_name="at most, %"
                            ),
                        ),
                        (
                            "kpi",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="kpis.kpi",
                                verbose_name="KPI it should move",
                            ),
                        ),
                        (
                            "seats_bought",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="user seats bought"),
                        ),
                        (
                            "seats_used",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="user seats used"),
                        ),
                        ("ends_on", models.DateField(editable=False)),
                        ("notice_by", models.DateField(editable=False)),
                        ("renewals", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("silent_renewals", models.PositiveSmallIntegerField(default=0, editable=False)),
                        ("stopped_on", models.DateField(blank=True, editable=False, null=True)),
                        ("kept_until", models.DateField(blank=True, editable=False, null=True)),
                        ("requested_until", models.DateField(blank=True, editable=False, null=True)),
                        (
                            "proposed",
                            models.CharField(
                                blank=True,
                                choices=[("stop", "stop it"), ("keep", "let it renew")],
                                editable=False,
                                max_length=4,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=0, editable=False)),
                        (
                            "paper",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="signoffs.paper",
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["workspace", "notice_by"], name="contract_notice_by"),
                            models.Index(
                                condition=models.Q(("reference", ""), _negated=True),
                                fields=["workspace", "reference"],
                                name="contract_reference",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("term_months__range", (1, 600))), name="contract_has_term"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("renewal", "tacit"), _negated=True),
                                    ("renewal_months__range", (1, 600)),
                                    _connector="OR",
                                ),
                                name="contract_renews_for_a_term",
                            ),
                            models.CheckConstraint(condition=models.Q(("value__gte", 0)), name="contract_value"),
                            models.CheckConstraint(
                                condition=models.Q(("first_end__gt", models.F("starts_on"))), name="contract_first_end"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("index_percent__range", (-100, 100))), name="contract_index"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="System",
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
                                on_delete=django.db.models.deletion.CASCADE, related_name="systems", to="vendors.vendor"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="system")),
                        (
                            "data_class",
                            models.CharField(
                                choices=[
                                    ("none", "no customer data"),
                                    ("internal", "internal data"),
                                    ("personal", "personal data"),
                                    ("unknown", "not known yet"),
                                ],
                                max_length=8,
                                verbose_name="customer data",
                            ),
                        ),
                        ("purpose", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                    ],
                    options={
                        "ordering": ["name", "pk"],
                        "indexes": [models.Index(fields=["workspace", "vendor"], name="vendor_systems")],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="vendors.vendor",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="documents",
                                to="vendors.contract",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("contract", "contract"),
                                    ("processing", "data processing agreement"),
                                    ("security", "security report"),
                                    ("insurance", "insurance"),
                                    ("other", "other"),
                                ],
                                default="other",
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                            ),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("added_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["kind", "-pk"],
                        "indexes": [models.Index(fields=["workspace", "vendor"], name="vendor_documents")],
                    },
                ),
                migrations.CreateModel(
                    name="Scorecard",
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
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scorecards",
                                to="vendors.vendor",
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="opened")),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at", None)),
                                fields=("workspace", "vendor"),
                                name="vendor_scorecard_open",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Score",
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
                            "scorecard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="vendors.scorecard",
                            ),
                        ),
                        ("side", models.CharField(max_length=10)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("marks", models.JSONField(default=dict)),
                        ("words", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "scorecard", "side"), name="vendor_score_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["marketing", "technology"])), name="vendor_score_side"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Merge",
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
                            "gone",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="mergers", to="vendors.vendor"
                            ),
                        ),
                        (
                            "kept",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="taken_in",
                                to="vendors.vendor",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("before", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("undone_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("gone", models.F("kept")), _negated=True), name="vendor_merge_two"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("undone_at", None)),
                                fields=("workspace", "gone"),
                                name="vendor_merge_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Moved",
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
                            "merge",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="moved", to="vendors.merge"
                            ),
                        ),
                        ("table", models.CharField(max_length=63)),
                        ("row", models.BigIntegerField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["workspace", "merge", "table"], name="vendor_moved")],
                    },
                ),
                migrations.CreateModel(
                    name="Twin",
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
                            "first",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="vendors.vendor"
                            ),
                        ),
                        (
                            "second",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="vendors.vendor"
                            ),
                        ),
                        ("likeness", models.PositiveSmallIntegerField(verbose_name="likeness")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "to be decided"), ("merged", "merged"), ("apart", "not the same")],
                                default="open",
                                max_length=6,
                                verbose_name="state",
                            ),
                        ),
                        ("found_at", models.DateTimeField()),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["workspace", "state"], name="vendor_twin_state")],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "first", "second"), name="vendor_twin_once"),
                            models.CheckConstraint(
                                condition=models.Q(("first__lt", models.F("second"))), name="vendor_twin_in_order"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceLevel",
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
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="service_levels",
                                to="vendors.contract",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="what is promised")),
                        (
                            "aim",
                            models.CharField(
                                choices=[("least", "at least"), ("most", "at most")],
                                default="least",
                                max_length=5,
                                verbose_name="aim",
                            ),
                        ),
                        ("target", models.DecimalField(decimal_places=3, max_digits=12, verbose_name="target")),
                        ("unit", models.CharField(default="%", max_length=20, verbose_name="unit")),
                    ],
                    options={
                        "ordering": ["pk"],
                        "indexes": [models.Index(fields=["workspace", "contract"], name="vendor_service_levels")],
                    },
                ),
                migrations.CreateModel(
                    name="Attainment",
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
                            "service_level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attainments",
                                to="vendors.servicelevel",
                            ),
                        ),
                        ("month", models.DateField(verbose_name="month")),
                        ("value", models.DecimalField(decimal_places=3, max_digits=12, verbose_name="measured")),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["month"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "service_level", "month"), name="vendor_attainment_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month__day", 1)), name="vendor_attainment_month"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                            "contract",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="assessments",
                                to="vendors.contract",
                            ),
                        ),
                        ("side", models.CharField(max_length=10)),
                        ("term_ends_on", models.DateField()),
                        ("answers", models.JSONField(default=dict)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "contract", "side", "term_ends_on"), name="vendor_assessed"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["marketing", "technology"])),
                                name="vendor_assessed_side",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RegisterFile",
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
                                    ("reading", "being read"),
                                    ("checked", "ready to look at"),
                                    ("taking", "being taken in"),
                                    ("failed", "could not be read"),
                                    ("taken", "taken in"),
                                    ("left", "put away"),
                                ],
                                default="mapping",
                                max_length=8,
                            ),
                        ),
                        ("mapping", models.JSONField(default=dict)),
                        ("counts", models.JSONField(default=dict)),
                        ("totals", models.JSONField(default=dict)),
                        ("refusals", models.JSONField(default=list)),
                        ("sample", models.JSONField(default=list)),
                        ("digest", models.CharField(blank=True, max_length=64)),
                        ("rows_read", models.PositiveIntegerField(default=0)),
                        ("rows_in_all", models.PositiveIntegerField(default=0)),
                        ("lease", models.UUIDField(null=True)),
                        ("beat_at", models.DateTimeField(null=True)),
                        ("failure", models.TextField(blank=True)),
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
                        "ordering": ["-pk"],
                    },
                ),
            ],
        ),
    ]
