"""Which vendors are called something like this? The register is searched by a part of a name, of its own or another
spelling: a definer function, because trigrams cannot use their index under a policy. It gives ids alone."""

from django.db import migrations

CALLED = """
CREATE INDEX vendors_vendor_name_like ON vendors_vendor USING gin (workspace_id, name gin_trgm_ops);
CREATE INDEX vendors_alias_name_like ON vendors_alias USING gin (workspace_id, name gin_trgm_ops);
CREATE FUNCTION vendors_called(pattern text) RETURNS SETOF bigint STABLE
SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE sql AS $$
    SELECT v.id FROM vendors_vendor v
     WHERE v.workspace_id = current_setting('app.workspace')::bigint AND v.name ILIKE pattern
     UNION
    SELECT a.vendor_id FROM vendors_alias a
     WHERE a.workspace_id = current_setting('app.workspace')::bigint AND a.name ILIKE pattern
$$;
"""
GONE = """
DROP FUNCTION vendors_called(text);
DROP INDEX vendors_alias_name_like, vendors_vendor_name_like;
"""


class Migration(migrations.Migration):
    dependencies = [("vendors", "0005_register_by_worker")]

    operations = [migrations.RunSQL(CALLED, GONE)]
