"""Every index of the entries begins with the workspace: one more on each foreign key alone was written, never read."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0012_people"),
        ("people", "0005_who_reads"),
        ("purchases", "0008_restricted"),
        ("spend", "0009_opening"),
        ("vendors", "0005_register_by_worker"),
    ]

    operations = [
        migrations.AlterField(
            model_name="entry",
            name="batch",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="spend.import"
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="line",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="budgets.line",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="purchase",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="purchases.purchase",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="rule",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="spend.rule",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="source",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="spend.source",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="split_of",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="spend.entry",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="vendor",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="vendors.vendor",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
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
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                condition=models.Q(("rule__isnull", False)), fields=["workspace", "rule"], name="spend_entry_by_rule"
            ),
        ),
    ]
