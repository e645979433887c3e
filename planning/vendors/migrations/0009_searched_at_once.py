"""A name is put into its search index at once. Put by, as Postgres does unasked until it cleans up, thousands of new
names are gone through by each search: after an import it took four times as long."""

from django.db import migrations

INDEXES = ("vendors_vendor_name_like", "vendors_alias_name_like", "vendors_vendor_key_like", "vendors_alias_key_like")


def at_once(index: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"ALTER INDEX {index} SET (fastupdate = off); SELECT gin_clean_pending_list('{index}')",
        f"ALTER INDEX {index} RESET (fastupdate)",
    )


class Migration(migrations.Migration):
    dependencies = [("vendors", "0008_kept_back")]
    operations = [at_once(index) for index in INDEXES]
