import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
import planning.shared.money
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [
        ("purchases", "0001_tables"),
        ("purchases", "0002_quotes_and_billing"),
        ("purchases", "0013_condition_note"),
    ]

    initial = True

    dependencies = [
        ("budgets", "0001_models"),
        ("calendar", "0001_models"),
        ("files", "0001_models"),
        ("people", "0001_models"),
        ("signoffs", "0001_models"),
        ("vendors", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Ruleset",
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
                        ("number", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("proposed", "proposed"),
                                    ("agreed", "in force"),
                                    ("replaced", "replaced"),
                                ],
                                default="draft",
                                max_length=8,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
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
                        ("made_at", models.DateTimeField(default=planning.shared.clock.now)),
                        ("agreed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "number"), name="purchase_rules_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["draft", "proposed"])),
                                fields=("workspace",),
                                name="purchase_rules_one_draft",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "agreed")),
                                fields=("workspace",),
                                name="purchase_rules_one_in_force",
                            ),
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
                            "ruleset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="purchases.ruleset"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "about",
                            models.CharField(
                                choices=[
                                    ("value", "net value in all"),
                                    ("vendor", "with the vendor's last twelve months"),
                                    ("term", "term in months"),
                                    ("data", "customer data"),
                                    ("region", "region"),
                                    ("renewal", "at the end of the term"),
                                    ("joint", "both sides fund it"),
                                    ("other", "one side buys what belongs to the other"),
                                    ("no line", "no agreed budget line"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calendar.category",
                            ),
                        ),
                        ("low", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        ("high", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        ("word", models.CharField(blank=True, max_length=60)),
                        (
                            "seats",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16), default=list, size=None
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "ruleset", "number"), name="purchase_rule_number"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Purchase",
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
                        ("number", models.PositiveIntegerField(editable=False)),
                        ("title", models.CharField(max_length=200, verbose_name="what do you need?")),
                        ("reason", models.TextField(blank=True, verbose_name="what is it for?")),
                        (
                            "requester",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="purchases",
                                to="people.member",
                            ),
                        ),
                        (
                            "vendor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="purchases",
                                to="vendors.vendor",
                                verbose_name="vendor",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="purchases",
                                to="vendors.contract",
                                verbose_name="renews the contract",
                            ),
                        ),
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        (
                            "amount",
                            planning.shared.money.MoneyField(
                                decimal_places=3, max_digits=20, null=True, verbose_name="amount"
                            ),
                        ),
                        (
                            "price",
                            models.CharField(
                                choices=[("once", "once"), ("month", "per month"), ("year", "per year")],
                                default="once",
                                max_length=5,
                                verbose_name="paid",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="calendar.category",
                                verbose_name="category",
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
                                default="unknown",
                                max_length=8,
                                verbose_name="customer data",
                            ),
                        ),
                        (
                            "term_months",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term in months"),
                        ),
                        ("technology", models.BooleanField(null=True, verbose_name="technology")),
                        ("region", models.CharField(blank=True, max_length=60, verbose_name="region")),
                        ("replaces", models.CharField(blank=True, max_length=200, verbose_name="replaces")),
                        (
                            "renews",
                            models.CharField(
                                choices=[
                                    ("no", "ends by itself"),
                                    ("express", "only if we renew it"),
                                    ("tacit", "renews by itself"),
                                ],
                                default="no",
                                max_length=7,
                                verbose_name="at the end",
                            ),
                        ),
                        ("needed_by", models.DateField(blank=True, null=True, verbose_name="needed by")),
                        ("framework", models.BooleanField(default=False, verbose_name="framework order")),
                        (
                            "billed_outside",
                            planning.shared.money.MoneyField(
                                decimal_places=3, default=0, editable=False, max_digits=20
                            ),
                        ),
                        ("restricted", models.BooleanField(default=False, verbose_name="only its approvers read it")),
                        (
                            "call_off_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="call_offs",
                                to="purchases.purchase",
                                verbose_name="calls off",
                            ),
                        ),
                        ("typed", models.JSONField(default=dict, editable=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "waiting for approval"),
                                    ("more information", "more information asked"),
                                    ("approved", "approved"),
                                    ("ordered", "ordered"),
                                    ("received", "received"),
                                    ("invoiced", "invoiced"),
                                    ("closed", "closed"),
                                    ("rejected", "rejected"),
                                    ("withdrawn", "withdrawn"),
                                    ("expired", "expired"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=16,
                            ),
                        ),
                        (
                            "invoiced_from",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("draft", "draft"),
                                    ("submitted", "waiting for approval"),
                                    ("more information", "more information asked"),
                                    ("approved", "approved"),
                                    ("ordered", "ordered"),
                                    ("received", "received"),
                                    ("invoiced", "invoiced"),
                                    ("closed", "closed"),
                                    ("rejected", "rejected"),
                                    ("withdrawn", "withdrawn"),
                                    ("expired", "expired"),
                                ],
                                editable=False,
                                max_length=16,
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "value",
                            planning.shared.money.MoneyField(
                                decimal_places=3, editable=False, max_digits=20, null=True
                            ),
                        ),
                        ("rate", models.DecimalField(decimal_places=8, editable=False, max_digits=18, null=True)),
                        ("rate_on", models.DateField(editable=False, null=True)),
                        ("claim", models.UUIDField(default=uuid.uuid4, editable=False)),
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
                        (
                            "rules",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="purchases.ruleset",
                            ),
                        ),
                        ("approved", models.JSONField(editable=False, null=True)),
                        ("change_claim", models.UUIDField(editable=False, null=True)),
                        (
                            "more_claims",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.UUIDField(), default=list, editable=False, size=None
                            ),
                        ),
                        ("order_number", models.CharField(blank=True, max_length=60, verbose_name="order number")),
                        (
                            "received",
                            planning.shared.money.MoneyField(
                                decimal_places=3, default=0, editable=False, max_digits=20
                            ),
                        ),
                        (
                            "emergency",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("outage", "something customers need is down"),
                                    ("security", "a security incident"),
                                    ("safety", "people's safety"),
                                    ("legal", "a legal deadline"),
                                    ("public", "a crisis in public"),
                                ],
                                editable=False,
                                max_length=8,
                            ),
                        ),
                        (
                            "emergency_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("submitted_at", models.DateTimeField(editable=False, null=True)),
                        ("expires_on", models.DateField(editable=False, null=True)),
                        ("approved_at", models.DateTimeField(editable=False, null=True)),
                        ("ordered_at", models.DateTimeField(editable=False, null=True)),
                        ("closed_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["workspace", "state"], name="purchase_state"),
                            models.Index(
                                condition=models.Q(("restricted", True)),
                                fields=["workspace"],
                                name="purchase_restricted",
                            ),
                            models.Index(
                                fields=["workspace", "vendor", "approved_at"], name="purchase_vendor_approved"
                            ),
                            models.Index(
                                condition=models.Q(("emergency", ""), _negated=True),
                                fields=["workspace", "emergency_by"],
                                name="purchase_emergency",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "number"), name="purchase_number"),
                            models.UniqueConstraint(fields=("workspace", "claim"), name="purchase_claim"),
                            models.CheckConstraint(
                                condition=models.Q(("amount", None), ("amount__gt", 0), _connector="OR"),
                                name="purchase_amount_positive",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "rejected", "withdrawn", "expired"]),
                                    models.Q(
                                        ("amount__isnull", False),
                                        ("paper__isnull", False),
                                        ("submitted_at__isnull", False),
                                        ("value__isnull", False),
                                        ("vendor__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="purchase_whole_when_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ["approved", "ordered", "received", "invoiced", "closed"]),
                                        _negated=True,
                                    ),
                                    ("approved_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="purchase_approved_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("framework", False), ("call_off_of", None), _connector="OR"),
                                name="purchase_framework_calls_off_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("emergency", ""), ("emergency_by", None)),
                                    models.Q(
                                        models.Q(("emergency", ""), _negated=True), ("emergency_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="purchase_emergency_has_a_lead",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("closed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="purchase_closed_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Item",
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
                            "purchase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="purchases.purchase",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="budgets.line"
                            ),
                        ),
                        ("amount", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "purchase", "line"), name="purchase_item_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="purchase_item_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Condition",
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
                            "purchase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conditions",
                                to="purchases.purchase",
                            ),
                        ),
                        ("seat", models.CharField(max_length=16)),
                        ("text", models.CharField(max_length=400, verbose_name="what must be done?")),
                        ("due_on", models.DateField(verbose_name="until")),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True)),
                        ("waived", models.BooleanField(default=False)),
                        ("note", models.CharField(blank=True, max_length=400)),
                    ],
                    options={
                        "ordering": ["due_on", "pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("settled_at", None)),
                                fields=["workspace", "due_on"],
                                name="purchase_condition_open",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("settled_at", None), ("settled_by", None), ("waived", False)),
                                    models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="purchase_condition_settled",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Quote",
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
                            "purchase",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quotes",
                                to="purchases.purchase",
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
                        ("removed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "purchase", "file"), name="purchase_quote_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
