"""Payroll rows, and rows on lines of people cost, are seen by few; so are the imports and files that hold payroll.
Invoices of a restricted purchase name its vendor and what it is: they are seen by those who read the purchase."""

from django.db import migrations

PRIVATE = """
-- What the reader's side brought: leads and planners see it; those who see all people cost need not ask.
CREATE FUNCTION spend_own_imports() RETURNS bigint[] STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
DECLARE may text[] := people_cost_read();
BEGIN
    RETURN (SELECT coalesce(array_agg(i.id), ARRAY[]::bigint[])
              FROM spend_import i JOIN people_member m ON m.id = i.started_by_id
             WHERE i.workspace_id = current_setting('app.workspace')::bigint AND i.private AND m.side = ANY (may));
END $$;
CREATE FUNCTION spend_others_files() RETURNS bigint[] STABLE SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
DECLARE own bigint[];
BEGIN
    IF 'finance' = ANY (people_cost_read()) THEN RETURN ARRAY[]::bigint[]; END IF;
    own := spend_own_imports();
    RETURN (SELECT coalesce(array_agg(i.file_id), ARRAY[]::bigint[]) FROM spend_import i
             WHERE i.workspace_id = current_setting('app.workspace')::bigint AND i.private AND i.id <> ALL (own));
END $$;
CREATE POLICY people_cost ON spend_entry AS RESTRICTIVE FOR SELECT USING (
    (SELECT 'finance' = ANY (people_cost_read()))
    OR (line_id IS NULL OR line_id <> ALL ((SELECT budgets_people_lines(false))::bigint[]))
       AND (kind <> 'payroll' OR line_id = ANY ((SELECT budgets_people_lines(true))::bigint[])
            OR line_id IS NULL AND batch_id = ANY ((SELECT spend_own_imports())::bigint[])));
CREATE POLICY people_cost ON spend_import AS RESTRICTIVE FOR SELECT USING (
    NOT private OR (SELECT 'finance' = ANY (people_cost_read())) OR id = ANY ((SELECT spend_own_imports())::bigint[]));
CREATE POLICY payroll ON files_storedfile AS RESTRICTIVE FOR SELECT USING (
    id <> ALL ((SELECT spend_others_files())::bigint[]));
CREATE INDEX spend_import_private ON spend_import (workspace_id) WHERE private;
"""
NOT_PRIVATE = """
DROP INDEX spend_import_private; DROP POLICY payroll ON files_storedfile; DROP POLICY people_cost ON spend_import;
DROP POLICY people_cost ON spend_entry; DROP FUNCTION spend_others_files(); DROP FUNCTION spend_own_imports();
"""
RESTRICTED = """
CREATE POLICY restricted ON spend_entry AS RESTRICTIVE FOR SELECT
    USING (purchase_id IS NULL OR purchase_id <> ALL ((SELECT purchases_hidden())::bigint[]));
"""


class Migration(migrations.Migration):
    replaces = [("spend", "0007_payroll"), ("spend", "0008_restricted")]
    dependencies = [("spend", "0002_whose_drop"), ("budgets", "0004_people_cost"), ("purchases", "0002_restricted")]
    operations = [
        migrations.RunSQL(PRIVATE, NOT_PRIVATE),
        migrations.RunSQL(RESTRICTED, "DROP POLICY restricted ON spend_entry"),
    ]
