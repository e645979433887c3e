"""Vendors that are one: what was merged, what looks alike, and two functions of Postgres.

`vendors_near` finds names that share letters with those asked, hold them, or are a part of them; trigrams cannot use
their index under a policy, so it asks for its own workspace as the owner. `vendors_follow` leads what is written with a
vendor that was merged on to the one that was kept: it waits for a merge that is under way, so nothing stays behind.
"""

import django.db.models.deletion
from django.db import migrations, models

import planning.shared.money

# A function may only be given a setting that the session knows: asking for a similarity loads what knows these.
NEAR = """
SELECT similarity('', '');
CREATE FUNCTION vendors_near(keys text[], parts text[])
RETURNS TABLE (said text, vendor_id bigint, key varchar) STABLE
SECURITY DEFINER SET search_path = pg_catalog, public
SET pg_trgm.similarity_threshold = '0.3' SET pg_trgm.word_similarity_threshold = '0.8' LANGUAGE sql AS $$
    SELECT asked.said, near.id, near.key
      FROM unnest(keys, parts) AS asked (said, parts)
     CROSS JOIN LATERAL (
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND v.key % asked.said
             UNION
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint AND asked.said <% v.key
             UNION
            SELECT v.id, v.key FROM vendors_vendor v
             WHERE v.workspace_id = current_setting('app.workspace')::bigint
               AND v.key = ANY (string_to_array(asked.parts, E'\\n'))
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND a.key % asked.said
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint AND asked.said <% a.key
             UNION
            SELECT a.vendor_id, a.key FROM vendors_alias a
             WHERE a.workspace_id = current_setting('app.workspace')::bigint
               AND a.key = ANY (string_to_array(asked.parts, E'\\n'))) AS near
     WHERE near.key <> ''
$$;
"""
FOLLOW = """
CREATE FUNCTION vendors_follow() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    further bigint;
BEGIN
    SELECT v.merged_into_id INTO further FROM vendors_vendor v WHERE v.id = NEW.vendor_id FOR KEY SHARE;
    IF further IS NOT NULL THEN
        NEW.vendor_id := further;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("calendar", "0002_retired_categories"),
        ("people", "0004_one_side"),
        ("vendors", "0002_likeness"),
    ]

    operations = [
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("before", models.JSONField(default=dict)),
                ("counts", models.JSONField(default=dict)),
                ("undone_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Moved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("row", models.BigIntegerField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Twin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("likeness", models.PositiveSmallIntegerField(verbose_name="likeness")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "to be decided"), ("merged", "merged"), ("apart", "not the same")],
                        default="open",
                        max_length=6,
                        verbose_name="state",
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="vendor",
            name="vendor_key_once",
        ),
        migrations.RemoveConstraint(
            model_name="vendor",
            name="vendor_has_key",
        ),
        migrations.AddField(
            model_name="vendor",
            name="compared_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="vendor",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="vendors.vendor",
            ),
        ),
        migrations.AddField(
            model_name="vendor",
            name="spent",
            field=planning.shared.money.MoneyField(decimal_places=3, default=0, editable=False, max_digits=20),
        ),
        migrations.AddIndex(
            model_name="vendor",
            index=models.Index(
                condition=models.Q(("compared_at", None), ("merged_into", None)),
                fields=["workspace", "id"],
                name="vendor_to_compare",
            ),
        ),
        migrations.AddConstraint(
            model_name="vendor",
            constraint=models.UniqueConstraint(
                condition=models.Q(("merged_into", None)),
                fields=("workspace", "key"),
                name="vendor_key_once",
                violation_error_message="There is a vendor of that name already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vendor",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("merged_into", None), models.Q(("key", ""), _negated=True)),
                    models.Q(("key", ""), ("merged_into__isnull", False)),
                    _connector="OR",
                ),
                name="vendor_has_key",
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"),
        ),
        migrations.AddField(
            model_name="merge",
            name="gone",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="mergers", to="vendors.vendor"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="kept",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="taken_in", to="vendors.vendor"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="undone_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
            ),
        ),
        migrations.AddField(
            model_name="merge",
            name="workspace",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.workspace"
            ),
        ),
        migrations.AddField(
            model_name="moved",
            name="merge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="moved", to="vendors.merge"
            ),
        ),
        migrations.AddField(
            model_name="moved",
            name="workspace",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.workspace"
            ),
        ),
        migrations.AddField(
            model_name="twin",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.member"
            ),
        ),
        migrations.AddField(
            model_name="twin",
            name="first",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="vendors.vendor"),
        ),
        migrations.AddField(
            model_name="twin",
            name="second",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="vendors.vendor"),
        ),
        migrations.AddField(
            model_name="twin",
            name="workspace",
            field=models.ForeignKey(
                editable=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="people.workspace"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone", models.F("kept")), _negated=True), name="vendor_merge_two"
            ),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at", None)), fields=("workspace", "gone"), name="vendor_merge_once"
            ),
        ),
        migrations.AddIndex(
            model_name="moved",
            index=models.Index(fields=["workspace", "merge", "table"], name="vendor_moved"),
        ),
        migrations.AddIndex(
            model_name="twin",
            index=models.Index(fields=["workspace", "state"], name="vendor_twin_state"),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.UniqueConstraint(fields=("workspace", "first", "second"), name="vendor_twin_once"),
        ),
        migrations.AddConstraint(
            model_name="twin",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="vendor_twin_in_order"
            ),
        ),
        migrations.RunSQL(NEAR, "DROP FUNCTION vendors_near(text[], text[])"),
        migrations.RunSQL(FOLLOW, "DROP FUNCTION vendors_follow() CASCADE"),
    ]
