"""Addresses that files are sent to; pairs of payments that a person found to be two. And the one question that a
sender asks before a workspace is known."""

import django.db.models.deletion
from django.db import migrations, models

import planning.shared.clock

# 0: the secret is good, but opens a drop of another workspace; NULL: it opens nothing.
ENTER = """
CREATE FUNCTION spend_enter_by_drop(hash text, address text) RETURNS bigint
SECURITY DEFINER SET search_path = pg_catalog, public LANGUAGE plpgsql AS $$
DECLARE hit record;
BEGIN
    SELECT d.id, d.workspace_id, m.user_id, w.slug INTO hit
      FROM spend_drop d
      JOIN people_member m ON m.id = d.opened_by_id
      JOIN people_user u ON u.id = m.user_id
      JOIN people_workspace w ON w.id = d.workspace_id
     WHERE d.secret_hash = hash AND d.revoked_at IS NULL AND m.left_at IS NULL AND u.is_active;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF hit.slug <> address THEN RETURN 0; END IF;
    PERFORM set_config('app.workspace', hit.workspace_id::text, true),
            set_config('app.user', hit.user_id::text, true);
    RETURN hit.id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_tables"),
        ("people", "0004_one_side"),
        ("spend", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("said_at", models.DateTimeField(default=planning.shared.clock.now)),
                (
                    "again",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="spend.entry"),
                ),
                (
                    "entry",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="spend.entry"),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Drop",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", models.CharField(max_length=80, verbose_name="what sends it")),
                ("secret_hash", models.CharField(editable=False, max_length=64)),
                ("trusted", models.BooleanField(default=False, verbose_name="trusted")),
                ("opened_at", models.DateTimeField(default=planning.shared.clock.now)),
                ("used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drops", to="spend.source"
                    ),
                ),
                (
                    "workspace",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.workspace",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="import",
            name="drop",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="imports", to="spend.drop"
            ),
        ),
        migrations.AddIndex(
            model_name="import",
            index=models.Index(
                condition=models.Q(("drop__isnull", False)), fields=["workspace", "drop"], name="spend_import_by_drop"
            ),
        ),
        migrations.AddConstraint(
            model_name="dismissal",
            constraint=models.UniqueConstraint(fields=("workspace", "entry", "again"), name="spend_dismissal_once"),
        ),
        migrations.AddIndex(
            model_name="drop",
            index=models.Index(fields=["secret_hash"], name="spend_drop_by_secret"),
        ),
        migrations.AddConstraint(
            model_name="drop",
            constraint=models.UniqueConstraint(fields=("workspace", "secret_hash"), name="spend_drop_secret"),
        ),
        migrations.RunSQL(ENTER, "DROP FUNCTION spend_enter_by_drop(text, text)"),
    ]
