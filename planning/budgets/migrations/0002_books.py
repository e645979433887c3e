"""Facts append, balances follow, Postgres refuses; what was proposed stays as it was read.

The stop looks at the direction of a whole statement: it raises when a line's side has used more than its ceiling (plan +
transfers) and either open promises (reserved + committed) and use both rise, or the ceiling falls. So equal passes and one
minor unit more does not, an invoice over plan posts, a reservation becomes a commitment on a line that facts pushed over,
and undo posts. The balances' rows are held from the first statement on, lines ascending, so two promises cannot pass at once.
"""

from django.db import migrations

BOOKS = """
CREATE FUNCTION budgets_follow() RETURNS trigger SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
DECLARE over record;
BEGIN
    INSERT INTO budgets_balance AS kept (workspace_id, line_id, side, plan, transferred, reserved, committed, actual)
    SELECT workspace_id, line_id, side, sum(plan), sum(transferred), sum(reserved), sum(committed), sum(actual)
      FROM fresh GROUP BY workspace_id, line_id, side ORDER BY line_id, side
    ON CONFLICT (workspace_id, line_id, side) DO UPDATE SET
        plan = kept.plan + excluded.plan, transferred = kept.transferred + excluded.transferred,
        reserved = kept.reserved + excluded.reserved, committed = kept.committed + excluded.committed,
        actual = kept.actual + excluded.actual;
    INSERT INTO budgets_cell AS kept (workspace_id, line_id, side, month, plan, transferred, reserved, committed, actual)
    SELECT workspace_id, line_id, side, month, sum(plan), sum(transferred), sum(reserved), sum(committed), sum(actual)
      FROM fresh GROUP BY workspace_id, line_id, side, month ORDER BY line_id, side, month
    ON CONFLICT (workspace_id, line_id, side, month) DO UPDATE SET
        plan = kept.plan + excluded.plan, transferred = kept.transferred + excluded.transferred,
        reserved = kept.reserved + excluded.reserved, committed = kept.committed + excluded.committed,
        actual = kept.actual + excluded.actual;
    SELECT b.line_id, b.side, d.ceiling < 0 AS cut,
           b.reserved + b.committed + b.actual - b.plan - b.transferred AS shortfall INTO over
      FROM budgets_balance b JOIN (
            SELECT workspace_id, line_id, side, sum(plan + transferred) AS ceiling, sum(reserved + committed) AS open,
                   sum(reserved + committed + actual) AS used
              FROM fresh WHERE kind <> 'undo' GROUP BY workspace_id, line_id, side) d
        USING (workspace_id, line_id, side)
     WHERE b.reserved + b.committed + b.actual > b.plan + b.transferred
       AND (d.open > 0 AND d.used > 0 OR d.ceiling < 0)
     ORDER BY b.line_id, b.side LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'The line has less than that.' USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_stop',
            DETAIL = json_build_object('line', over.line_id, 'side', over.side, 'cut', over.cut,
                                       'shortfall', over.shortfall::text)::text;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follow AFTER INSERT ON budgets_movement REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION budgets_follow();

CREATE FUNCTION budgets_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Movement % is booked; book another.', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON budgets_movement
    FOR EACH ROW EXECUTE FUNCTION budgets_append_only();

DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'alignment_web') THEN
        REVOKE UPDATE, DELETE ON budgets_movement FROM alignment_web;
        REVOKE INSERT, UPDATE, DELETE ON budgets_balance, budgets_cell FROM alignment_web;
    END IF;
END $$;
"""
NO_BOOKS = """
DROP FUNCTION budgets_follow() CASCADE; DROP FUNCTION budgets_append_only() CASCADE;
"""

PLANS = """
ALTER TABLE budgets_revision ADD CONSTRAINT line_revision_months_sum CHECK (
    cardinality(months) = 12 AND array_position(months, NULL) IS NULL AND 0 <= ALL (months)
    AND months[1] + months[2] + months[3] + months[4] + months[5] + months[6] + months[7] + months[8] + months[9]
        + months[10] + months[11] + months[12] = total);

CREATE FUNCTION budgets_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    state text;
    old_row budgets_revision;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT v.state INTO state FROM budgets_version v WHERE v.id = OLD.version_id;
        IF TG_OP = 'DELETE' THEN
            IF state <> 'draft' THEN
                RAISE EXCEPTION 'What was proposed stays; a change is a new version.' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN OLD;
        END IF;
        old_row := OLD;
        old_row.is_open := NEW.is_open;
        old_row.in_force := NEW.in_force;
        IF state <> 'draft' AND old_row IS DISTINCT FROM NEW THEN
            RAISE EXCEPTION 'What was proposed stays; a change is a new version.' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    NEW.fingerprint := encode(sha256(convert_to(concat_ws('|', NEW.name, NEW.side, NEW.category_id,
        coalesce(NEW.vendor_id::text, '-'), coalesce(NEW.kpi_id::text, '-'), NEW.currency, NEW.total, NEW.months, NEW.marketing_weight,
        NEW.technology_weight, NEW.purpose, NEW.treatment, NEW.removed), 'UTF8')), 'hex');
    RETURN NEW;
END $$;
CREATE TRIGGER frozen BEFORE INSERT OR UPDATE OR DELETE ON budgets_revision
    FOR EACH ROW EXECUTE FUNCTION budgets_freeze();
"""
NO_PLANS = """
DROP FUNCTION budgets_freeze() CASCADE;
ALTER TABLE budgets_revision DROP CONSTRAINT line_revision_months_sum;
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0001_tables")]
    operations = [
        migrations.RunSQL(BOOKS, NO_BOOKS),
        migrations.RunSQL(PLANS, NO_PLANS),
    ]
