"""What may be asked before a workspace is known. Each function answers one narrow question and runs as the owner."""

from django.db import migrations

HEAD = "SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE"

# Nothing but HEAD, a constant, is put into it.
FUNCTIONS = f"""
CREATE FUNCTION people_enter(person bigint, address text) RETURNS bigint {HEAD} plpgsql AS $$
DECLARE hit record;
BEGIN
    SELECT m.id, m.workspace_id INTO hit
      FROM people_member m JOIN people_workspace w ON w.id = m.workspace_id
     WHERE w.slug = address AND m.user_id = person AND m.left_at IS NULL;
    IF NOT FOUND THEN RETURN NULL; END IF;
    PERFORM set_config('app.workspace', hit.workspace_id::text, true), set_config('app.user', person::text, true);
    RETURN hit.id;
END $$;

-- 0: the token is good, but opens another workspace; NULL: it opens nothing.
CREATE FUNCTION people_enter_by_token(hash text, address text) RETURNS bigint {HEAD} plpgsql AS $$
DECLARE hit record;
BEGIN
    SELECT m.id, m.workspace_id, m.user_id, w.slug INTO hit
      FROM people_apitoken t
      JOIN people_member m ON m.id = t.member_id
      JOIN people_user u ON u.id = m.user_id
      JOIN people_workspace w ON w.id = m.workspace_id
     WHERE t.secret_hash = hash AND t.revoked_at IS NULL AND m.left_at IS NULL AND u.is_active;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF hit.slug <> address THEN RETURN 0; END IF;
    PERFORM set_config('app.workspace', hit.workspace_id::text, true),
            set_config('app.user', hit.user_id::text, true);
    RETURN hit.id;
END $$;

CREATE FUNCTION people_memberships(person bigint)
RETURNS TABLE (slug varchar, name varchar, side varchar, role varchar) STABLE {HEAD} sql AS $$
    SELECT w.slug, w.name, m.side, m.role
      FROM people_member m JOIN people_workspace w ON w.id = m.workspace_id
     WHERE m.user_id = person AND m.left_at IS NULL
     ORDER BY lower(w.name), w.slug
$$;

CREATE FUNCTION people_workspaces() RETURNS TABLE (id bigint, slug varchar) STABLE {HEAD} sql AS $$
    SELECT w.id, w.slug FROM people_workspace w ORDER BY w.id
$$;

CREATE FUNCTION people_invitation(hash text) RETURNS TABLE (id bigint, workspace_id bigint) STABLE {HEAD} sql AS $$
    SELECT i.id, i.workspace_id FROM people_invitation i WHERE i.secret_hash = hash
$$;
"""  # noqa: S608
NAMES = [
    "people_enter(bigint, text)",
    "people_enter_by_token(text, text)",
    "people_memberships(bigint)",
    "people_workspaces()",
    "people_invitation(text)",
]


class Migration(migrations.Migration):
    replaces = [("people", "0002_doors")]
    dependencies = [("people", "0001_models")]
    operations = [migrations.RunSQL(FUNCTIONS, "; ".join(f"DROP FUNCTION {name}" for name in NAMES))]
