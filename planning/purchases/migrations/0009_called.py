"""Which purchases are called something like this, by title, order number or vendor? As vendors.0007: a definer function
that gives ids alone; what is restricted is kept back where they are looked up."""

from django.db import migrations

CALLED = """
CREATE INDEX purchases_purchase_title_like ON purchases_purchase USING gin (workspace_id, title gin_trgm_ops);
CREATE INDEX purchases_purchase_order_like ON purchases_purchase USING gin (workspace_id, order_number gin_trgm_ops)
 WHERE order_number <> '';
CREATE FUNCTION purchases_called(pattern text) RETURNS SETOF bigint STABLE
SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE sql AS $$
    SELECT p.id FROM purchases_purchase p
     WHERE p.workspace_id = current_setting('app.workspace')::bigint AND p.title ILIKE pattern
     UNION
    SELECT p.id FROM purchases_purchase p
     WHERE p.workspace_id = current_setting('app.workspace')::bigint AND p.order_number ILIKE pattern
       AND p.order_number <> ''
     UNION
    SELECT p.id FROM vendors_called(pattern) AS v JOIN purchases_purchase p ON p.vendor_id = v
     WHERE p.workspace_id = current_setting('app.workspace')::bigint
$$;
"""
GONE = """
DROP FUNCTION purchases_called(text);
DROP INDEX purchases_purchase_order_like, purchases_purchase_title_like;
"""


class Migration(migrations.Migration):
    dependencies = [("purchases", "0008_restricted"), ("vendors", "0007_called")]

    operations = [migrations.RunSQL(CALLED, GONE)]
