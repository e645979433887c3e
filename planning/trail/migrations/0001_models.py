import django.db.models.deletion
from django.db import migrations, models

from planning.shared.creating import CreateTables


class Migration(migrations.Migration):
    replaces = [("trail", "0001_tables")]

    initial = True

    dependencies = [
        ("people", "0001_models"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Head",
                    fields=[
                        (
                            "workspace",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="people.workspace",
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField()),
                        ("hash", models.CharField(max_length=64)),
                    ],
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
                                editable=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="people.workspace",
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField(editable=False)),
                        ("at", models.DateTimeField()),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.member",
                            ),
                        ),
                        ("verb", models.CharField(max_length=60)),
                        ("subject", models.CharField(max_length=80)),
                        ("label", models.CharField(max_length=300)),
                        ("text", models.TextField()),
                        ("previous", models.CharField(editable=False, max_length=64)),
                        ("hash", models.CharField(editable=False, max_length=64)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["workspace", "subject", "-number"], name="entry_subject")],
                        "constraints": [models.UniqueConstraint(fields=("workspace", "number"), name="entry_number")],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE, related_name="note", to="trail.entry"
                            ),
                        ),
                        ("text", models.TextField()),
                        ("salt", models.CharField(max_length=32)),
                    ],
                ),
            ],
        ),
    ]
