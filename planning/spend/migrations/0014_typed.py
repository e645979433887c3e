"""An import without a file is one invoice that a person typed; it gives way to the ledger's own row of it."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_tables"),
        ("people", "0005_who_reads"),
        ("spend", "0013_import_is_there"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="replaced_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced",
                to="spend.import",
            ),
        ),
        migrations.AlterField(
            model_name="import",
            name="file",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(
                condition=models.Q(("replaced_by__isnull", False)),
                fields=["workspace", "replaced_by"],
                name="spend_import_replaced",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(("file__isnull", False), ("state__in", ["done", "undone"]), _connector="OR"),
                name="spend_import_typed_is_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaced_by", None), models.Q(("file", None), ("state", "undone")), _connector="OR"
                ),
                name="spend_import_replaced_when",
            ),
        ),
    ]
