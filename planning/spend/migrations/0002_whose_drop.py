"""The one question that a sender asks before a workspace is known: which address is this?"""

from django.db import migrations

# 0: the secret is good, but opens a drop of another workspace; NULL: it opens nothing.
ENTER = """
CREATE FUNCTION spend_enter_by_drop(hash text, address text) RETURNS bigint
SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE hit record;
BEGIN
    SELECT d.id, d.workspace_id, m.user_id, w.slug INTO hit
      FROM spend_drop d
      JOIN people_member m ON m.id = d.opened_by_id
      JOIN people_user u ON u.id = m.user_id
      JOIN people_workspace w ON w.id = d.workspace_id
     WHERE d.secret_hash = hash AND d.revoked_at IS NULL AND m.left_at IS NULL AND u.is_active;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF hit.slug <> address THEN RETURN 0; END IF;
    PERFORM set_config('app.workspace', hit.workspace_id::text, true),
            set_config('app.user', hit.user_id::text, true);
    RETURN hit.id;
END $$;
"""


class Migration(migrations.Migration):
    replaces = [("spend", "0005_drops_and_dismissals")]
    dependencies = [("spend", "0001_models")]
    operations = [migrations.RunSQL(ENTER, "DROP FUNCTION spend_enter_by_drop(text, text)")]
