import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock
from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("files", "0001_tables")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="StoredFile",
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
                        ("name", models.CharField(max_length=255)),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField()),
                        ("type", models.CharField(max_length=100)),
                        ("key", models.CharField(max_length=255)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField(default=planning.shared.clock.now)),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("workspace", "key"), name="stored_file_key")],
                    },
                )
            ]
        )
    ]
