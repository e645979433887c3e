import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import planning.calendar.models
import planning.shared.money
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("calendar", "0001_tables")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Category",
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
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="calendar.category",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                        (
                            "domain",
                            models.CharField(
                                choices=[("marketing", "marketing"), ("technology", "technology"), ("other", "other")],
                                default="other",
                                max_length=10,
                                verbose_name="kind of spend",
                            ),
                        ),
                        ("retired_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "categories",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "parent", "name"),
                                name="category_once",
                                nulls_distinct=False,
                                violation_error_message="There is a category of that name already.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Period",
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
                        ("year", models.PositiveSmallIntegerField()),
                        ("number", models.PositiveSmallIntegerField()),
                        ("starts_on", models.DateField()),
                        ("ends_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("soft", "soft-closed"), ("closed", "closed")],
                                default="open",
                                max_length=6,
                            ),
                        ),
                        (
                            "booked",
                            planning.shared.money.MoneyField(
                                decimal_places=3, default=0, editable=False, max_digits=20
                            ),
                        ),
                        ("control_total", planning.shared.money.MoneyField(decimal_places=3, max_digits=20, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "year", "number"), name="period_once"),
                            models.UniqueConstraint(fields=("workspace", "starts_on"), name="period_start_once"),
                            models.CheckConstraint(
                                condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="period_half_open"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("number__range", (1, 12))), name="period_twelve"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    ("closed_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="period_closed_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("control_total", models.F("booked")), ("control_total__isnull", False)),
                                    _connector="OR",
                                ),
                                name="period_closed_tied_out",
                                violation_error_message="A month closes with a difference of 0.00 to the ledger.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holiday",
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
                        ("day", models.DateField(verbose_name="day")),
                        ("name", models.CharField(max_length=80, verbose_name="name")),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("workspace", "day"), name="holiday_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Hours",
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
                        ("opens", models.TimeField(default=datetime.time(9, 0), verbose_name="opens")),
                        ("closes", models.TimeField(default=datetime.time(17, 30), verbose_name="closes")),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                default=planning.calendar.models.five_days,
                                size=None,
                                verbose_name="weekdays",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace",), name="hours_once"),
                            models.CheckConstraint(
                                condition=models.Q(("closes__gt", models.F("opens"))), name="hours_open_before_close"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekdays__len__gt", 0)), name="hours_some_weekday"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rate",
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
                        ("currency", models.CharField(max_length=3, verbose_name="currency")),
                        ("day", models.DateField(verbose_name="day")),
                        ("rate", models.DecimalField(decimal_places=8, max_digits=18, verbose_name="rate")),
                        ("source", models.CharField(max_length=80, verbose_name="source")),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "currency", "day"), name="rate_once"),
                            models.CheckConstraint(condition=models.Q(("rate__gt", 0)), name="rate_positive"),
                        ],
                    },
                ),
            ],
        ),
    ]
