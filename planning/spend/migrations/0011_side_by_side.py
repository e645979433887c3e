"""A million rows are added up by several processes, in memory.

What the policies on rows ask may be asked in any of them, else there is but one reader; and Postgres is told how few
different rows there are to those who add up, else it sorts them on disk.
"""

from django.db import migrations

ASKED = (
    "people_sees_all()",
    "people_reader()",
    "people_cost_read()",
    "budgets_people_lines(boolean)",
    "purchases_may_read(bigint, bigint)",
    "purchases_hidden()",
    "spend_own_imports()",
)
ALIKE = """
CREATE STATISTICS spend_entry_alike (ndistinct)
    ON vendor_id, vendor_key, category_text, line_id, department, month FROM spend_entry;
"""
SAFE = "".join(f"ALTER FUNCTION {name} PARALLEL SAFE;" for name in ASKED)


class Migration(migrations.Migration):
    dependencies = [
        ("spend", "0010_fewer_indexes"),
        ("people", "0005_who_reads"),
        ("budgets", "0012_people"),
        ("purchases", "0008_restricted"),
    ]
    operations = [
        migrations.RunSQL(SAFE, SAFE.replace("SAFE", "UNSAFE")),
        migrations.RunSQL(ALIKE, "DROP STATISTICS spend_entry_alike"),
    ]
