"""Not everybody of a workspace reads everything: who is asking, as Postgres knows it, for the rooms that keep something back.

`app.user` is whoever came through the door. It is empty for the clock and for operators, and `app.whole` is on while an
action runs: both see the whole, because books that leave something out are wrong.

They are PARALLEL SAFE, here and in other rooms: what the policies on rows ask may be asked in any of several processes
that add up a million of them, else there is but one reader.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION people_sees_all() RETURNS boolean STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT coalesce(nullif(current_setting('app.user', true), ''), '') = ''
        OR coalesce(current_setting('app.whole', true), '') = 'on'
        OR coalesce(current_setting('app.sum', true), '') = 'on'
$$;

-- The member who asks; NULL when the whole may be seen.
CREATE FUNCTION people_reader() RETURNS bigint STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
BEGIN
    IF people_sees_all() THEN RETURN NULL; END IF;
    RETURN (SELECT m.id FROM people_member m
             WHERE m.workspace_id = current_setting('app.workspace')::bigint
               AND m.user_id = current_setting('app.user')::bigint AND m.left_at IS NULL);
END $$;

-- The sides whose people cost the reader sees in parts: their own for leads and planners, all for finance and auditors.
CREATE FUNCTION people_cost_read() RETURNS text[] STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
DECLARE who record;
BEGIN
    IF people_sees_all() THEN RETURN ARRAY['marketing', 'technology', 'finance']; END IF;
    SELECT m.side, m.role INTO who FROM people_member m WHERE m.id = people_reader() AND m.side <> 'guest';
    IF who.role = 'auditor' OR who.side = 'finance' THEN RETURN ARRAY['marketing', 'technology', 'finance']; END IF;
    IF who.role IN ('lead', 'planner') AND who.side IN ('marketing', 'technology') THEN
        RETURN ARRAY[who.side::text];
    END IF;
    RETURN ARRAY[]::text[];
END $$;
"""
BACKWARDS = "DROP FUNCTION people_cost_read(); DROP FUNCTION people_reader(); DROP FUNCTION people_sees_all();"


class Migration(migrations.Migration):
    replaces = [("people", "0005_who_reads")]
    dependencies = [("people", "0003_same_side")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
