"""Which names look alike? Trigrams cannot use their index under a policy, so one definer function asks for its own
workspace and nothing else."""

from django.db import migrations

MAKE = """
CREATE INDEX vendors_vendor_key_like ON vendors_vendor USING gin (key gin_trgm_ops);
CREATE INDEX vendors_alias_key_like ON vendors_alias USING gin (key gin_trgm_ops);

CREATE FUNCTION vendors_alike(said text, most integer)
RETURNS TABLE (vendor_id bigint, likeness real) STABLE
SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE sql AS $$
    SELECT found.id, max(found.likeness)
      FROM (SELECT v.id, similarity(v.key, said) AS likeness
              FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND v.key % said
             UNION ALL
            SELECT a.vendor_id, similarity(a.key, said)
              FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND a.key % said) found
     GROUP BY found.id
     ORDER BY 2 DESC, 1
     LIMIT most
$$;
"""

UNMAKE = """
DROP FUNCTION vendors_alike(text, integer);
DROP INDEX vendors_alias_key_like, vendors_vendor_key_like;
"""


class Migration(migrations.Migration):
    dependencies = [("vendors", "0001_tables")]

    operations = [migrations.RunSQL(MAKE, UNMAKE)]
