"""Freed money has a line, forward promises find theirs, and a transfer that is done sums to zero."""

from django.db import migrations

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
NOT_BALANCED = "DROP FUNCTION budgets_balanced() CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("budgets", "0004_tolerance"), ("people", "0004_one_side")]

    operations = [migrations.RunSQL(BALANCED, NOT_BALANCED)]
