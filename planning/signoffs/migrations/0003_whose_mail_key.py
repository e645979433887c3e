"""The one question that a link in a mail asks before a workspace is known."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION signoffs_mail_key(hash text) RETURNS bigint STABLE
SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE sql AS $$
    SELECT k.workspace_id
      FROM signoffs_mailkey k JOIN people_member m ON m.id = k.member_id JOIN people_user u ON u.id = m.user_id
     WHERE k.secret_hash = hash AND m.left_at IS NULL AND u.is_active
$$;
"""


class Migration(migrations.Migration):
    replaces = [("signoffs", "0004_mail_key_owner")]
    dependencies = [("signoffs", "0002_stays_as_signed")]
    operations = [migrations.RunSQL(FORWARDS, "DROP FUNCTION signoffs_mail_key(text)")]
