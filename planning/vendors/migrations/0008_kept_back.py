"""A vendor that a restricted request brought is kept back with it. Whoever else names it opens it: the trigger that leads
what is written with a merged vendor on to the one that was kept looks at the same row anyway."""

from django.db import migrations, models

FOLLOW = """
CREATE OR REPLACE FUNCTION vendors_follow() RETURNS trigger LANGUAGE plpgsql AS $$
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
AS_BEFORE = """
CREATE OR REPLACE FUNCTION vendors_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    further bigint;
BEGIN
    SELECT v.merged_into_id INTO further FROM vendors_vendor v WHERE v.id = NEW.vendor_id FOR KEY SHARE;
    IF further IS NOT NULL THEN
        NEW.vendor_id := further;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("vendors", "0007_called")]

    operations = [
        migrations.AddField(
            model_name="vendor",
            name="kept_back",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name="vendor",
            index=models.Index(condition=models.Q(("kept_back", True)), fields=["workspace"], name="vendor_kept_back"),
        ),
        migrations.RunSQL(FOLLOW, AS_BEFORE),
    ]
