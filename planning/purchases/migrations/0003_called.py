"""Which purchases are called something like this, by title, order number or a name of the vendor? As vendors.0004_called:
a definer function that gives ids alone; what is restricted is kept back where they are looked up."""

from django.db import migrations

CALLED = """
CREATE INDEX purchases_purchase_title_like ON purchases_purchase
    USING gin (workspace_id, title gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX purchases_purchase_order_like ON purchases_purchase
    USING gin (workspace_id, order_number gin_trgm_ops) WITH (fastupdate = off);
CREATE FUNCTION purchases_holding(here bigint, one text, other text) RETURNS SETOF bigint STABLE LANGUAGE sql AS $$
    SELECT p.id FROM purchases_purchase p WHERE p.workspace_id = here AND (p.title ILIKE one OR p.title ILIKE other)
     UNION ALL
    SELECT p.id FROM purchases_purchase p
     WHERE p.workspace_id = here AND (p.order_number ILIKE one OR p.order_number ILIKE other)
     UNION ALL
    SELECT p.id FROM vendors_holding(here, one, other) AS v JOIN purchases_purchase p ON p.vendor_id = v
     WHERE p.workspace_id = here
$$;
CREATE FUNCTION purchases_called(within text[], begins text[]) RETURNS SETOF bigint STABLE
SECURITY DEFINER SET search_path = pg_catalog, public SET random_page_cost = 1.1 LANGUAGE plpgsql AS $$
DECLARE
    here bigint := current_setting('app.workspace')::bigint;
    rarest bigint[];
    found bigint[];
    place integer := 1;
BEGIN
    FOR at IN 1 .. cardinality(within) LOOP
        EXIT WHEN cardinality(within) = 1;
        found := ARRAY(SELECT * FROM purchases_holding(here, within[at], begins[at]) LIMIT 500);
        IF rarest IS NULL OR cardinality(found) < cardinality(rarest) THEN
            rarest := found;
            place := at;
        END IF;
    END LOOP;
    IF rarest IS NULL OR cardinality(rarest) = 500 THEN
        rarest := ARRAY(SELECT * FROM purchases_holding(here, within[place], begins[place]));
    END IF;
    IF cardinality(within) = 1 THEN
        RETURN QUERY SELECT unnest(rarest);
        RETURN;
    END IF;
    RETURN QUERY
    SELECT p.id FROM purchases_purchase p LEFT JOIN vendors_vendor v ON v.id = p.vendor_id
     WHERE p.id = ANY (rarest) AND NOT EXISTS (
           SELECT FROM unnest(within, begins) AS word (one, other)
            WHERE NOT (p.title ILIKE one OR p.title ILIKE other OR p.order_number ILIKE one
                       OR p.order_number ILIKE other OR coalesce(v.name ILIKE one OR v.name ILIKE other, false)
                       OR EXISTS (SELECT FROM vendors_alias a
                                   WHERE a.vendor_id = p.vendor_id AND (a.name ILIKE one OR a.name ILIKE other))));
END $$;
"""
GONE = """
DROP FUNCTION purchases_called(text[], text[]);
DROP FUNCTION purchases_holding(bigint, text, text);
DROP INDEX purchases_purchase_order_like, purchases_purchase_title_like;
"""


class Migration(migrations.Migration):
    replaces = [
        ("purchases", "0009_called"),
        ("purchases", "0014_asks_the_index"),
        ("purchases", "0016_searched_at_once"),
    ]
    dependencies = [("purchases", "0002_restricted"), ("vendors", "0004_called")]
    operations = [migrations.RunSQL(CALLED, GONE)]
