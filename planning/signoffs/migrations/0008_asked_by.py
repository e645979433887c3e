"""Whom somebody waits for, the longest wait first, without reading what everybody else asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("signoffs", "0007_every_task_counts")]
    operations = [
        migrations.AddIndex(
            model_name="paper",
            index=models.Index(
                condition=models.Q(("state", "open")),
                fields=["workspace", "author", "opened_at"],
                name="paper_asked_by",
            ),
        ),
    ]
