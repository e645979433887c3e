import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
import planning.shared.money


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("calendar", "0001_initial"),
        ("people", "0004_one_side"),
        ("signoffs", "0002_fingerprint"),
    ]

    operations = [
        migrations.CreateModel(
            name="Vendor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("added_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
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
                    models.UniqueConstraint(
                        fields=("workspace", "key"),
                        name="vendor_key_once",
                        violation_error_message="There is a vendor of that name already.",
                    ),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="vendor_has_key"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecurityReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("note", models.TextField(blank=True, verbose_name="what was found")),
                (
                    "by",
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
                    "vendor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="vendors.vendor"
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_until", "-pk"],
                "abstract": False,
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("starts_on", models.DateField(verbose_name="starts on")),
                ("term_months", models.PositiveSmallIntegerField(verbose_name="term in months")),
                (
                    "renewal",
                    models.CharField(
                        choices=[("tacit", "renews by itself"), ("express", "ends unless renewed")],
                        default="tacit",
                        max_length=7,
                        verbose_name="renewal",
                    ),
                ),
                ("renewal_months", models.PositiveSmallIntegerField(default=12, verbose_name="renewal term in months")),
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
                    planning.shared.money.MoneyField(decimal_places=3, max_digits=20, verbose_name="value of a term"),
                ),
                ("currency", models.CharField(max_length=3, verbose_name="currency")),
                ("seats_bought", models.PositiveIntegerField(blank=True, null=True, verbose_name="user seats bought")),
                ("seats_used", models.PositiveIntegerField(blank=True, null=True, verbose_name="user seats used")),
                ("ends_on", models.DateField(editable=False)),
                ("notice_by", models.DateField(editable=False)),
                ("renewals", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("silent_renewals", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("stopped_on", models.DateField(blank=True, editable=False, null=True)),
                ("kept_until", models.DateField(blank=True, editable=False, null=True)),
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
                ("added_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="contracts", to="vendors.vendor"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "indexes": [models.Index(fields=["workspace", "notice_by"], name="contract_notice_by")],
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
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("key", models.CharField(editable=False, max_length=200)),
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
            ],
            options={
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("workspace", "key"), name="vendor_alias_once"),
                    models.CheckConstraint(condition=models.Q(("key", ""), _negated=True), name="vendor_alias_has_key"),
                ],
            },
        ),
    ]
