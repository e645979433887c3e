"""Vendors that are one: `vendors_follow` leads what is written with a vendor that was merged on to the one that was kept.
It waits for a merge that is under way, so nothing stays behind. The tenancy hook hangs it on every table that names one.

A vendor that a restricted request brought is kept back with it. Whoever else names it opens it: this looks at the same
row anyway.
"""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION vendors_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    further bigint;
    closed boolean;
BEGIN
    SELECT v.merged_into_id, v.kept_back INTO further, closed FROM vendors_vendor v WHERE v.id = NEW.vendor_id
       FOR KEY SHARE;
    IF further IS NOT NULL THEN
        NEW.vendor_id := further;
    END IF;
    IF closed AND TG_TABLE_NAME IN ('vendors_contract', 'budgets_revision', 'spend_entry') THEN
        UPDATE vendors_vendor SET kept_back = false WHERE id = NEW.vendor_id;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [("vendors", "0003_merging"), ("vendors", "0008_kept_back")]
    dependencies = [("vendors", "0002_alike")]
    operations = [migrations.RunSQL(FOLLOW, "DROP FUNCTION vendors_follow() CASCADE")]
