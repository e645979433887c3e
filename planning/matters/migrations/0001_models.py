import django.db.models.deletion
from django.db import migrations, models

from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("matters", "0001_tables")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
        ("signoffs", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Matter",
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
                        ("title", models.CharField(max_length=200, verbose_name="what")),
                        ("text", models.TextField(blank=True, verbose_name="what it is about")),
                        ("until", models.DateField(verbose_name="to be decided by")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "under way"),
                                    ("agreed", "decided"),
                                    ("refused", "not to be done"),
                                    ("withdrawn", "taken back"),
                                ],
                                default="open",
                                max_length=9,
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
                        ("started_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["workspace", "state", "until"], name="matter_by_day")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("title", ""), _negated=True), name="matter_has_title"
                            )
                        ],
                    },
                )
            ]
        )
    ]
