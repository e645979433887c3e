"""What a million rows need: what a trigger or a key would do for each is done for a statement, and adding up is planned.

Rows are led on from a merged vendor a statement at a time: a look at the vendor for each of a million rows took a
quarter of writing them. What `vendors_follow` does for one row this does for all of them, under the same lock; the
tenancy hook finds a trigger of that name and makes none.

Whether an entry's import is there is asked in the same way: asking for each row, as a foreign key does, took a sixth of
an import. The other half of the key stays too: an import with entries is not deleted, and an entry stays with its import.

Numbers are taken a thousand at a time (those that a connection does not use are left out). And Postgres is told how few
different rows there are to those who add up, else it sorts them on disk.
"""

from django.db import migrations

FOLLOW = """
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
CREATE TRIGGER follow_vendor AFTER INSERT ON spend_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION spend_follow_vendors();
"""
NO_FOLLOW = "DROP FUNCTION spend_follow_vendors() CASCADE"

IMPORT = """
CREATE FUNCTION spend_import_is_there() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE named record;
BEGIN
    FOR named IN SELECT DISTINCT workspace_id, batch_id FROM added LOOP
        PERFORM FROM spend_import i WHERE i.workspace_id = named.workspace_id AND i.id = named.batch_id FOR KEY SHARE;
        IF NOT FOUND THEN
            RAISE foreign_key_violation USING MESSAGE = format('There is no import %s here.', named.batch_id);
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER import_is_there AFTER INSERT ON spend_entry REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION spend_import_is_there();
CREATE FUNCTION spend_import_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_TABLE_NAME = 'spend_entry' THEN
        RAISE foreign_key_violation USING MESSAGE = 'An entry stays with its import.';
    ELSIF EXISTS (SELECT FROM spend_entry e WHERE e.workspace_id = OLD.workspace_id AND e.batch_id = OLD.id) THEN
        RAISE foreign_key_violation USING MESSAGE = format('Import %s has entries.', OLD.id);
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER import_stays BEFORE UPDATE OF workspace_id, batch_id ON spend_entry FOR EACH ROW
    WHEN ((NEW.workspace_id, NEW.batch_id) IS DISTINCT FROM (OLD.workspace_id, OLD.batch_id))
    EXECUTE FUNCTION spend_import_stays();
CREATE TRIGGER entries_stay BEFORE DELETE ON spend_import FOR EACH ROW EXECUTE FUNCTION spend_import_stays();
"""
NO_IMPORT = "DROP FUNCTION spend_import_stays() CASCADE; DROP FUNCTION spend_import_is_there() CASCADE"

NUMBERS = "ALTER TABLE spend_staged ALTER id SET CACHE {0}; ALTER TABLE spend_entry ALTER id SET CACHE {0}"
ALIKE = """
CREATE STATISTICS spend_entry_alike (ndistinct)
    ON vendor_id, vendor_key, category_text, line_id, department, month FROM spend_entry;
"""


class Migration(migrations.Migration):
    replaces = [
        ("spend", "0006_fewer_keys_for_rows"),
        ("spend", "0011_side_by_side"),
        ("spend", "0012_vendors_at_once"),
        ("spend", "0013_import_is_there"),
        ("spend", "0015_rows_by_the_million"),
    ]
    dependencies = [("spend", "0003_who_reads"), ("vendors", "0003_merged")]
    operations = [
        migrations.RunSQL(FOLLOW, NO_FOLLOW),
        migrations.RunSQL(IMPORT, NO_IMPORT),
        migrations.RunSQL(NUMBERS.format(1000), NUMBERS.format(1)),
        migrations.RunSQL(ALIKE, "DROP STATISTICS spend_entry_alike"),
    ]
