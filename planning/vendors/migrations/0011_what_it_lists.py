"""A register's file says what it lists, and what its rows come to in each currency. Up to now it listed contracts, and
all of it was added up as if it were in the workspace's."""

from django.db import migrations

APART = """
UPDATE vendors_registerfile SET mapping = jsonb_build_object('what', 'contracts') || mapping WHERE mapping <> '{}';
UPDATE vendors_registerfile r
   SET totals = (SELECT jsonb_object_agg(said.key, jsonb_build_object(w.currency, said.value))
                   FROM jsonb_each(r.totals) AS said)
  FROM people_workspace w WHERE w.id = r.workspace_id AND r.totals <> '{}';
"""
TOGETHER = """
UPDATE vendors_registerfile SET mapping = mapping - 'what';
UPDATE vendors_registerfile r
   SET totals = (SELECT jsonb_object_agg(said.key, coalesce(said.value -> w.currency, '"0.00"'))
                   FROM jsonb_each(r.totals) AS said)
  FROM people_workspace w WHERE w.id = r.workspace_id AND r.totals <> '{}';
"""


class Migration(migrations.Migration):
    dependencies = [("vendors", "0010_spelling")]
    operations = [migrations.RunSQL(APART, TOGETHER)]
