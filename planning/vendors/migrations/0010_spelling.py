from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("vendors", "0009_searched_at_once")]
    operations = [
        migrations.AlterModelOptions(
            name="alias",
            options={
                "abstract": False,
                "ordering": ["pk"],
                "verbose_name": "spelling",
                "verbose_name_plural": "spellings",
            },
        )
    ]
