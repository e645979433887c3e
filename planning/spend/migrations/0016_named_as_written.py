"""A rule keeps the name it was taught for as the ledger wrote it; earlier ones go by its normal form."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("spend", "0015_rows_by_the_million")]

    operations = [
        migrations.AlterModelOptions(
            name="amnesty",
            options={"verbose_name": "retrospective approval", "verbose_name_plural": "retrospective approvals"},
        ),
        migrations.AddField("rule", "spelled", models.CharField(blank=True, editable=False, max_length=200)),
    ]
