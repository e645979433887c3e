"""A cell knows its budget, so that one year is read without the years behind it."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

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
    dependencies = [
        ("budgets", "0009_opening"),
        ("people", "0004_one_side"),
    ]

    operations = [
        migrations.AddField(
            model_name="cell",
            name="budget",
            field=models.ForeignKey(
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="budgets.budget",
            ),
        ),
        migrations.RunSQL(FOLLOW, NO_FOLLOW),
        migrations.AddIndex(
            model_name="cell",
            index=models.Index(fields=["workspace", "budget"], name="budgets_cell_of_budget"),
        ),
        migrations.AddIndex(
            model_name="cell",
            index=models.Index(
                condition=models.Q(
                    (
                        "committed__gt",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("plan"), "+", models.F("transferred")
                            ),
                            "-",
                            models.F("actual"),
                        ),
                    )
                ),
                fields=["workspace", "budget", "month", "line"],
                name="budgets_cell_over",
            ),
        ),
    ]
