"""People cost: groups and rates lie apart, and Postgres shows them to those who may see them, on every road.

A line of people cost costs what its groups cost, is of their side, and its fingerprint covers their seal.
"""

from django.db import migrations

PRIVATE = """
CREATE POLICY own_side_only ON budgets_peopleplan AS RESTRICTIVE FOR SELECT
    USING ((SELECT people_sees_all()) OR side = ANY ((SELECT people_cost_read())::text[]));
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'alignment_web') THEN
        REVOKE UPDATE ON budgets_peopleplan FROM alignment_web;
    END IF;
END $$;

-- The lines of people cost in force: those whose parts the reader sees, or those whose parts they do not see.
CREATE FUNCTION budgets_people_lines(seen boolean) RETURNS bigint[] STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE may text[] := people_cost_read();
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT r.line_id), ARRAY[]::bigint[]) FROM budgets_revision r
             WHERE r.workspace_id = current_setting('app.workspace')::bigint AND r.people_seal <> ''
               AND r.in_force IS NOT NULL AND upper_inf(r.in_force) AND (r.side = ANY (may)) = seen);
END $$;

CREATE FUNCTION budgets_people_add_up() RETURNS trigger SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budgets_peopleplan p
                    WHERE p.workspace_id = NEW.workspace_id AND p.line_id = NEW.line_id AND p.seal = NEW.people_seal
                      AND p.total = NEW.total AND p.side = NEW.side) THEN
        RAISE EXCEPTION 'A line of people cost costs what its people cost.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_people_add_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_add_up BEFORE INSERT OR UPDATE ON budgets_revision FOR EACH ROW
    WHEN (NEW.people_seal <> '' AND NOT NEW.removed) EXECUTE FUNCTION budgets_people_add_up();
"""
NOT_PRIVATE = """
DROP TRIGGER people_add_up ON budgets_revision; DROP FUNCTION budgets_people_add_up();
DROP FUNCTION budgets_people_lines(boolean); DROP POLICY own_side_only ON budgets_peopleplan;
"""


class Migration(migrations.Migration):
    replaces = [("budgets", "0012_people")]
    dependencies = [("budgets", "0003_stays_as_proposed"), ("people", "0004_readers")]
    operations = [migrations.RunSQL(PRIVATE, NOT_PRIVATE)]
