"""People cost: groups and rates lie apart, and Postgres shows them to those who may see them, on every road.

A line of people cost costs what its groups cost, is of their side, and its fingerprint covers their seal.
"""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

import planning.shared.money

BEFORE = import_module("planning.budgets.migrations.0011_merged_vendors")

PRIVATE = """
CREATE POLICY own_side_only ON budgets_peopleplan AS RESTRICTIVE FOR SELECT
    USING ((SELECT people_sees_all()) OR side = ANY ((SELECT people_cost_read())::text[]));
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'alignment_web') THEN
        REVOKE UPDATE ON budgets_peopleplan FROM alignment_web;
    END IF;
END $$;

-- The lines of people cost in force: those whose parts the reader sees, or those whose parts they do not see.
CREATE FUNCTION budgets_people_lines(seen boolean) RETURNS bigint[] STABLE SECURITY DEFINER
SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE may text[] := people_cost_read();
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT r.line_id), ARRAY[]::bigint[]) FROM budgets_revision r
             WHERE r.workspace_id = current_setting('app.workspace')::bigint AND r.people_seal <> ''
               AND r.in_force IS NOT NULL AND upper_inf(r.in_force) AND (r.side = ANY (may)) = seen);
END $$;

CREATE FUNCTION budgets_people_add_up() RETURNS trigger SECURITY DEFINER SET search_path = pg_catalog, public
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM budgets_peopleplan p
                    WHERE p.workspace_id = NEW.workspace_id AND p.line_id = NEW.line_id AND p.seal = NEW.people_seal
                      AND p.total = NEW.total AND p.side = NEW.side) THEN
        RAISE EXCEPTION 'A line of people cost costs what its people cost.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'budgets_people_add_up';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_add_up BEFORE INSERT OR UPDATE ON budgets_revision FOR EACH ROW
    WHEN (NEW.people_seal <> '' AND NOT NEW.removed) EXECUTE FUNCTION budgets_people_add_up();
"""
NOT_PRIVATE = """
DROP TRIGGER people_add_up ON budgets_revision; DROP FUNCTION budgets_people_add_up();
DROP FUNCTION budgets_people_lines(boolean); DROP POLICY own_side_only ON budgets_peopleplan;
"""


def with_people() -> str:
    """The freezing function; a line without people keeps the fingerprint it had."""
    last = "'placeholder', nullif(NEW.placeholder, false)"
    return BEFORE.with_merges().replace(last, last + ", 'people', nullif(NEW.people_seal, '')")


class Migration(migrations.Migration):
    dependencies = [
        ("budgets", "0011_merged_vendors"),
        ("people", "0005_who_reads"),
    ]

    operations = [
        migrations.CreateModel(
            name="PeoplePlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "side",
                    models.CharField(choices=[("marketing", "Marketing"), ("technology", "Technology")], max_length=10),
                ),
                ("groups", models.JSONField()),
                ("total", planning.shared.money.MoneyField(decimal_places=3, max_digits=20)),
                ("fewest", models.DecimalField(decimal_places=2, max_digits=9)),
                ("salt", models.CharField(max_length=32)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="people_seal",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                condition=models.Q(("people_seal", ""), _negated=True),
                fields=["workspace", "line"],
                name="line_revision_people",
            ),
        ),
        migrations.AddField(
            model_name="peopleplan",
            name="line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="people_plans", to="budgets.line"
            ),
        ),
        migrations.AddField(
            model_name="peopleplan",
            name="workspace",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="peopleplan",
            constraint=models.UniqueConstraint(fields=("workspace", "line", "seal"), name="budgets_people_sealed_once"),
        ),
        migrations.AddConstraint(
            model_name="peopleplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("fewest__gte", 5)), name="budgets_people_no_small_group"
            ),
        ),
        migrations.RunSQL(PRIVATE, NOT_PRIVATE),
        migrations.RunSQL(with_people(), BEFORE.with_merges()),
    ]
