"""Invoices of a restricted purchase name its vendor and what it is: they are seen by those who read the purchase."""

from django.db import migrations

FORWARDS = """
CREATE POLICY restricted ON spend_entry AS RESTRICTIVE FOR SELECT
    USING (purchase_id IS NULL OR purchase_id <> ALL ((SELECT purchases_hidden())::bigint[]));
"""


class Migration(migrations.Migration):
    dependencies = [("spend", "0007_payroll"), ("purchases", "0008_restricted")]
    operations = [migrations.RunSQL(FORWARDS, "DROP POLICY restricted ON spend_entry;")]
