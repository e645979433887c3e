import uuid

import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("reviews", "0001_tables"), ("reviews", "0003_item_paper")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
        ("signoffs", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Series",
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
                        ("at", models.TimeField(verbose_name="time")),
                        (
                            "minutes_long",
                            models.PositiveSmallIntegerField(default=60, verbose_name="length in minutes"),
                        ),
                        ("timezone", models.CharField(max_length=64, verbose_name="time zone")),
                        ("where", models.CharField(blank=True, max_length=200, verbose_name="where")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "rhythm",
                            models.CharField(
                                choices=[
                                    ("weekly", "every week"),
                                    ("fortnightly", "every two weeks"),
                                    ("monthly", "every month"),
                                    ("quarterly", "every quarter"),
                                ],
                                max_length=11,
                                verbose_name="rhythm",
                            ),
                        ),
                        ("starts_on", models.DateField(verbose_name="first date")),
                        ("ended_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name_plural": "series",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at", None)),
                                fields=("workspace", "name"),
                                name="series_name",
                                violation_error_message="There is a series of that name already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes_long__range", (5, 600))), name="series_some_length"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Review",
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
                        ("at", models.TimeField(verbose_name="time")),
                        (
                            "minutes_long",
                            models.PositiveSmallIntegerField(default=60, verbose_name="length in minutes"),
                        ),
                        ("timezone", models.CharField(max_length=64, verbose_name="time zone")),
                        ("where", models.CharField(blank=True, max_length=200, verbose_name="where")),
                        (
                            "series",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="reviews.series",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("on", models.DateField(verbose_name="date")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("open", "in the room"),
                                    ("closed", "closed"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=9,
                            ),
                        ),
                        ("uid", models.UUIDField(default=uuid.uuid4, editable=False)),
                        ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                        ("changed_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("stamp", models.PositiveIntegerField(default=1, editable=False)),
                        (
                            "current",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="reviews.agendaitem",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(editable=False, null=True)),
                        ("closed_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "uid"), name="review_uid"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "cancelled"), _negated=True),
                                fields=("workspace", "series", "on"),
                                name="review_once_a_day",
                                violation_error_message="The series meets on that day already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        models.Q(("state", "open"), _negated=True),
                                        ("opened_at__isnull", False),
                                        _connector="OR",
                                    ),
                                    models.Q(("state", "closed"), ("closed_at", None), _connector="XOR"),
                                ),
                                name="review_times",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="items", to="reviews.review"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("kpi", "KPI off track"),
                                    ("reading", "unconfirmed reading"),
                                    ("variance", "variance"),
                                    ("purchase", "purchase waiting"),
                                    ("renewal", "renewal"),
                                    ("roles", "roles"),
                                    ("promise", "promise not kept"),
                                    ("own", "put on by hand"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("source", models.CharField(max_length=160)),
                        ("label", models.CharField(max_length=300, verbose_name="what")),
                        ("url", models.CharField(blank=True, max_length=300)),
                        ("side", models.CharField(blank=True, max_length=10)),
                        ("facts", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("decided", "decided"),
                                    ("disagreed", "disagreement recorded"),
                                    ("carried", "carried over"),
                                    ("dropped", "taken off"),
                                ],
                                default="open",
                                max_length=9,
                            ),
                        ),
                        (
                            "added_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        (
                            "carried_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="reviews.agendaitem",
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
                    ],
                    options={
                        "ordering": ["number", "pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "review", "source"), name="item_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "own"), _negated=True),
                                    ("added_by__isnull", False),
                                    _connector="OR",
                                ),
                                name="item_own_by_somebody",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="reviews.review",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="decisions",
                                to="reviews.agendaitem",
                            ),
                        ),
                        ("agreed", models.BooleanField(default=True)),
                        ("text", models.TextField(verbose_name="what")),
                        ("counter_proposal", models.TextField(blank=True, verbose_name="counter-proposal")),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("due_on", models.DateField(null=True, verbose_name="until")),
                        (
                            "matrix",
                            models.JSONField(
                                help_text="The row that says who decides such items, as it read then.", null=True
                            ),
                        ),
                        (
                            "noted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("noted_at", models.DateTimeField()),
                    ],
                    options={
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("agreed", True), ("due_on__isnull", False), ("owner__isnull", False)),
                                    models.Q(("agreed", False), models.Q(("counter_proposal", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="decision_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Promise",
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="promises",
                                to="reviews.review",
                            ),
                        ),
                        (
                            "decision",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="promise",
                                to="reviews.decision",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="promises", to="people.member"
                            ),
                        ),
                        ("what", models.CharField(max_length=500, verbose_name="what")),
                        ("until", models.DateField(verbose_name="until")),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("kept", "kept"), ("released", "no longer needed")],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("settled_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state", "open"), ("settled_at__isnull", False), _connector="XOR"),
                                name="promise_settled_when",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Minutes",
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
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="minutes", to="reviews.review"
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField()),
                        ("lines", models.JSONField()),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="signoffs.paper"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "waiting for its keys"),
                                    ("signed", "signed by both sides"),
                                    ("standing", "not objected"),
                                    ("objected", "objected"),
                                    ("reopened", "reopened"),
                                ],
                                default="open",
                                max_length=8,
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("stands_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name_plural": "minutes",
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "review", "version"), name="minutes_version"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("workspace", "review"),
                                name="minutes_open_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Feed",
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.member"
                            ),
                        ),
                        ("secret_hash", models.CharField(editable=False, max_length=64)),
                        ("created_at", models.DateTimeField(default=planning.shared.clock.now, editable=False)),
                        ("revoked_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(fields=("workspace", "secret_hash"), name="feed_secret"),
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at", None)),
                                fields=("workspace", "member"),
                                name="feed_one",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
