"""Which vendors are called something like this? The register is searched by words of a name, of its own or another
spelling: a definer function, because trigrams cannot use their index under a policy. It gives ids alone.

Of several words the rarest finds, and the others are looked for in what it found. Each word comes as two patterns, one
of which must fit. Indexes and costs as in 0002_alike.
"""

from django.db import migrations

CALLED = """
CREATE INDEX vendors_vendor_name_like ON vendors_vendor
    USING gin (workspace_id, name gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX vendors_alias_name_like ON vendors_alias
    USING gin (workspace_id, name gin_trgm_ops) WITH (fastupdate = off);
CREATE FUNCTION vendors_holding(here bigint, one text, other text) RETURNS SETOF bigint STABLE LANGUAGE sql AS $$
    SELECT v.id FROM vendors_vendor v WHERE v.workspace_id = here AND (v.name ILIKE one OR v.name ILIKE other)
     UNION ALL
    SELECT a.vendor_id FROM vendors_alias a WHERE a.workspace_id = here AND (a.name ILIKE one OR a.name ILIKE other)
$$;
CREATE FUNCTION vendors_called(within text[], begins text[]) RETURNS SETOF bigint STABLE
SECURITY DEFINER SET search_path = pg_catalog, public SET random_page_cost = 1.1 LANGUAGE plpgsql AS $$
DECLARE
    here bigint := current_setting('app.workspace')::bigint;
    rarest bigint[];
    found bigint[];
    place integer := 1;
BEGIN
    FOR at IN 1 .. cardinality(within) LOOP
        EXIT WHEN cardinality(within) = 1;
        found := ARRAY(SELECT * FROM vendors_holding(here, within[at], begins[at]) LIMIT 500);
        IF rarest IS NULL OR cardinality(found) < cardinality(rarest) THEN
            rarest := found;
            place := at;
        END IF;
    END LOOP;
    IF rarest IS NULL OR cardinality(rarest) = 500 THEN
        rarest := ARRAY(SELECT * FROM vendors_holding(here, within[place], begins[place]));
    END IF;
    IF cardinality(within) = 1 THEN
        RETURN QUERY SELECT unnest(rarest);
        RETURN;
    END IF;
    RETURN QUERY
    SELECT v.id FROM vendors_vendor v
     WHERE v.id = ANY (rarest) AND NOT EXISTS (
           SELECT FROM unnest(within, begins) AS word (one, other)
            WHERE NOT (v.name ILIKE one OR v.name ILIKE other OR EXISTS (
                  SELECT FROM vendors_alias a
                   WHERE a.vendor_id = v.id AND (a.name ILIKE one OR a.name ILIKE other))));
END $$;
"""
GONE = """
DROP FUNCTION vendors_called(text[], text[]);
DROP FUNCTION vendors_holding(bigint, text, text);
DROP INDEX vendors_alias_name_like, vendors_vendor_name_like;
"""


class Migration(migrations.Migration):
    replaces = [("vendors", "0007_called"), ("vendors", "0009_searched_at_once")]
    dependencies = [("vendors", "0003_merged")]
    operations = [migrations.RunSQL(CALLED, GONE)]
