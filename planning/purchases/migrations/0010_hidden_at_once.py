"""What is hidden from a reader is found for all restricted purchases at once, and looked up in a hash: asking about each
of a hundred for every list, and comparing every row with each, took most of the time of a page."""

from django.db import migrations

HIDDEN = """
CREATE OR REPLACE FUNCTION purchases_hidden() RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE
    here bigint;
    reader bigint;
    restricted_ones bigint[];
BEGIN
    IF people_sees_all() THEN RETURN ARRAY[]::bigint[]; END IF;
    here := current_setting('app.workspace')::bigint;
    reader := people_reader();
    restricted_ones := ARRAY(SELECT p.id FROM purchases_purchase p WHERE p.workspace_id = here AND p.restricted);
    IF restricted_ones = ARRAY[]::bigint[] THEN RETURN restricted_ones; END IF;
    IF EXISTS (SELECT FROM people_member m WHERE m.id = reader AND m.workspace_id = here AND m.role = 'auditor'
                  AND m.side <> 'guest' AND m.left_at IS NULL) THEN RETURN ARRAY[]::bigint[]; END IF;
    RETURN ARRAY(
        WITH RECURSIVE today AS (
            SELECT (now() AT TIME ZONE w.timezone)::date AS day FROM people_workspace w WHERE w.id = here
        ), held(member_id, depth) AS (
            SELECT reader, 0
             UNION
            SELECT d.member_id, held.depth + 1
              FROM today, people_deputy d JOIN held ON d.deputy_id = held.member_id
             WHERE d.workspace_id = here AND d.ended_at IS NULL AND d.days @> today.day AND held.depth < 3
        ), keys AS (
            SELECT m.id, CASE WHEN m.role = 'lead' AND m.left_at IS NULL THEN m.side ELSE '' END AS leads
              FROM people_member m WHERE m.id IN (SELECT member_id FROM held)
        ), papers AS (
            SELECT p.id, one AS purchase_id
              FROM unnest(restricted_ones) AS one
              JOIN signoffs_paper p ON p.workspace_id = here AND p.subject = 'purchases.purchase:' || one
        ), readable AS (
            SELECT p.id FROM purchases_purchase p
             WHERE p.id = ANY (restricted_ones) AND (p.requester_id = reader OR p.emergency_by_id = reader)
             UNION ALL
            SELECT papers.purchase_id
              FROM papers JOIN signoffs_seat s ON s.paper_id = papers.id
              JOIN keys ON s.holder_id = keys.id AND s.state <> 'moved' OR s.decided_by_id = reader
                        OR s.holder_id IS NULL AND s.side = keys.leads
             UNION ALL
            SELECT papers.purchase_id
              FROM papers JOIN signoffs_duty s ON s.paper_id = papers.id
              JOIN keys ON s.holder_id = keys.id AND s.state <> 'moved' OR s.said_by_id = reader
                        OR s.holder_id IS NULL AND s.side = keys.leads
        )
        SELECT unnest(restricted_ones) EXCEPT SELECT id FROM readable);
END $$;
"""
ONE_BY_ONE = """
CREATE OR REPLACE FUNCTION purchases_hidden() RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE reader bigint;
BEGIN
    IF people_sees_all() THEN RETURN ARRAY[]::bigint[]; END IF;
    reader := people_reader();
    RETURN (SELECT coalesce(array_agg(p.id), ARRAY[]::bigint[]) FROM purchases_purchase p
             WHERE p.workspace_id = current_setting('app.workspace')::bigint AND p.restricted
               AND NOT coalesce(purchases_may_read(p.id, reader), false));
END $$;
"""
# table: (the column that is looked up, the function that names what is hidden)
TABLES = {
    "purchases_item": ("purchase_id", "purchases_hidden"),
    "purchases_quote": ("purchase_id", "purchases_hidden"),
    "purchases_condition": ("purchase_id", "purchases_hidden"),
    "files_storedfile": ("id", "purchases_hidden_files"),
    "signoffs_paper": ("subject", "purchases_hidden_subjects"),
    "signoffs_seat": ("paper_id", "purchases_hidden_papers"),
    "signoffs_duty": ("paper_id", "purchases_hidden_papers"),
    "trail_entry": ("subject", "purchases_hidden_subjects"),
}
LOOKED_UP = "".join(
    f"ALTER POLICY restricted ON {table} USING ({column} NOT IN (SELECT unnest({hidden}())));"
    for table, (column, hidden) in TABLES.items()
)
COMPARED = "".join(
    f"ALTER POLICY restricted ON {table} USING ({column} <> ALL ((SELECT {hidden}())::"
    f"{'text' if column == 'subject' else 'bigint'}[]));"
    for table, (column, hidden) in TABLES.items()
)


class Migration(migrations.Migration):
    dependencies = [("purchases", "0009_called")]

    operations = [migrations.RunSQL(HIDDEN, ONE_BY_ONE), migrations.RunSQL(LOOKED_UP, COMPARED)]
