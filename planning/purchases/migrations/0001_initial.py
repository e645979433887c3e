import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
import planning.shared.money


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("budgets", "0002_books"),
        ("calendar", "0001_initial"),
        ("people", "0004_one_side"),
        ("signoffs", "0002_fingerprint"),
        ("vendors", "0002_likeness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Purchase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="what do you need?")),
                ("reason", models.TextField(blank=True, verbose_name="what is it for?")),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                (
                    "amount",
                    planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True, verbose_name="amount"),
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
                ("term_months", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="term in months")),
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
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("value", planning.shared.money.MoneyField(decimal_places=3, editable=False, max_digits=20, null=True)),
                ("rate", models.DecimalField(decimal_places=8, editable=False, max_digits=18, null=True)),
                ("rate_on", models.DateField(editable=False, null=True)),
                ("claim", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("approved", models.JSONField(editable=False, null=True)),
                ("change_claim", models.UUIDField(editable=False, null=True)),
                (
                    "more_claims",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), default=list, editable=False, size=None
                    ),
                ),
                ("order_number", models.CharField(blank=True, max_length=60, verbose_name="order number")),
                ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                ("submitted_at", models.DateTimeField(editable=False, null=True)),
                ("expires_on", models.DateField(editable=False, null=True)),
                ("approved_at", models.DateTimeField(editable=False, null=True)),
                ("ordered_at", models.DateTimeField(editable=False, null=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
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
                "indexes": [
                    models.Index(fields=["workspace", "state"], name="purchase_state"),
                    models.Index(fields=["workspace", "vendor", "approved_at"], name="purchase_vendor_approved"),
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
                                ("state__in", ["approved", "ordered", "received", "invoiced", "closed"]), _negated=True
                            ),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="purchase_approved_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", False), _connector="OR"
                        ),
                        name="purchase_closed_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    "purchase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="purchases.purchase"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "purchase", "line"), name="purchase_item_once"),
                    models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="purchase_item_positive"),
                ],
            },
        ),
    ]
