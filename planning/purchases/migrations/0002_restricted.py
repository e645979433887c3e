"""A restricted purchase: Postgres keeps its words from everybody but its approvers, who asks for it, and auditors; and with
them what it had beside its words: quotes, also those that were removed, and the name of a vendor it brought.

What is hidden from a reader is found for all restricted purchases at once, and looked up in a hash: asking about each
of a hundred for every list, and comparing every row with each, took most of the time of a page. A request that only
reads finds it once and says it for the rest of its transaction, because its policies ask from five to eight times a page;
what is said holds for that workspace and that person alone.

It is asked for when a page reads, not as well when Postgres plans how to read: to guess how many there are it called the
function, and took longer to plan than to answer. It does not look into a question of its own: hence the second SELECT.
"""

from django.db import migrations

MAY_READ = """
-- Whether a member may read a purchase that is restricted: who asks, who sits or sat at its papers, their deputies, auditors.
CREATE FUNCTION purchases_may_read(purchase bigint, reader bigint) RETURNS boolean STABLE PARALLEL SAFE SECURITY DEFINER
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
"""

# Those that whoever asks may not read: found, said, and what is asked.
HIDDEN = """
CREATE FUNCTION purchases_find_hidden() RETURNS bigint[] STABLE PARALLEL SAFE SECURITY DEFINER
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

CREATE FUNCTION purchases_hidden_for() RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS $$
    SELECT current_setting('app.workspace') || '/' || current_setting('app.user') || ' '
$$;

CREATE FUNCTION purchases_say_hidden() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF people_sees_all() THEN RETURN; END IF;
    PERFORM set_config('app.purchases_hidden', purchases_hidden_for() || purchases_find_hidden()::text, true);
END $$;

CREATE FUNCTION purchases_hidden() RETURNS bigint[] STABLE PARALLEL SAFE LANGUAGE plpgsql AS $$
DECLARE
    said text := current_setting('app.purchases_hidden', true);
BEGIN
    IF people_sees_all() THEN RETURN ARRAY[]::bigint[]; END IF;
    IF starts_with(said, purchases_hidden_for()) THEN
        RETURN substr(said, length(purchases_hidden_for()) + 1)::bigint[];
    END IF;
    RETURN purchases_find_hidden();
END $$;
"""
NOT_HIDDEN = """
DROP FUNCTION purchases_hidden(); DROP FUNCTION purchases_say_hidden(); DROP FUNCTION purchases_hidden_for();
DROP FUNCTION purchases_find_hidden();
"""

# What hangs on them: entries of the history, papers with their seats and duties, files, vendors.
BESIDE = """
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
CREATE FUNCTION purchases_hidden_files() RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE hidden bigint[] := purchases_hidden();
BEGIN
    RETURN (SELECT coalesce(array_agg(q.file_id), ARRAY[]::bigint[]) FROM purchases_quote q
             WHERE q.purchase_id = ANY (hidden));
END $$;
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
"""
NOT_BESIDE = """
DROP FUNCTION purchases_hidden_vendors(); DROP FUNCTION purchases_hidden_files(); DROP FUNCTION purchases_unseen();
DROP FUNCTION purchases_hidden_papers(); DROP FUNCTION purchases_hidden_subjects();
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
POLICIES = """
CREATE POLICY restricted ON purchases_purchase AS RESTRICTIVE FOR SELECT
    USING (NOT restricted OR id <> ALL ((SELECT purchases_hidden())::bigint[]));
CREATE POLICY restricted ON vendors_vendor AS RESTRICTIVE FOR SELECT
    USING (NOT kept_back OR id NOT IN (SELECT unnest((SELECT purchases_hidden_vendors()))));
""" + "".join(
    f"CREATE POLICY restricted ON {table} AS RESTRICTIVE FOR SELECT"
    f" USING ({column} NOT IN (SELECT unnest((SELECT {hidden}()))));"
    for table, (column, hidden) in TABLES.items()
)
NO_POLICIES = "".join(
    f"DROP POLICY restricted ON {table};" for table in ("purchases_purchase", "vendors_vendor", *TABLES)
)


class Migration(migrations.Migration):
    replaces = [
        ("purchases", "0008_restricted"),
        ("purchases", "0010_hidden_at_once"),
        ("purchases", "0011_kept_back"),
        ("purchases", "0012_asked_when_read"),
        ("purchases", "0015_said_once"),
    ]
    dependencies = [
        ("purchases", "0001_models"),
        ("people", "0004_readers"),
        ("trail", "0001_models"),
    ]
    operations = [
        migrations.RunSQL(MAY_READ, "DROP FUNCTION purchases_may_read(bigint, bigint)"),
        migrations.RunSQL(HIDDEN, NOT_HIDDEN),
        migrations.RunSQL(BESIDE, NOT_BESIDE),
        migrations.RunSQL(POLICIES, NO_POLICIES),
    ]
