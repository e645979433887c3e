"""Rows are led on from a merged vendor a statement at a time: a look at the vendor for each of a million rows took a
quarter of writing them. What `vendors_follow` does for one row this does for all of them, under the same lock."""

from django.db import migrations

AT_ONCE = """
CREATE FUNCTION spend_follow_vendors() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    named bigint[] := ARRAY(SELECT DISTINCT vendor_id FROM added WHERE vendor_id IS NOT NULL ORDER BY vendor_id);
    moved bigint[];
    closed bigint[];
BEGIN
    SELECT array_agg(v.id) FILTER (WHERE v.merged_into_id IS NOT NULL), array_agg(v.id) FILTER (WHERE v.kept_back)
      INTO moved, closed
      FROM (SELECT id, merged_into_id, kept_back FROM vendors_vendor WHERE id = ANY (named) ORDER BY id FOR KEY SHARE) v;
    IF moved IS NOT NULL THEN
        UPDATE spend_entry e SET vendor_id = v.merged_into_id
          FROM added JOIN vendors_vendor v ON v.id = added.vendor_id
         WHERE e.id = added.id AND v.id = ANY (moved);
    END IF;
    IF closed IS NOT NULL THEN
        UPDATE vendors_vendor SET kept_back = false WHERE id = ANY (closed);
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS follow_vendor ON spend_entry;
CREATE TRIGGER follow_vendor AFTER INSERT ON spend_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION spend_follow_vendors();
"""
ONE_BY_ONE = """
DROP TRIGGER follow_vendor ON spend_entry;
DROP FUNCTION spend_follow_vendors();
CREATE TRIGGER follow_vendor BEFORE INSERT ON spend_entry FOR EACH ROW WHEN (NEW.vendor_id IS NOT NULL)
    EXECUTE FUNCTION vendors_follow();
"""


class Migration(migrations.Migration):
    dependencies = [("spend", "0011_side_by_side"), ("vendors", "0008_kept_back")]
    operations = [migrations.RunSQL(AT_ONCE, ONE_BY_ONE)]
