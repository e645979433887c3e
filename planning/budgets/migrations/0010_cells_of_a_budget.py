"""A cell knows its budget, so that one year is read without the years behind it."""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION budgets_cell_budget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT l.budget_id INTO NEW.budget_id FROM budgets_line l
     WHERE l.workspace_id = NEW.workspace_id AND l.id = NEW.line_id;
    RETURN NEW;
END $$;
CREATE TRIGGER of_budget BEFORE INSERT ON budgets_cell FOR EACH ROW EXECUTE FUNCTION budgets_cell_budget();
UPDATE budgets_cell c SET budget_id = l.budget_id FROM budgets_line l WHERE l.id = c.line_id;
"""
NO_FOLLOW = """
DROP TRIGGER of_budget ON budgets_cell; DROP FUNCTION budgets_cell_budget();
"""


class Migration(migrations.Migration):
    dependencies = [("budgets", "0007_agreement"), ("people", "0004_one_side")]

    operations = [migrations.RunSQL(FOLLOW, NO_FOLLOW)]
