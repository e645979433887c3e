"""The one question that a calendar program asks before a workspace is known."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION reviews_feed_owner(hash text) RETURNS TABLE (workspace_id bigint, member_id bigint) STABLE
SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE sql AS $$
    SELECT f.workspace_id, f.member_id
      FROM reviews_feed f JOIN people_member m ON m.id = f.member_id JOIN people_user u ON u.id = m.user_id
     WHERE f.secret_hash = hash AND f.revoked_at IS NULL AND m.left_at IS NULL AND u.is_active
$$;
"""


class Migration(migrations.Migration):
    replaces = [("reviews", "0002_feed_owner")]
    dependencies = [("reviews", "0001_models")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION reviews_feed_owner(text)")]
