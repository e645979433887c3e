"""What is hidden is asked for when a page reads, not as well when Postgres plans how to read: to guess how many there
are it called the function, and took longer to plan than to answer. It does not look into a question of its own."""

from importlib import import_module

from django.db import migrations

TABLES = import_module("planning.purchases.migrations.0010_hidden_at_once").TABLES
VENDORS = "ALTER POLICY restricted ON vendors_vendor USING (NOT kept_back OR id NOT IN (SELECT unnest({})));"


def policies(asked: str) -> str:
    return "".join(
        f"ALTER POLICY restricted ON {table} USING ({column} NOT IN (SELECT unnest({asked.format(hidden)})));"
        for table, (column, hidden) in TABLES.items()
    ) + VENDORS.format(asked.format("purchases_hidden_vendors"))


class Migration(migrations.Migration):
    dependencies = [("purchases", "0011_kept_back")]
    operations = [migrations.RunSQL(policies("(SELECT {}())"), policies("{}()"))]
