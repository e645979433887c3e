"""What a restricted request had beside its words: quotes that were removed, and the name of a vendor it brought."""

from django.db import migrations, models

HIDDEN = """
-- Vendors that are kept back and that no purchase names which the reader may read.
CREATE FUNCTION purchases_hidden_vendors() RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE
    here bigint;
    closed bigint[];
    hidden bigint[];
BEGIN
    IF people_sees_all() THEN RETURN ARRAY[]::bigint[]; END IF;
    here := current_setting('app.workspace')::bigint;
    closed := ARRAY(SELECT v.id FROM vendors_vendor v WHERE v.workspace_id = here AND v.kept_back);
    IF closed = ARRAY[]::bigint[] THEN RETURN closed; END IF;
    hidden := purchases_hidden();
    RETURN ARRAY(SELECT one FROM unnest(closed) AS one WHERE NOT EXISTS (
        SELECT FROM purchases_purchase p
         WHERE p.workspace_id = here AND p.vendor_id = one AND p.id <> ALL (hidden)));
END $$;
CREATE POLICY restricted ON vendors_vendor AS RESTRICTIVE FOR SELECT
    USING (NOT kept_back OR id NOT IN (SELECT unnest(purchases_hidden_vendors())));
"""
SHOWN = "DROP POLICY restricted ON vendors_vendor; DROP FUNCTION purchases_hidden_vendors();"


class Migration(migrations.Migration):
    dependencies = [("purchases", "0010_hidden_at_once"), ("vendors", "0008_kept_back")]

    operations = [
        migrations.AddField(
            model_name="quote",
            name="removed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(HIDDEN, SHOWN),
    ]
