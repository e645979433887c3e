"""Facts append, balances follow, Postgres refuses.

The stop looks at the direction of a whole statement: it raises when a line's side has used more than its ceiling (plan +
transfers) and either open promises (reserved + committed) and use both rise, or the ceiling falls. So equal passes and one
minor unit more does not, an invoice over plan posts, a reservation becomes a commitment on a line that facts pushed over,
and undo posts. The balances' rows are held from the first statement on, lines ascending, so two promises cannot pass at once.

Promises, and they alone, may go the workspace's tolerance above a line's plan: a transfer gives only what is there, and a
ceiling never falls below what is used.
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
           b.reserved + b.committed + b.actual - b.plan - b.transferred - t.allowed AS shortfall INTO over
      FROM budgets_balance b JOIN (
            SELECT workspace_id, line_id, side, sum(plan + transferred) AS ceiling, sum(reserved + committed) AS open,
                   sum(reserved + committed + actual) AS used, bool_or(cause LIKE 'budgets.transfer:%') AS giving
              FROM fresh WHERE kind <> 'undo' GROUP BY workspace_id, line_id, side) d
        USING (workspace_id, line_id, side)
      LEFT JOIN budgets_limits l ON l.workspace_id = b.workspace_id
      CROSS JOIN LATERAL (SELECT CASE WHEN d.giving OR d.ceiling < 0 THEN 0
                          ELSE greatest(b.plan + b.transferred, 0) * coalesce(l.tolerance_percent, 0) / 100 END AS allowed) t
     WHERE b.reserved + b.committed + b.actual > b.plan + b.transferred + t.allowed
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

# A cell knows its budget, so that one year is read without the years behind it.
CELLS = """
CREATE FUNCTION budgets_cell_budget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT l.budget_id INTO NEW.budget_id FROM budgets_line l
     WHERE l.workspace_id = NEW.workspace_id AND l.id = NEW.line_id;
    RETURN NEW;
END $$;
CREATE TRIGGER of_budget BEFORE INSERT ON budgets_cell FOR EACH ROW EXECUTE FUNCTION budgets_cell_budget();
"""
NO_CELLS = "DROP FUNCTION budgets_cell_budget() CASCADE"

# A transfer that is done sums to zero.
BALANCED = """
CREATE FUNCTION budgets_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT sum(amount) FROM budgets_part WHERE workspace_id = NEW.workspace_id AND transfer_id = NEW.id) IS DISTINCT FROM 0 THEN
        RAISE EXCEPTION 'The parts of transfer % do not sum to zero.', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER balanced BEFORE UPDATE OF state ON budgets_transfer
    FOR EACH ROW WHEN (NEW.state = 'done') EXECUTE FUNCTION budgets_balanced();
"""
NOT_BALANCED = "DROP FUNCTION budgets_balanced() CASCADE"


class Migration(migrations.Migration):
    replaces = [
        ("budgets", "0002_books"),
        ("budgets", "0004_tolerance"),
        ("budgets", "0007_agreement"),
        ("budgets", "0010_cells_of_a_budget"),
    ]
    dependencies = [("budgets", "0001_models")]
    operations = [
        migrations.RunSQL(BOOKS, NO_BOOKS),
        migrations.RunSQL(CELLS, NO_CELLS),
        migrations.RunSQL(BALANCED, NOT_BALANCED),
    ]
