from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_doors")]
    operations = [
        migrations.AddField("invitation", "mailed_at", models.DateTimeField(editable=False, null=True)),
    ]
