"""What each row of an import need not pay for: nothing points at a staged row, so no index of pairs with its workspace;
and numbers are taken a thousand at a time (those that a connection does not use are left out)."""

from django.db import migrations

ALONE = "ALTER TABLE spend_staged DROP CONSTRAINT IF EXISTS spend_staged_in_workspace"
NUMBERS = "ALTER TABLE spend_staged ALTER id SET CACHE {0}; ALTER TABLE spend_entry ALTER id SET CACHE {0}"


class Migration(migrations.Migration):
    dependencies = [("spend", "0014_typed")]

    operations = [
        migrations.RunSQL(ALONE, migrations.RunSQL.noop),
        migrations.RunSQL(NUMBERS.format(1000), NUMBERS.format(1)),
    ]
