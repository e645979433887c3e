"""Vendors that are one: what was merged, what looks alike, and two functions of Postgres.

`vendors_near` finds names that share letters with those asked, hold them, or are a part of them; trigrams cannot use
their index under a policy, so it asks for its own workspace as the owner. `vendors_follow` leads what is written with a
vendor that was merged on to the one that was kept: it waits for a merge that is under way, so nothing stays behind.
"""

from django.db import migrations

# A function may only be given a setting that the session knows: asking for a similarity loads what knows these.
NEAR = """
SELECT similarity('', '');
CREATE FUNCTION vendors_near(keys text[], parts text[])
RETURNS TABLE (said text, vendor_id bigint, key varchar) STABLE
SECURITY DEFINER SET search_path = pg_catalog, public
SET pg_trgm.similarity_threshold = '0.3' SET pg_trgm.word_similarity_threshold = '0.8' LANGUAGE sql AS $$
    SELECT asked.said, near.id, near.key
      FROM unnest(keys, parts) AS asked (said, parts)
     CROSS JOIN LATERAL (
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND v.key % asked.said
             UNION
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND asked.said <% v.key
             UNION
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint
               AND v.key = ANY (string_to_array(asked.parts, E'\\n'))
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND a.key % asked.said
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND asked.said <% a.key
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint
               AND a.key = ANY (string_to_array(asked.parts, E'\\n'))) AS near
     WHERE near.key <> ''
$$;
"""
FOLLOW = """
CREATE FUNCTION vendors_follow() RETURNS trigger LANGUAGE plpgsql AS $$
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
    dependencies = [("calendar", "0001_tables"), ("people", "0004_one_side"), ("vendors", "0002_likeness")]

    operations = [
        migrations.RunSQL(NEAR, "DROP FUNCTION vendors_near(text[], text[])"),
        migrations.RunSQL(FOLLOW, "DROP FUNCTION vendors_follow() CASCADE"),
    ]
