"""Rows that come by the million and all point at one import ask less of Postgres: no foreign key for each of them."""

import django.db.models.deletion
from django.db import migrations, models

# Made by the hook after migrations; it makes none for these fields any more. Going back, it makes them again.
DROP = """
ALTER TABLE spend_staged DROP CONSTRAINT IF EXISTS spend_staged_batch_id_same_workspace;
ALTER TABLE spend_entry DROP CONSTRAINT IF EXISTS spend_entry_source_id_same_workspace;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0004_one_side"),
        ("spend", "0005_drops_and_dismissals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="spend.source",
            ),
        ),
        migrations.AlterField(
            model_name="staged",
            name="batch",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="staged",
                to="spend.import",
            ),
        ),
        migrations.AlterField(
            model_name="staged",
            name="workspace",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="people.workspace",
            ),
        ),
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
    ]
