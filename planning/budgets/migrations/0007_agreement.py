"""Freed money has a line, forward promises find theirs, and a transfer that is done sums to zero."""

import django.db.models.deletion
from django.db import migrations, models

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
    dependencies = [
        ("budgets", "0006_outlook"),
        ("people", "0004_one_side"),
    ]

    operations = [
        migrations.AddField(
            model_name="hold",
            name="approved",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="hold",
            name="placed_on",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="awaited", to="budgets.line"
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="unallocated_of",
            field=models.CharField(
                choices=[("marketing", "Marketing"), ("technology", "Technology")],
                editable=False,
                max_length=10,
                null=True,
            ),
        ),
        migrations.AlterField(
            model_name="version",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "draft"),
                    ("proposed", "proposed"),
                    ("agreed", "agreed"),
                    ("returned", "returned"),
                    ("recalled", "recalled"),
                    ("interim", "until one is agreed"),
                ],
                default="draft",
                max_length=8,
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                condition=models.Q(("unallocated_of__isnull", False)),
                fields=("workspace", "budget", "unallocated_of"),
                name="line_unallocated_once",
                violation_error_message="A side has one unallocated line a year.",
            ),
        ),
        migrations.RunSQL(BALANCED, NOT_BALANCED),
    ]
