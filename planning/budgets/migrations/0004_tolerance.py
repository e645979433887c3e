"""The stop allows promises the workspace's tolerance above a line's plan; the fingerprint covers what lines say more finely.

The tolerance is for promises alone: a transfer gives only what is there, and a ceiling never falls below what is used.
A line that says nothing finer keeps the fingerprint it had.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("planning.budgets.migrations.0002_books")

STOP = """
CREATE OR REPLACE FUNCTION budgets_follow() RETURNS trigger SECURITY DEFINER SET search_path = pg_catalog, public
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
"""

FINGERPRINT = """
CREATE OR REPLACE FUNCTION budgets_freeze() RETURNS trigger LANGUAGE plpgsql AS $$
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
        NEW.technology_weight, NEW.purpose, NEW.treatment, NEW.removed,
        nullif(jsonb_strip_nulls(jsonb_build_object(
            'original_currency', nullif(NEW.original_currency, ''), 'original_total', NEW.original_total,
            'rate', NEW.rate, 'rate_day', NEW.rate_day, 'kpi_effect', NEW.kpi_effect, 'effect_due', NEW.effect_due,
            'cost_centre', nullif(NEW.cost_centre, ''), 'account', nullif(NEW.account, ''),
            'dimensions', nullif(NEW.dimensions, '{}'::jsonb), 'placeholder', nullif(NEW.placeholder, false)
        )), '{}'::jsonb)::text), 'UTF8')), 'hex');
    RETURN NEW;
END $$;
"""


def created(sql, name):
    """The part of an earlier migration that created a function, made to replace it."""
    start = sql.index(f"CREATE FUNCTION {name}")
    return "CREATE OR REPLACE" + sql[start + len("CREATE") : sql.index("$$;", start) + 3]


class Migration(migrations.Migration):
    dependencies = [("budgets", "0002_books")]
    operations = [
        migrations.RunSQL(STOP, created(BEFORE.BOOKS, "budgets_follow")),
        migrations.RunSQL(FINGERPRINT, created(BEFORE.PLANS, "budgets_freeze")),
    ]
