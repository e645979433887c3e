"""A restricted purchase: Postgres keeps its words from everybody but its approvers, who asks for it, and auditors."""

from django.db import migrations, models

PRIVATE = """
-- Whether a member may read a purchase that is restricted: who asks, who sits or sat at its papers, their deputies, auditors.
CREATE FUNCTION purchases_may_read(purchase bigint, reader bigint) RETURNS boolean STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE sql AS $$
    WITH RECURSIVE today AS (
        SELECT w.id AS workspace_id, (now() AT TIME ZONE w.timezone)::date AS day FROM people_workspace w
         WHERE w.id = current_setting('app.workspace')::bigint
    ), held(member_id, depth) AS (
        SELECT reader, 0
         UNION
        SELECT d.member_id, held.depth + 1
          FROM today, people_deputy d JOIN held ON d.deputy_id = held.member_id
         WHERE d.workspace_id = today.workspace_id AND d.ended_at IS NULL AND d.days @> today.day AND held.depth < 3
    ), keys AS (
        SELECT m.id, CASE WHEN m.role = 'lead' AND m.left_at IS NULL THEN m.side ELSE '' END AS leads
          FROM people_member m WHERE m.id IN (SELECT member_id FROM held)
    ), papers AS (
        SELECT p.id FROM signoffs_paper p, today
         WHERE p.workspace_id = today.workspace_id AND p.subject = 'purchases.purchase:' || purchase
    )
    SELECT EXISTS (SELECT FROM purchases_purchase p, today
                    WHERE p.id = purchase AND p.workspace_id = today.workspace_id
                      AND (p.requester_id = reader OR p.emergency_by_id = reader))
        OR EXISTS (SELECT FROM people_member m, today WHERE m.id = reader AND m.workspace_id = today.workspace_id
                      AND m.role = 'auditor' AND m.side <> 'guest' AND m.left_at IS NULL)
        OR EXISTS (SELECT FROM signoffs_seat s, keys WHERE s.paper_id IN (SELECT id FROM papers)
                      AND (s.holder_id = keys.id AND s.state <> 'moved' OR s.decided_by_id = reader
                           OR s.holder_id IS NULL AND s.side = keys.leads))
        OR EXISTS (SELECT FROM signoffs_duty s, keys WHERE s.paper_id IN (SELECT id FROM papers)
                      AND (s.holder_id = keys.id AND s.state <> 'moved' OR s.said_by_id = reader
                           OR s.holder_id IS NULL AND s.side = keys.leads))
$$;
-- The restricted purchases that whoever asks may not read.
CREATE FUNCTION purchases_hidden() RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE reader bigint;
BEGIN
    IF people_sees_all() THEN RETURN ARRAY[]::bigint[]; END IF;
    reader := people_reader();
    RETURN (SELECT coalesce(array_agg(p.id), ARRAY[]::bigint[]) FROM purchases_purchase p
             WHERE p.workspace_id = current_setting('app.workspace')::bigint AND p.restricted
               AND NOT coalesce(purchases_may_read(p.id, reader), false));
END $$;
CREATE FUNCTION purchases_hidden_subjects() RETURNS text[] STABLE LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg('purchases.purchase:' || one), ARRAY[]::text[])
              FROM unnest(purchases_hidden()) AS one);
END $$;
CREATE FUNCTION purchases_hidden_papers() RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE subjects text[] := purchases_hidden_subjects();
BEGIN
    RETURN (SELECT coalesce(array_agg(p.id), ARRAY[]::bigint[]) FROM signoffs_paper p
             WHERE p.workspace_id = current_setting('app.workspace')::bigint AND p.subject = ANY (subjects));
END $$;
-- What they come to together: sent and not ended.
CREATE FUNCTION purchases_unseen(OUT many bigint, OUT worth numeric) STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE hidden bigint[] := purchases_hidden();
BEGIN
    SELECT count(*), sum(p.value) INTO many, worth FROM purchases_purchase p
     WHERE p.id = ANY (hidden) AND p.state NOT IN ('draft', 'rejected', 'withdrawn', 'expired');
END $$;
CREATE POLICY restricted ON purchases_purchase AS RESTRICTIVE FOR SELECT
    USING (NOT restricted OR id <> ALL ((SELECT purchases_hidden())::bigint[]));
CREATE POLICY restricted ON purchases_item AS RESTRICTIVE FOR SELECT
    USING (purchase_id <> ALL ((SELECT purchases_hidden())::bigint[]));
CREATE FUNCTION purchases_hidden_files() RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE hidden bigint[] := purchases_hidden();
BEGIN
    RETURN (SELECT coalesce(array_agg(q.file_id), ARRAY[]::bigint[]) FROM purchases_quote q
             WHERE q.purchase_id = ANY (hidden));
END $$;
CREATE POLICY restricted ON purchases_quote AS RESTRICTIVE FOR SELECT
    USING (purchase_id <> ALL ((SELECT purchases_hidden())::bigint[]));
CREATE POLICY restricted ON files_storedfile AS RESTRICTIVE FOR SELECT
    USING (id <> ALL ((SELECT purchases_hidden_files())::bigint[]));
CREATE POLICY restricted ON purchases_condition AS RESTRICTIVE FOR SELECT
    USING (purchase_id <> ALL ((SELECT purchases_hidden())::bigint[]));
CREATE POLICY restricted ON signoffs_paper AS RESTRICTIVE FOR SELECT
    USING (subject <> ALL ((SELECT purchases_hidden_subjects())::text[]));
CREATE POLICY restricted ON signoffs_seat AS RESTRICTIVE FOR SELECT
    USING (paper_id <> ALL ((SELECT purchases_hidden_papers())::bigint[]));
CREATE POLICY restricted ON signoffs_duty AS RESTRICTIVE FOR SELECT
    USING (paper_id <> ALL ((SELECT purchases_hidden_papers())::bigint[]));
CREATE POLICY restricted ON trail_entry AS RESTRICTIVE FOR SELECT
    USING (subject <> ALL ((SELECT purchases_hidden_subjects())::text[]));
"""
TABLES = ("trail_entry", "signoffs_duty", "signoffs_seat", "signoffs_paper", "purchases_condition", "files_storedfile", "purchases_quote", "purchases_item",
          "purchases_purchase")  # fmt: skip
NOT_PRIVATE = "".join(f"DROP POLICY restricted ON {table};" for table in TABLES) + (
    "DROP FUNCTION purchases_hidden_files(); DROP FUNCTION purchases_hidden_papers(); DROP FUNCTION purchases_hidden_subjects();"
    " DROP FUNCTION purchases_unseen(); DROP FUNCTION purchases_hidden(); DROP FUNCTION purchases_may_read(bigint, bigint);"
)


class Migration(migrations.Migration):
    dependencies = [
        ("purchases", "0002_quotes_and_billing"),
        ("people", "0005_who_reads"),
        ("signoffs", "0006_kept"),
        ("trail", "0002_append_only"),
        ("files", "0001_tables"),
    ]
    operations = [
        migrations.AddField(
            model_name="purchase",
            name="restricted",
            field=models.BooleanField(default=False, verbose_name="only its approvers read it"),
        ),
        migrations.AddIndex(
            model_name="purchase",
            index=models.Index(
                condition=models.Q(("restricted", True)), fields=["workspace"], name="purchase_restricted"
            ),
        ),
        migrations.RunSQL(PRIVATE, NOT_PRIVATE),
    ]
